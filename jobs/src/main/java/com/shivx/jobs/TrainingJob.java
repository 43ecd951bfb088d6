package com.shivx.jobs;

import com.shivx.jobs.ingest.SplitIngestedFunction;
import com.shivx.jobs.log.LogFolder;
import com.shivx.jobs.log.LogKind;
import com.shivx.jobs.options.EventTimes;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.JobArguments;
import com.shivx.jobs.options.OutcomeOptions;
import com.shivx.jobs.options.TrainingOptions;
import com.shivx.jobs.training.LoggedRowsFunction;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.outcome.Labelling;
import com.shivx.models.validation.SpanShares;
import com.shivx.operators.features.IngestedTick;
import com.shivx.operators.training.ComparisonOperator;
import com.shivx.operators.training.ComparisonSettings;
import com.shivx.operators.training.TrainingEvent;
import com.shivx.operators.training.TrainingOperator;
import com.shivx.operators.training.TrainingRowsFunction;
import com.shivx.operators.training.TrainingSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;

/**
 * A tape or a log to a registered version, bounded: ticks → vectors as of their time, with what
 * happened after them; or the vectors of a log with the outcomes it has of them → trained on the
 * first of three spans of time, tuned on the second, judged on the third → registered, or refused
 * with the reason.
 *
 * <p>It takes no checkpoints: a training that fails is started again. Arguments: {@code [--config
 * URI]… [-D key=value]…}, see {@link JobArguments}.
 */
public final class TrainingJob {

    /** The job's name in the Web UI. */
    public static final String NAME = "ShivX training";

    /** The job's name in consumer groups and on dead letters. */
    public static final String GROUP = "training";

    /** Of a training: what it fits, what stops it, what judges it. */
    private static final int SPANS = 3;

    private TrainingJob() {}

