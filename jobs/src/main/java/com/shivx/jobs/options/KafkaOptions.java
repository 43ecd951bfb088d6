package com.shivx.jobs.options;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How the jobs reach Kafka. Keys below {@code kafka.properties.} go to Kafka's clients as they are.
 */
public final class KafkaOptions {

    /**
     * Prefix of keys that are handed to Kafka's clients without it: {@code
     * kafka.properties.security.protocol}.
     */
    public static final String PROPERTIES_PREFIX = "kafka.properties.";

    /** Prefix of keys that rename one topic: {@code kafka.topics.predictions: prod-predictions}. */
    public static final String TOPICS_PREFIX = "kafka.topics.";

    public static final ConfigOption<String> BOOTSTRAP_SERVERS =
            ConfigOptions.key("kafka.bootstrap-servers")
                    .stringType()
                    .defaultValue("localhost:9092")
                    .withDescription(
                            "Brokers to start from, HOST:PORT separated by commas. The default is a broker on this"
                                    + " machine at Kafka's own port.");

    public static final ConfigOption<String> TOPIC_PREFIX =
            ConfigOptions.key("kafka.topic-prefix")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Put before every topic name that is not set by kafka.topics.<name>, so that several"
                                    + " deployments share one broker. Empty: the plain names.");

    public static final ConfigOption<String> GROUP_ID =
            ConfigOptions.key("kafka.group-id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Consumer group under which read offsets are shown to Kafka's tools; the job itself"
                                    + " restores from its checkpoints. Unset: <deployment.name>-<job>.");

    public static final ConfigOption<DeliveryGuarantee> DELIVERY_GUARANTEE =
            ConfigOptions.key("kafka.delivery-guarantee")
                    .enumType(DeliveryGuarantee.class)
                    .defaultValue(DeliveryGuarantee.EXACTLY_ONCE)
                    .withDescription(
                            "exactly-once writes in transactions that are committed with each checkpoint;"
                                    + " at-least-once is for readers who cannot wait for the commit and drop repeats"
                                    + " by their ids.");

    public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
            ConfigOptions.key("kafka.transaction-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(15))
                    .withDescription(
                            "How long a job may be away before the broker drops what it wrote but did not commit."
                                    + " 15 minutes is the most a broker with default settings accepts; raise"
                                    + " transaction.max.timeout.ms there first.");

    public static final ConfigOption<Integer> PARTITIONS =
            ConfigOptions.key("kafka.partitions")
                    .intType()
                    .defaultValue(4)
                    .withDescription(
                            "Partitions of the topics that 'topics create' makes. Control topics (requests,"
                                    + " deployments, events, alarms) have one whatever this says: their records are"
                                    + " few and their order counts. More than the machine has cores, so that a larger one can share the work"
                                    + " without the keys moving.");

    /** Properties of Kafka's clients that are options of ours: its key by the property's name. */
    private static final Map<String, String> OPTIONS_BY_PROPERTY =
            Map.of(
                    CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, BOOTSTRAP_SERVERS.key(),
                    CommonClientConfigs.GROUP_ID_CONFIG, GROUP_ID.key());

    private KafkaOptions() {}

    /** The option by which a property of Kafka's clients is given. */
    public static String keyOf(String property) {
        return OPTIONS_BY_PROPERTY.getOrDefault(property, PROPERTIES_PREFIX + property);
    }
}
