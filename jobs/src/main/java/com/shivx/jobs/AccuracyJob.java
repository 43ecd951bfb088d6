package com.shivx.jobs;

import com.shivx.features.SymbolQuality;
import com.shivx.features.label.LabelRules;
import com.shivx.jobs.ingest.Ingested;
import com.shivx.jobs.ingest.IngestedPrediction;
import com.shivx.jobs.ingest.SplitIngestedFunction;
import com.shivx.jobs.ingest.SplitRecordsFunction;
import com.shivx.jobs.ingest.UnusedLabelFunction;
import com.shivx.jobs.kafka.ControlRecords;
import com.shivx.jobs.kafka.DeadLetterRecords;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.OutcomeRecords;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.JobArguments;
import com.shivx.jobs.options.OutcomeOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.jobs.wire.DeadLetter;
import com.shivx.models.Alarm;
import com.shivx.models.Prediction;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.outcome.AccuracyAlarmRules;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.ExternalLabel;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeRules;
import com.shivx.models.outcome.ValidatedDeployment;
import com.shivx.models.wire.AccuracyRowJson;
import com.shivx.models.wire.AlarmJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.LabelJson;
import com.shivx.operators.features.IngestedTick;
import com.shivx.operators.outcomes.AccuracyAlarmsFunction;
import com.shivx.operators.outcomes.AccuracyFunction;
import com.shivx.operators.outcomes.OutcomeInput;
import com.shivx.operators.outcomes.OutcomesOperator;
import com.shivx.operators.outcomes.OutcomesSettings;
import com.shivx.operators.outcomes.ValidatedMetricsFunction;
import com.shivx.operators.state.CacheLimits;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What became of predictions: predictions, the ticks after them and labels from outside → outcomes
 * → accuracy by version and window, and alarms where that is out of bounds, exactly once.
 *
 * <p>Arguments: {@code [--config URI]… [-D key=value]…}, see {@link JobArguments}.
 */
public final class AccuracyJob {

    /** The job's name in the Web UI. */
    public static final String NAME = "ShivX accuracy";

    /** The job's name in consumer groups and on dead letters. */
    public static final String GROUP = "accuracy";

    /** Symbols on the heap; their bytes are what is bounded. */
    private static final int MOST_SYMBOLS = 50_000;

    /** Symbols that a checkpoint has to write, each with some buckets. */
    private static final int MOST_DIRTY = 2_000;

    /** Deployments whose metrics are looked for at once. */
    private static final int LOADING = 16;

    private AccuracyJob() {}

    /**
     * What the topology gives.
     *
     * @param outcomes each prediction with what happened, and its revisions
     * @param accuracy rows by version, role, horizon and window
     * @param unusedLabels labels that no prediction came for
     * @param alarms accuracy, coverage and rate out of bounds
     */
    public record Outputs(
            DataStream<Outcome> outcomes,
            DataStream<AccuracyRow> accuracy,
            DataStream<ExternalLabel> unusedLabels,
            DataStream<Alarm> alarms) {}

