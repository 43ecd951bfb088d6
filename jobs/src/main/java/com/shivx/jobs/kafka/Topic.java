package com.shivx.jobs.kafka;

import com.shivx.jobs.options.KafkaOptions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/** The topics of the wire contract, with how long each keeps its records. */
public enum Topic {
    /** Ticks from exchanges' feeds and replays. */
    TICKS("ticks", Duration.ofDays(7)),
    /** Feature vectors with their vector ids. */
    FEATURES("features", Duration.ofDays(7)),
    /** Predictions. */
    PREDICTIONS("predictions", Duration.ofDays(30)),
    /** Well-formed ticks that were not scored, and why. */
    SET_ASIDE("set-aside", Duration.ofDays(30)),
    /** Records nothing could be made of, untouched. */
    DEAD_LETTERS("dead-letters", Duration.ofDays(30));

    private final String defaultName;
    private final Duration retention;

    Topic(String defaultName, Duration retention) {
        this.defaultName = defaultName;
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

    /**
     * The topic's settings on the broker. Records carry write time, so retention counts from when
     * they were written.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("retention.ms", String.valueOf(retention.toMillis()));
        settings.put("cleanup.policy", "delete");
        settings.put("message.timestamp.type", "CreateTime");
        return settings;
    }
}
