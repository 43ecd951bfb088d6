package com.shivx.jobs.options;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Which model scores, and how vectors are gathered into batches for it. */
public final class ScoringOptions {

    /**
     * The model that comes with the feature set, so that a first run has something to score with.
     */
    public static final String BASELINE = "baseline-momentum";

    public static final ConfigOption<String> MODEL =
            ConfigOptions.key("scoring.model")
                    .stringType()
                    .defaultValue(BASELINE)
                    .withDescription(
                            "The ONNX file that scores, as a path or file: URI; baseline-momentum is built in.");

    public static final ConfigOption<String> SHA256 =
            ConfigOptions.key("scoring.model-sha256")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "SHA-256 the model file must have, 64 hexadecimal digits. Unset: not checked.");

    public static final ConfigOption<String> COLUMNS =
            ConfigOptions.key("scoring.columns")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Features the model takes, in its order, separated by commas. Unset: from its contract.");

    public static final ConfigOption<String> CLASSES =
            ConfigOptions.key("scoring.classes")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Names of the model's classes in the order of its probabilities, separated by commas."
                                    + " Unset: from its contract.");

    public static final ConfigOption<String> ACTIONS =
            ConfigOptions.key("scoring.actions")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "What to do at each class, as CLASS=BUY, CLASS=HOLD or CLASS=SELL separated by commas."
                                    + " Unset: UP=BUY,FLAT=HOLD,DOWN=SELL.");

    public static final ConfigOption<List<String>> ALLOWED_URIS =
            ConfigOptions.key("models.allowed-uris")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "Folders models may be loaded and deployed from, as paths or URIs, separated by"
                                    + " semicolons. 'models deploy' copies to the first; every TaskManager must reach"
                                    + " it. Unset: the scoring job takes scoring.model alone and the lifecycle job"
                                    + " refuses every request; the demo, 'run lifecycle' in this process and 'models"
                                    + " deploy' then take .shivx/models of the project.");

    public static final ConfigOption<Integer> MAX_BATCH_SIZE =
            ConfigOptions.key("scoring.max-batch-size")
                    .intType()
                    .defaultValue(64)
                    .withDescription(
                            "Vectors scored in one call at most. Networks gain from more, ensembles of trees lose.");

    public static final ConfigOption<Duration> MAX_DELAY =
            ConfigOptions.key("scoring.max-delay")
                    .durationType()
                    .defaultValue(Duration.ofMillis(5))
                    .withDescription(
                            "How long a vector waits for others before it is scored (clock time). What a trader does"
                                    + " not notice and a batch gains from.");

    private ScoringOptions() {}
}
