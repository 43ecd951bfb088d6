package com.shivx.cli.kafka;

import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

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
            plans.add(
                    new Plan(
                            topic.name(options),
                            options.get(KafkaOptions.PARTITIONS),
                            topic.settings()));
        }
        return plans;
    }

    /** Makes those that are missing; one that exists is left as it is. */
    public Map<Plan, Outcome> create(Admin admin) throws ExecutionException {
        Map<Plan, Outcome> outcomes = new LinkedHashMap<>();
        for (Plan plan : plans()) {
            NewTopic topic =
                    new NewTopic(plan.name, Optional.of(plan.partitions), replication)
                            .configs(plan.settings);
            try {
                KafkaAccess.answer(admin.createTopics(List.of(topic)).all(), options);
                outcomes.put(plan, Outcome.CREATED);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                outcomes.put(plan, Outcome.EXISTS);
            }
        }
        return outcomes;
    }
}
