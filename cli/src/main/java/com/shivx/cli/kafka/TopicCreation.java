package com.shivx.cli.kafka;

import com.shivx.jobs.kafka.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Makes the topics of the wire contract, each with retention, partitions and clean-up said
 * explicitly.
 */
public final class TopicCreation {

    private final Configuration options;
    private final Optional<Short> replication;

    /** What became of a topic. */
    public enum Outcome {
        CREATED,
        EXISTS,
        WOULD_CREATE
    }

    /** A topic as it is to be made; {@code settings} in Kafka's words. */
    public record Plan(String name, int partitions, Map<String, String> settings) {}

    /**
     * Topics under the names and settings of the options.
     *
     * @param replication copies of each partition; empty for the broker's default
     */
    public TopicCreation(Configuration options, Optional<Short> replication) {
        this.options = options;
        this.replication = replication;
    }

    /** All topics, in the order of the contract. */
    public List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            plans.add(new Plan(topic.name(options), topic.partitions(options), topic.settings()));
        }
        return plans;
    }

    /** Makes those that are missing, and sees them; one that exists is left as it is. */
    public Map<Plan, Outcome> create(KafkaAdmin admin) {
        Set<String> present = admin.topics();
        Map<Plan, Outcome> outcomes = new LinkedHashMap<>();
        for (Plan plan : plans()) {
            if (present.contains(plan.name)) {
                outcomes.put(plan, Outcome.EXISTS);
            } else {
                NewTopic topic =
                        new NewTopic(plan.name, Optional.of(plan.partitions), replication)
                                .configs(plan.settings);
                admin.ask(kafka -> kafka.createTopics(List.of(topic)).all());
                outcomes.put(plan, Outcome.CREATED);
            }
        }
        admin.awaitTopics(outcomes.keySet().stream().map(Plan::name).toList());
        return outcomes;
    }
}
