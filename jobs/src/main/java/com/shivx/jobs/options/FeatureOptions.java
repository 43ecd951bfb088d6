package com.shivx.jobs.options;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Which features are computed and how they are written. */
public final class FeatureOptions {

    /** How a feature vector is written to its topic. */
    public enum Format {
        /** Raw Avro with the schema's fingerprint in the header {@code avro.fingerprint}. */
        AVRO,
        /** One JSON object, features by name. */
        JSON
    }

    public static final ConfigOption<String> SET =
            ConfigOptions.key("features.set")
                    .stringType()
                    .defaultValue("market-v1")
                    .withDescription(
                            "The feature set to compute; 'shivx features list' names those there are.");

    public static final ConfigOption<Duration> SYMBOL_TTL =
            ConfigOptions.key("features.symbol-ttl")
                    .durationType()
                    .defaultValue(Duration.ofDays(7))
                    .withDescription(
                            "A symbol silent for longer (event time) starts cold, and the memory of its features is"
                                    + " freed. Longer than a weekend or a holiday.");

    public static final ConfigOption<Boolean> OUTPUT =
            ConfigOptions.key("features.output")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether vectors are written to the topic 'features'. Drift detection and training read"
                                    + " them; without them predictions are all that is written.");

    public static final ConfigOption<Format> FORMAT =
            ConfigOptions.key("features.format")
                    .enumType(Format.class)
                    .defaultValue(Format.AVRO)
                    .withDescription(
                            "avro or json. Printing a vector as text costs more than computing it.");

    private FeatureOptions() {}
}