    /** Submits the job to the cluster it is run on. */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, JobArguments.parse(env.getConfiguration(), args));
        env.execute(NAME);
    }

    /**
     * The whole job with its Kafka ends. Refuses options that cannot work before anything is
     * submitted.
     */
    public static void build(StreamExecutionEnvironment env, Configuration options) {
        JobEnvironment.prepare(env, options);
        KafkaEnds kafka = new KafkaEnds(options, GROUP);
        SingleOutputStreamOperator<IngestedTick> ticks =
                SplitIngestedFunction.apart(
                        env.fromSource(
                                        kafka.ticks(),
                                        TickEventTime.besidePredictions(options),
                                        "Ticks",
                                        TypeInformation.of(Ingested.class))
                                .uid("accuracy-ticks-source"));
        SingleOutputStreamOperator<Prediction> predictions =
                env.fromSource(
                                kafka.predictions(),
                                TickEventTime.besideTicks(options),
                                "Predictions",
                                TypeInformation.of(IngestedPrediction.class))
                        .uid("predictions-source")
                        .process(new SplitRecordsFunction<>(Prediction.class))
                        .name("Dead predictions apart")
                        .uid("dead-predictions-apart");
        SingleOutputStreamOperator<ExternalLabel> labels =
                ControlStream.of(
                        env,
                        kafka.control(Topic.LABELS),
                        Topic.LABELS,
                        new LabelJson(),
                        ExternalLabel.class,
                        GROUP);
        SingleOutputStreamOperator<Deployment> deployments =
                ControlStream.of(
                        env,
                        kafka.controlFromBeginning(Topic.DEPLOYMENTS),
                        Topic.DEPLOYMENTS,
                        new DeploymentJson(),
                        Deployment.class,
                        GROUP);
        Outputs outputs = define(ticks, predictions, labels, deployments, options);

        outputs.outcomes()
                .sinkTo(kafka.unhurriedSink("outcomes-sink", new OutcomeRecords(options)))
                .name("Outcomes")
                .uid("outcomes-sink");
        outputs.accuracy()
                .sinkTo(
                        kafka.sink(
                                "accuracy-sink",
                                new ControlRecords<>(
                                        options, Topic.ACCURACY, new AccuracyRowJson())))
                .name("Accuracy")
                .uid("accuracy-sink");
        outputs.alarms()
                .sinkTo(
                        kafka.sink(
                                "accuracy-alarms-sink",
                                new ControlRecords<>(options, Topic.ALARMS, new AlarmJson())))
                .name("Alarms")
                .uid("accuracy-alarms-sink");
        // Ticks that cannot be read are told by the scoring job, which reads the same ones.
        predictions
                .getSideOutput(SplitIngestedFunction.DEAD_LETTERS)
                .union(
                        labels.getSideOutput(SplitIngestedFunction.DEAD_LETTERS),
                        deployments.getSideOutput(SplitIngestedFunction.DEAD_LETTERS),
                        unused(outputs.unusedLabels(), options))
                .sinkTo(kafka.sink("accuracy-dead-letters-sink", new DeadLetterRecords(options)))
                .name("Dead letters")
                .uid("accuracy-dead-letters-sink");
    }

    private static DataStream<DeadLetter> unused(
            DataStream<ExternalLabel> labels, ReadableConfig options) {
        return labels.map(new UnusedLabelFunction(Topic.LABELS.name(options), GROUP))
                .name("Labels of nothing")
                .uid("labels-of-nothing");
    }

    /** The topology between its ends. */
    public static Outputs define(
            DataStream<IngestedTick> ticks,
            DataStream<Prediction> predictions,
            DataStream<ExternalLabel> labels,
            DataStream<Deployment> deployments,
            ReadableConfig options) {
        OutcomesSettings settings = settings(options);
        SingleOutputStreamOperator<Outcome> outcomes =
                ticks.map(ingested -> OutcomeInput.of(ingested.tick()))
                        .returns(OutcomeInput.class)
                        .name("Ticks to join")
                        .uid("ticks-to-join")
                        .union(
                                predictions
                                        .map(OutcomeInput::of)
                                        .returns(OutcomeInput.class)
                                        .name("Predictions to join")
                                        .uid("predictions-to-join"),
                                labels.map(OutcomeInput::of)
                                        .returns(OutcomeInput.class)
                                        .name("Labels to join")
                                        .uid("labels-to-join"))
                        .keyBy(OutcomeInput::symbol)
                        .transform(
                                "Outcomes",
                                TypeInformation.of(Outcome.class),
                                OutcomesOperator.factory(settings))
                        .uid("outcomes");
        SingleOutputStreamOperator<AccuracyRow> accuracy =
                outcomes.getSideOutput(OutcomesOperator.ACCURACY)
                        .keyBy(part -> part.key().text())
                        .process(
                                new AccuracyFunction(settings.window()),
                                TypeInformation.of(AccuracyRow.class))
                        .name("Accuracy")
                        .uid("accuracy");
        return new Outputs(
                outcomes,
                accuracy,
                outcomes.getSideOutput(OutcomesOperator.UNUSED_LABELS),
                alarms(accuracy, deployments, options));
    }

    /** What was validated lies beside the models; a deployment that comes says where. */
    private static DataStream<Alarm> alarms(
            DataStream<AccuracyRow> accuracy,
            DataStream<Deployment> deployments,
            ReadableConfig options) {
        DataStream<ValidatedDeployment> validated =
                AsyncDataStream.orderedWait(
                                deployments,
                                new ValidatedMetricsFunction(AllowedFolders.of(options)),
                                options.get(ScoringOptions.LOAD_TIMEOUT).toMillis(),
                                TimeUnit.MILLISECONDS,
                                LOADING)
                        .name("Validated metrics")
                        .uid("validated-metrics")
                        .setParallelism(1);
        return accuracy.keyBy(row -> row.key().modelId())
                .connect(validated.keyBy(ValidatedDeployment::model))
                .process(
                        new AccuracyAlarmsFunction(
                                alarmRules(options),
                                options.get(OutcomeOptions.RATE_TIMEOUT).toMillis()),
                        TypeInformation.of(Alarm.class))
                .name("Accuracy alarms")
                .uid("accuracy-alarms");
    }

    private static AccuracyAlarmRules alarmRules(ReadableConfig options) {
        return AccuracyAlarmRules.of(
                options.get(OutcomeOptions.ALARM_SPAN),
                options.get(OutcomeOptions.TOLERANCE),
                options.getOptional(OutcomeOptions.MIN_ACCURACY).orElse(Double.NaN),
                options.get(OutcomeOptions.COOLDOWN));
    }

    private static OutcomesSettings settings(ReadableConfig options) {
        OutcomeRules rules =
                new OutcomeRules(
                        new SymbolQuality(
                                FeatureStage.qualityRules(options),
                                options.get(FeatureOptions.SYMBOL_TTL)),
                        labelRules(options),
                        options.get(OutcomeOptions.HORIZONS),
                        options.get(OutcomeOptions.LATENESS),
                        options.get(OutcomeOptions.LABEL_DELAY));
        return new OutcomesSettings(
                rules,
                options.get(OutcomeOptions.WINDOW),
                new CacheLimits(
                        MOST_SYMBOLS,
                        options.get(OutcomeOptions.CACHE_MAX_SIZE).getBytes(),
                        MOST_DIRTY));
    }

    /** What decides a label: for outcomes and for training alike. */
    static LabelRules labelRules(ReadableConfig options) {
        return new LabelRules(
                options.get(OutcomeOptions.THRESHOLD),
                options.get(OutcomeOptions.TAKER_FEE_BPS),
                options.get(OutcomeOptions.MAX_DELAY));
    }
}
