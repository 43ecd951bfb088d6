package com.shivx.jobs.kafka;

import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.wire.LifecycleEventJson;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;

/**
 * How far the events of each model are numbered, for a job that starts without state: a number is
 * never given twice, for who copies events tells them apart by it.
 */
public final class LastEvents {

    private static final Pattern NUMBER = Pattern.compile(".*~(\\d{1,18})");

    private LastEvents() {}

    /**
     * The highest number that was published, by model.
     *
     * @throws TopicReadException if the topic is not there or the broker does not answer
     */
    public static Map<String, Long> read(Configuration options) {
        Map<String, Long> last = new TreeMap<>();
        for (LifecycleEvent event :
                ControlTopic.read(options, Topic.LIFECYCLE_EVENTS, new LifecycleEventJson())) {
            Matcher number = NUMBER.matcher(event.eventId() == null ? "" : event.eventId());
            if (number.matches()) {
                last.merge(event.model(), Long.parseLong(number.group(1)), Math::max);
            }
        }
        return last;
    }
}
