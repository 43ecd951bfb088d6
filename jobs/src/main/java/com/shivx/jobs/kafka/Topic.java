package com.shivx.jobs.kafka;

import com.shivx.jobs.options.KafkaOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The topics of the wire contract, with how long each keeps its records. Control topics have one
 * partition: their records are few, and their order is that of what happened.
 */
public enum Topic {
    /** Ticks from exchanges' feeds and replays. */
    TICKS("ticks", Duration.ofDays(7)),
    /** Feature vectors with their vector ids. */
    FEATURES("features", Duration.ofDays(7)),
    /** Predictions. */
    PREDICTIONS("predictions", Duration.ofDays(30)),
    /** What really happened, from whoever knows better than the next tick. */
    LABELS("labels", Duration.ofDays(30)),
    /** Predictions with what really happened. */
    OUTCOMES("outcomes", Duration.ofDays(30)),
    /** Well-formed ticks that were not scored, and why. */
    SET_ASIDE("set-aside", Duration.ofDays(30)),
    /** Records nothing could be made of, untouched. */
    DEAD_LETTERS("dead-letters", Duration.ofDays(30)),
    /** Requests that versions serve; answered within moments. */
    DEPLOYMENT_REQUESTS("deployment-requests", Kind.CONTROL, Duration.ofDays(30)),
    /** What must serve: the latest of each model, for ever (−1 in Kafka's words). */
    DEPLOYMENTS("deployments", Kind.COMPACTED_CONTROL, Duration.ofMillis(-1)),
    /** What does serve, by subtask: as long as a deployment may be in force. */
    DEPLOYMENT_EVENTS("deployment-events", Kind.CONTROL, Duration.ofDays(365)),
    /** Decisions and refusals, for whoever asks a year later who decided what. */
    LIFECYCLE_EVENTS("lifecycle-events", Kind.CONTROL, Duration.ofDays(365)),
    /** What is wanted of a model's life, other than that a version serves. */
    LIFECYCLE_COMMANDS("lifecycle-commands", Kind.CONTROL, Duration.ofDays(365)),
    /** Trainings that shall be made. */
    RETRAIN_REQUESTS("retrain-requests", Kind.CONTROL, Duration.ofDays(365)),
    /** How requested trainings go. */
    TRAINING_RESULTS("training-results", Kind.CONTROL, Duration.ofDays(365)),
    /** How right each version was, by window. */
    ACCURACY("accuracy", Kind.CONTROL, Duration.ofDays(365)),
    /** How far each version's inputs and answers are from what they were, by window. */
    DRIFT_REPORTS("drift-reports", Kind.CONTROL, Duration.ofDays(365)),
    /** What is out of bounds, with its evidence. */
    ALARMS("alarms", Kind.CONTROL, Duration.ofDays(365));

    private enum Kind {
        DATA,
        CONTROL,
        COMPACTED_CONTROL
    }

    private final String defaultName;
    private final Kind kind;
    private final Duration retention;

    Topic(String defaultName, Duration retention) {
        this(defaultName, Kind.DATA, retention);
    }

    Topic(String defaultName, Kind kind, Duration retention) {
        this.defaultName = defaultName;
        this.kind = kind;
        this.retention = retention;
    }

    /** The name in the wire contract. */
    public String defaultName() {
        return defaultName;
    }

    /**
     * The name on the broker: {@code kafka.topics.<name>} where set, else the prefix and the
     * contract's name.
     */
    public String name(ReadableConfig options) {
        return options.getOptional(
                        ConfigOptions.key(KafkaOptions.TOPICS_PREFIX + defaultName)
                                .stringType()
                                .noDefaultValue())
                .orElseGet(() -> options.get(KafkaOptions.TOPIC_PREFIX) + defaultName);
    }

    /** The names of the control topics: what comes from them is no tick. */
    public static Set<String> controlNames(ReadableConfig options) {
        return Arrays.stream(values())
                .filter(topic -> topic.kind != Kind.DATA)
                .map(topic -> topic.name(options))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many partitions 'topics create' gives it. */
    public int partitions(ReadableConfig options) {
        return kind == Kind.DATA ? options.get(KafkaOptions.PARTITIONS) : 1;
    }

    /**
     * The topic's settings on the broker. Records carry write time, so retention counts from when
     * they were written.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("retention.ms", String.valueOf(retention.toMillis()));
        settings.put("cleanup.policy", kind == Kind.COMPACTED_CONTROL ? "compact" : "delete");
        settings.put("message.timestamp.type", "CreateTime");
        return settings;
    }
}
