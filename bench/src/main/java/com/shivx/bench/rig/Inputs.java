package com.shivx.bench.rig;

import com.shivx.bench.Progress;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.flink.configuration.Configuration;

/** All that a job reads, whichever topics it stands in. */
final class Inputs {

    private final Map<Topic, InputTopic> topics;

    /** These, by what the job takes them for. */
    Inputs(Map<Topic, InputTopic> topics) {
        this.topics = new EnumMap<>(topics);
    }

    /** Records in all of them. */
    long size() {
        return sum(InputTopic::size);
    }

    /** Records that are not to be measured. */
    long opening() {
        return sum(InputTopic::opening);
    }

    /** Makes all of them together at least as long, each by as much as the others. */
    void fillTo(long length, Progress progress) throws InterruptedException {
        long each = (length - opening() + topics.size() - 1) / topics.size();
        for (InputTopic topic : topics.values()) {
            topic.fillTo(topic.opening() + each, progress);
        }
    }

    /** Records that the group has said it is done with. */
    long done(Offsets offsets, String group) throws InterruptedException {
        long done = 0;
        for (InputTopic topic : topics.values()) {
            done += offsets.done(group, topic.name());
        }
        return done;
    }

    /** Whether the job reads it and does not write it. */
    boolean contain(String topic) {
        return topics.values().stream().anyMatch(input -> input.name().equals(topic));
    }

    /** Tells a job where they are. */
    void nameIn(Configuration options) {
        topics.forEach(
                (topic, input) ->
                        options.setString(
                                KafkaOptions.TOPICS_PREFIX + topic.defaultName(), input.name()));
    }

    private long sum(ToLongFunction<InputTopic> of) {
        return topics.values().stream().mapToLong(of).sum();
    }
}
