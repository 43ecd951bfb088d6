package com.shivx.jobs.options;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Which features are computed and how they are written. */
public final class FeatureOptions {

    /** How a feature vector is written to its topic. */
    public enum Format {
        /** Raw Avro with the schema's fingerprint in the header {@code avro.fingerprint}. */
        AVRO,
        /** One JSON object, features by name. */
        JSON
    }

    /** How a symbol's state is reached on each tick. */
    public enum StateAccess {
        /** As a live object on the heap, in front of the state backend. */
        CACHED,
        /** Read from the state backend and written back. */
        DIRECT
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

    public static final ConfigOption<StateAccess> STATE_ACCESS =
            ConfigOptions.key("features.state-access")
                    .enumType(StateAccess.class)
                    .defaultValue(StateAccess.CACHED)
                    .withDescription(
                            "cached keeps the symbols in use as live objects in front of the state backend and"
                                    + " writes them to it between and before checkpoints; direct reads and writes"
                                    + " the backend on every tick, several times slower, to the same results.");

    public static final ConfigOption<Integer> CACHE_MAX_ENTRIES =
            ConfigOptions.key("features.cache.max-entries")
                    .intType()
                    .defaultValue(50_000)
                    .withDescription(
                            "Symbols on the heap at most, for each subtask. More than any one market has; a larger"
                                    + " universe has its quiet symbols read from the state backend.");

    public static final ConfigOption<MemorySize> CACHE_MAX_SIZE =
            ConfigOptions.key("features.cache.max-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(96))
                    .withDescription(
                            "Heap that they take at most, for each subtask, about 4 KB a symbol. A tenth of the heap"
                                    + " that flink-conf gives a TaskManager of four slots.");

    public static final ConfigOption<Integer> CACHE_MAX_DIRTY =
            ConfigOptions.key("features.cache.max-dirty")
                    .intType()
                    .defaultValue(8_000)
                    .withDescription(
                            "Symbols at most, for each subtask, that the state backend does not have yet. A checkpoint"
                                    + " waits until they are written, 5 to 9 µs each; fewer are a shorter wait and"
                                    + " more writes between checkpoints.");

    private FeatureOptions() {}
}
