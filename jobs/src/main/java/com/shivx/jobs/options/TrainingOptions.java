package com.shivx.jobs.options;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** What is trained, on what, how it is judged, and where it is registered. */
public final class TrainingOptions {

    public static final ConfigOption<String> MODEL =
            ConfigOptions.key("training.model")
                    .stringType()
                    .defaultValue("direction")
                    .withDescription("The model line that a new version is trained of.");

    public static final ConfigOption<List<String>> TICKS =
            ConfigOptions.key("training.ticks")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "Files or folders of ticks to train on, separated by semicolons; backfill.format, .symbol"
                                    + " and .zone say what files do not. Unset: the topic 'ticks' up to its end at"
                                    + " the start of the job.");

    public static final ConfigOption<String> LOG =
            ConfigOptions.key("training.log")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder or URI of a log, as log.output, to train on instead of ticks: its vectors, with the"
                                    + " outcomes that accuracy has logged of them. Only outcomes of this"
                                    + " horizon, labels.threshold and fees.taker-bps count; give them as the accuracy"
                                    + " job had them. Unset: ticks.");

    public static final ConfigOption<String> FROM =
            ConfigOptions.key("training.from")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "First event time of a row, such as 2024-08-01 or 2024-08-01T12:00:00Z (UTC); ticks before"
                                    + " it only warm features up. Unset: from the first tick.");

    public static final ConfigOption<String> TO =
            ConfigOptions.key("training.to")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "First event time that is no row any more. Unset: to the last tick. Of a log, both say"
                                    + " which dates are read.");

    public static final ConfigOption<Duration> HORIZON =
            ConfigOptions.key("training.horizon")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "How long after a row it is asked where the price went. Short ones can be predicted"
                                    + " sooner than long ones.");

    public static final ConfigOption<String> TRAINER =
            ConfigOptions.key("training.trainer")
                    .stringType()
                    .defaultValue("xgboost")
                    .withDescription("What learns: xgboost, linear, or command:CMD.");

    public static final ConfigOption<Map<String, String>> PARAMETERS =
            ConfigOptions.key("training.parameters")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "The trainer's parameters, as name:value,name:value. Unset: defaults for noisy markets.");

    public static final ConfigOption<Integer> SEARCH =
            ConfigOptions.key("training.search")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "Trials of a random search of parameters, judged by the second span of time; the first is"
                                    + " the parameters as given. 1 for none.");

    public static final ConfigOption<Long> SEED =
            ConfigOptions.key("training.seed")
                    .longType()
                    .defaultValue(1L)
                    .withDescription(
                            "Draws everything that is drawn: the same rows and seed give the same file.");

    public static final ConfigOption<List<Double>> SHARES =
            ConfigOptions.key("training.shares")
                    .doubleType()
                    .asList()
                    .defaultValues(0.6, 0.2, 0.2)
                    .withDescription(
                            "How time is divided, separated by ';': what is learned from, what ends learning, calibrates and"
                                    + " gives the reference of drift, and what judges. Most to learn from; where windows"
                                    + " of drift are long beside the whole, more for the second, of which 30 must come.");

    public static final ConfigOption<Integer> WALK_FORWARD =
            ConfigOptions.key("training.walk-forward")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "How often a version is trained as time goes on, each time by three spans of its own and judged"
                                    + " by what comes next; the verdict is by the rows of all these tests, and the last"
                                    + " one is registered. More say more of what training is worth, and each has less"
                                    + " to learn from. 1: once, on all there is.");

    public static final ConfigOption<String> OUTPUT =
            ConfigOptions.key("training.output")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder, on the machine that trains, that receives the trained model and the report whatever"
                                    + " the verdict; it must not be there, or be empty. Registers nothing. Unset:"
                                    + " only what is registered is kept.");

    public static final ConfigOption<String> REGISTRY =
            ConfigOptions.key("training.registry")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "URI of the registry that receives the version: a folder, or the http(s):// of an MLflow"
                                    + " server. Required.");

    public static final ConfigOption<String> VERSION =
            ConfigOptions.key("training.version")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Semantic version to register as. Unset: the highest there is, raised by"
                                    + " training.bump.");

    /** Which number of a version is raised. */
    public enum Bump {
        MAJOR,
        MINOR,
        PATCH
    }

    public static final ConfigOption<Bump> BUMP =
            ConfigOptions.key("training.bump")
                    .enumType(Bump.class)
                    .defaultValue(Bump.MINOR)
                    .withDescription(
                            "Which number of the version is raised. MINOR: the same inputs and outputs, other"
                                    + " numbers.");

    public static final ConfigOption<Double> PLACEBO =
            ConfigOptions.key("training.placebo")
                    .doubleType()
                    .defaultValue(0.0)
                    .withDescription(
                            "Share of the rows, above 0 and below 1, that labels are moved by, so that they mean"
                                    + " nothing and nothing may be found; never registers. 0 trains for real.");

    public static final ConfigOption<String> REQUEST =
            ConfigOptions.key("training.request")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Id of the request that is answered, set by the control service: a version that is registered"
                                    + " for it already is not trained again. Unset: nobody waits for an answer.");

    public static final ConfigOption<String> CHAMPION =
            ConfigOptions.key("training.champion")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "What serves now, such as direction@2.1.0 or the place of its file, set by the control"
                                    + " service: the new version is compared with it on rows that neither has learned"
                                    + " from. Unset: the new version is registered, and nothing more is said of it.");

    public static final ConfigOption<Duration> MIN_BLOCK =
            ConfigOptions.key("validation.min-block")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "Blocks of a validation's bootstrap are as long as this or two horizons on average,"
                                    + " whichever is longer. Markets remember longer than a horizon: blocks of two"
                                    + " horizons alone understate errors four-fold.");

    public static final ConfigOption<Double> MIN_ACCURACY =
            ConfigOptions.key("promotion.min-accuracy")
                    .doubleType()
                    .noDefaultValue()
                    .withDescription(
                            "Share of rows that a model must have right to be promoted. Unset: none, since an honest"
                                    + " model of three classes reaches no figure that could be named in advance.");

    public static final ConfigOption<Duration> REFERENCE_WINDOW =
            ConfigOptions.key("drift.window")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription(
                            "Length of the windows that drift is told by (event time), for which a new version's"
                                    + " reference is measured. Each deployed version is watched in windows of its own"
                                    + " reference, whatever this says by then: its thresholds hold for no other.");

    private TrainingOptions() {}
}
