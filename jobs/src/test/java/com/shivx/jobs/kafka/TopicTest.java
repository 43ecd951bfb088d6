package com.shivx.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.jobs.options.KafkaOptions;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class TopicTest {

    /** Names, partitions, retention and clean-up are promises to whoever reads. */
    @Test
    void pinsWhatIsMade() {
        Configuration options = new Configuration().set(KafkaOptions.PARTITIONS, 12);
        List<String> made =
                Arrays.stream(Topic.values())
                        .map(
                                topic ->
                                        "%s %d %s %s"
                                                .formatted(
                                                        topic.name(options),
                                                        topic.partitions(options),
                                                        topic.settings().get("cleanup.policy"),
                                                        topic.settings().get("retention.ms")))
                        .toList();
        assertThat(made)
                .containsExactly(
                        "ticks 12 delete 604800000",
                        "features 12 delete 604800000",
                        "predictions 12 delete 2592000000",
                        "labels 12 delete 2592000000",
                        "outcomes 12 delete 2592000000",
                        "set-aside 12 delete 2592000000",
                        "dead-letters 12 delete 2592000000",
                        "deployment-requests 1 delete 2592000000",
                        "deployments 1 compact -1",
                        "deployment-events 1 delete 31536000000",
                        "lifecycle-events 1 delete 31536000000",
                        "lifecycle-commands 1 delete 31536000000",
                        "retrain-requests 1 delete 31536000000",
                        "training-results 1 delete 31536000000",
                        "accuracy 1 delete 31536000000",
                        "drift-reports 1 delete 31536000000",
                        "alarms 1 delete 31536000000");
    }

    @Test
    void takesAPrefixOrANameOfItsOwn() {
        Configuration options = new Configuration().set(KafkaOptions.TOPIC_PREFIX, "a-");
        options.setString(KafkaOptions.TOPICS_PREFIX + "deployments", "b");
        assertThat(Topic.ALARMS.name(options)).isEqualTo("a-alarms");
        assertThat(Topic.DEPLOYMENTS.name(options)).isEqualTo("b");
        assertThat(Topic.controlNames(options))
                .containsExactlyInAnyOrder(
                        "a-deployment-requests",
                        "b",
                        "a-deployment-events",
                        "a-lifecycle-events",
                        "a-lifecycle-commands",
                        "a-retrain-requests",
                        "a-training-results",
                        "a-accuracy",
                        "a-drift-reports",
                        "a-alarms");
    }
}