    /** Submits the job to the cluster it is run on; what it tells is its standard output. */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration options = JobArguments.parse(env.getConfiguration(), args);
        build(env, options, System.getProperty("user.name"))
                .map(TrainingJob::line)
                .returns(Types.STRING)
                .name("Lines")
                .uid("training-lines")
                .setParallelism(1)
                .print()
                .name("Standard output")
                .uid("training-output")
                .setParallelism(1);
        env.execute(NAME);
    }

    private static String line(TrainingEvent event) {
        if (event.text() == null) {
            return event.message();
        }
        return event.text()
                + event.message()
                + (event.version() == null
                        ? "\nnot registered: the report says why"
                        : "\nregistered as " + event.version());
    }

    /**
     * The whole job but for who is told.
     *
     * @param by who trains
     * @return what the training tells, the last of which is how it ended
     */
    public static DataStream<TrainingEvent> build(
            StreamExecutionEnvironment env, Configuration options, String by) throws Exception {
        TrainingSettings settings = settings(options, by);
        return trained(rows(env, options), settings);
    }

    /**
     * The same of a comparison of two models on the same rows.
     *
     * @return what the comparison tells, the last of which is how it ended
     */
    public static DataStream<TrainingEvent> buildComparison(
            StreamExecutionEnvironment env, Configuration options, Compared newer, Compared old)
            throws Exception {
        ComparisonSettings settings =
                new ComparisonSettings(
                        options.get(FeatureOptions.SET),
                        TimeUnit.MICROSECONDS.convert(options.get(TrainingOptions.HORIZON)),
                        newer.artifact(),
                        newer.learnedUntilMicros(),
                        old.artifact(),
                        old.learnedUntilMicros(),
                        TimeUnit.MICROSECONDS.convert(options.get(TrainingOptions.MIN_BLOCK)),
                        options.getOptional(TrainingOptions.MIN_ACCURACY).orElse(null));
        return told(
                rows(env, options),
                "Comparison",
                "comparison",
                ComparisonOperator.factory(settings));
    }

    /**
     * One of two models that are compared.
     *
     * @param artifact its file and contract
     * @param learnedUntilMicros when the last outcome was decided that it has learned from; {@link
     *     Long#MIN_VALUE} where nobody knows
     */
    public record Compared(ModelArtifact artifact, long learnedUntilMicros) {}

    /** The topology between its ends, of ticks. */
    public static DataStream<TrainingEvent> define(
            DataStream<IngestedTick> ticks, TrainingSettings settings, ReadableConfig options) {
        return trained(rows(ticks, options), settings);
    }

    private static DataStream<TrainingEvent> trained(
            SingleOutputStreamOperator<TrainingRow> rows, TrainingSettings settings) {
        return told(rows, "Training", "training", TrainingOperator.factory(settings));
    }

    /** What is done with the rows, and what their reader tells, which only a log's does. */
    private static DataStream<TrainingEvent> told(
            SingleOutputStreamOperator<TrainingRow> rows,
            String name,
            String uid,
            OneInputStreamOperatorFactory<TrainingRow, TrainingEvent> operator) {
        return rows.transform(name, TypeInformation.of(TrainingEvent.class), operator)
                .uid(uid)
                .setParallelism(1)
                .union(rows.getSideOutput(LoggedRowsFunction.PROGRESS));
    }

    /** The rows of the log, if one is given, or else of ticks. */
    static SingleOutputStreamOperator<TrainingRow> rows(
            StreamExecutionEnvironment env, Configuration options) throws Exception {
        JobEnvironment.prepare(env, bounded(options));
        // With checkpoints, what it tells would be held back for one, and the thread that trains
        // takes none.
        env.getCheckpointConfig().disableCheckpointing();
        List<String> paths = options.getOptional(TrainingOptions.TICKS).orElse(List.of());
        Optional<String> log = options.getOptional(TrainingOptions.LOG);
        if (log.isEmpty()) {
            return rows(
                    SplitIngestedFunction.apart(BoundedTicks.source(env, paths, options, GROUP)),
                    options);
        }
        if (!paths.isEmpty()) {
            throw new IllegalArgumentException(
                    "options %s and %s are both given; rows come from one of them"
                            .formatted(TrainingOptions.TICKS.key(), TrainingOptions.LOG.key()));
        }
        return loggedRows(env, log.get(), options);
    }

    /** The rows of a log, in its order, by one subtask. */
    private static SingleOutputStreamOperator<TrainingRow> loggedRows(
            StreamExecutionEnvironment env, String log, ReadableConfig options) throws IOException {
        long fromMicros = EventTimes.micros(options, TrainingOptions.FROM, Long.MIN_VALUE);
        long untilMicros = EventTimes.micros(options, TrainingOptions.TO, Long.MAX_VALUE);
        if (fromMicros >= untilMicros) {
            throw new IllegalArgumentException(
                    "option %s is %s and %s is %s; the end comes after the first"
                            .formatted(
                                    TrainingOptions.FROM.key(),
                                    options.get(TrainingOptions.FROM),
                                    TrainingOptions.TO.key(),
                                    options.get(TrainingOptions.TO)));
        }
        // Throws where there is no log, before anything runs.
        LogFolder.list(new Path(log), LogKind.OUTCOMES);
        return env.fromSequence(1, 1)
                .name("Begin")
                .uid("training-begin")
                .setParallelism(1)
                .process(
                        new LoggedRowsFunction(
                                log,
                                options.get(FeatureOptions.SET),
                                new Labelling(
                                        TimeUnit.MICROSECONDS.convert(
                                                options.get(TrainingOptions.HORIZON)),
                                        options.get(OutcomeOptions.THRESHOLD),
                                        options.get(OutcomeOptions.TAKER_FEE_BPS)),
                                fromMicros,
                                untilMicros),
                        TypeInformation.of(TrainingRow.class))
                .name("Logged rows")
                .uid("training-logged-rows")
                .setParallelism(1);
    }

    /** The rows of ticks, as parallel as symbols allow. */
    private static SingleOutputStreamOperator<TrainingRow> rows(
            DataStream<IngestedTick> ticks, ReadableConfig options) {
        return FeatureStage.bySymbol(ticks)
                .process(
                        new TrainingRowsFunction(
                                FeatureStage.rules(options),
                                AccuracyJob.labelRules(options),
                                options.get(TrainingOptions.HORIZON),
                                EventTimes.micros(options, TrainingOptions.FROM, Long.MIN_VALUE),
                                EventTimes.micros(options, TrainingOptions.TO, Long.MAX_VALUE)),
                        TypeInformation.of(TrainingRow.class))
                .name("Labelled rows")
                .uid("training-rows");
    }

    private static Configuration bounded(Configuration options) {
        Configuration all = new Configuration(options);
        all.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        all.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        return all;
    }

    private static SpanShares shares(ReadableConfig options) {
        List<Double> shares = options.get(TrainingOptions.SHARES);
        if (shares.size() != SPANS) {
            throw new IllegalArgumentException(
                    "option %s is %s; name three shares, such as 0.6;0.2;0.2"
                            .formatted(TrainingOptions.SHARES.key(), shares));
        }
        try {
            return new SpanShares(shares.get(0), shares.get(1), shares.get(2));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "option %s: %s".formatted(TrainingOptions.SHARES.key(), e.getMessage()), e);
        }
    }

    private static TrainingSettings settings(ReadableConfig options, String by) {
        int folds = options.get(TrainingOptions.WALK_FORWARD);
        if (folds < 1) {
            throw new IllegalArgumentException(
                    "option %s is %d; a version is trained at least once"
                            .formatted(TrainingOptions.WALK_FORWARD.key(), folds));
        }
        Optional<String> output = options.getOptional(TrainingOptions.OUTPUT);
        double placebo = options.get(TrainingOptions.PLACEBO);
        if (placebo > 0 && output.isPresent()) {
            throw new IllegalArgumentException(
                    "options %s and %s are both given; a placebo knows nothing that could be tried, leave out one of them"
                            .formatted(
                                    TrainingOptions.PLACEBO.key(), TrainingOptions.OUTPUT.key()));
        }
        return new TrainingSettings(
                options.get(TrainingOptions.MODEL),
                options.get(FeatureOptions.SET),
                TimeUnit.MICROSECONDS.convert(options.get(TrainingOptions.HORIZON)),
                labelling(options),
                options.get(TrainingOptions.TRAINER),
                options.get(TrainingOptions.PARAMETERS),
                options.get(TrainingOptions.SEARCH),
                options.get(TrainingOptions.SEED),
                shares(options),
                folds,
                TimeUnit.MICROSECONDS.convert(options.get(TrainingOptions.MIN_BLOCK)),
                options.getOptional(TrainingOptions.MIN_ACCURACY).orElse(null),
                TimeUnit.MICROSECONDS.convert(options.get(TrainingOptions.REFERENCE_WINDOW)),
                options.getOptional(TrainingOptions.REGISTRY)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "option %s is missing; name the folder or the http(s):// of the registry"
                                                        .formatted(
                                                                TrainingOptions.REGISTRY.key()))),
                options.getOptional(TrainingOptions.VERSION).orElse(null),
                options.get(TrainingOptions.BUMP).name(),
                by,
                codeVersion(),
                output.orElse(null),
                placebo,
                options.getOptional(TrainingOptions.REQUEST).orElse(null),
                options.getOptional(TrainingOptions.CHAMPION).orElse(null));
    }

    /** How rows were labelled; of a log, no others are taken. */
    private static Map<String, String> labelling(ReadableConfig options) {
        Map<String, String> labelling = new TreeMap<>();
        labelling.put("horizon", options.get(TrainingOptions.HORIZON).toString());
        labelling.put("threshold", options.get(OutcomeOptions.THRESHOLD).name());
        labelling.put("taker_fee_bps", options.get(OutcomeOptions.TAKER_FEE_BPS).toString());
        options.getOptional(TrainingOptions.LOG).ifPresent(log -> labelling.put("log", log));
        return labelling;
    }

    private static String codeVersion() {
        String version = TrainingJob.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }
}
