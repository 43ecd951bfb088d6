package com.shivx.jobs.options;

import com.shivx.operators.scoring.ScoringDevice;
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
                                    + " refuses every request; the demo, 'run scoring' and 'run lifecycle' in this"
                                    + " process and 'models deploy' then take .shivx/models of the project.");

    public static final ConfigOption<Integer> MAX_BATCH_SIZE =
            ConfigOptions.key("scoring.max-batch-size")
                    .intType()
                    .defaultValue(256)
                    .withDescription(
                            "Vectors scored in one call at most. How many really are is found for each model when it is"
                                    + " loaded: networks gain from more, ensembles of trees lose.");

    public static final ConfigOption<Duration> MAX_DELAY =
            ConfigOptions.key("scoring.max-delay")
                    .durationType()
                    .defaultValue(Duration.ofMillis(5))
                    .withDescription(
                            "How long a call of the calibrated batch may take, and a vector wait for others at most"
                                    + " before it is scored (clock time). It waits as long as the call takes, a"
                                    + " millisecond for small models: what a trader does not notice and a batch gains"
                                    + " from.");

    public static final ConfigOption<ScoringDevice> DEVICE =
            ConfigOptions.key("scoring.device")
                    .enumType(ScoringDevice.class)
                    .defaultValue(ScoringDevice.CPU)
                    .withDescription(
                            "What models compute on: cpu, cuda, tensorrt, or auto, which for each model takes cuda"
                                    + " where Flink's external resource 'gpu' gives one and it scores more vectors a"
                                    + " second within scoring.max-delay. cuda and tensorrt without a GPU end the job"
                                    + " with what is missing. cpu, since a GPU's answers differ from the CPU's in the"
                                    + " last digits, and a replay should give the same bits wherever it runs.");

    /** On which thread models run. */
    public enum Execution {
        /** On the task's own: least overhead for small models. */
        INLINE,
        /** Beside it, several batches at a time: for models that take longer than features do. */
        ASYNC
    }

    public static final ConfigOption<Execution> EXECUTION =
            ConfigOptions.key("scoring.execution")
                    .enumType(Execution.class)
                    .defaultValue(Execution.INLINE)
                    .withDescription(
                            "inline scores on the task's thread, async beside it with scoring.max-in-flight batches at"
                                    + " a time, in the same order and to the same results. Market models of a few"
                                    + " thousand weights take less than handing them over.");

    public static final ConfigOption<Integer> MAX_IN_FLIGHT =
            ConfigOptions.key("scoring.max-in-flight")
                    .intType()
                    .defaultValue(2)
                    .withDescription(
                            "Batches under way at once under async execution, for each subtask; then the stream waits."
                                    + " A checkpoint waits for all of them.");

    public static final ConfigOption<Duration> TIMEOUT =
            ConfigOptions.key("scoring.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "A call that takes longer (clock time) is ended, and its vectors get predictions of status"
                                    + " TIMEOUT without numbers. A thousand times what a batch takes, so that only a"
                                    + " model that hangs is hit.");

    public static final ConfigOption<Integer> MAX_FAILURES =
            ConfigOptions.key("scoring.max-failures")
                    .intType()
                    .defaultValue(3)
                    .withDescription(
                            "Batches that a version may fail or time out in a row; then it is not asked any more and an"
                                    + " alarm is raised. Enough that one odd batch does not cost a model its place.");

    public static final ConfigOption<Duration> LOAD_TIMEOUT =
            ConfigOptions.key("scoring.load-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(2))
                    .withDescription(
                            "Time in which a deployment must be fetched, checked and warm (clock time); then it is"
                                    + " refused and the one before goes on.");

    public static final ConfigOption<String> STORE =
            ConfigOptions.key("models.store")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder or URI where served models are kept by checksum, so that a restore needs no other"
                                    + " place. Unset: shivx-models in the folder of the checkpoints.");

    private ScoringOptions() {}
}
