package com.shivx.jobs;

import com.shivx.drift.live.DriftRules;
import com.shivx.features.FeatureVector;
import com.shivx.jobs.ingest.IngestedPrediction;
import com.shivx.jobs.ingest.IngestedVector;
import com.shivx.jobs.ingest.IngestingDeserializer;
import com.shivx.jobs.ingest.SplitIngestedFunction;
import com.shivx.jobs.ingest.SplitRecordsFunction;
import com.shivx.jobs.kafka.ControlRecords;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.DeadLetterRecords;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.log.LoggedVectors;
import com.shivx.jobs.options.DriftOptions;
import com.shivx.jobs.options.JobArguments;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.Alarm;
import com.shivx.models.Prediction;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.drift.DriftPart;
import com.shivx.models.drift.DriftReport;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.drift.WatchedVersion;
import com.shivx.models.wire.AlarmJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.DriftReportJson;
import com.shivx.operators.drift.DriftFunction;
import com.shivx.operators.drift.DriftInput;
import com.shivx.operators.drift.References;
import com.shivx.operators.drift.ReferencesFunction;
import com.shivx.operators.drift.WindowCountsOperator;
import com.shivx.operators.scoring.InitialModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Whether what deployed versions take and answer is still what they were measured on: vectors and
 * predictions → counts of windows by subtask → a report for every version and window, exactly once.
 *
 * <p>Windows are as long as those that a version's reference was measured for; they follow one
 * another, or overlap where {@link DriftOptions#OVERLAP} says so.
 *
 * <p>Arguments: {@code [--config URI]… [-D key=value]…}, see {@link JobArguments}.
 */
public final class DriftJob {

    /** The job's name in the Web UI. */
    public static final String NAME = "ShivX drift";

    /** The job's name in consumer groups and on dead letters. */
    public static final String GROUP = "drift";

    /** Deployments whose references are looked for at once. */
    private static final int LOADING = 16;

    private DriftJob() {}

    /**
     * What the topology gives.
     *
     * @param reports one a version and window
     * @param alarms drift, and what models expect of their own accuracy
     */
    public record Outputs(DataStream<DriftReport> reports, DataStream<Alarm> alarms) {}

    /** Submits the job to the cluster it is run on. */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, JobArguments.parse(env.getConfiguration(), args));
        env.execute(NAME);
    }

    /**
     * The whole job with its Kafka ends. Refuses options and models that cannot work before
     * anything is submitted.
     */
    public static void build(StreamExecutionEnvironment env, Configuration options)
            throws Exception {
        build(env, options, CurrentDeployments.read(options));
    }

    /** Refuses options and models that cannot work, without asking Kafka for anything. */
    public static void check(Configuration options) throws Exception {
        build(new StreamExecutionEnvironment(), options, Map.of());
    }

    private static void build(
            StreamExecutionEnvironment env,
            Configuration options,
            Map<String, Deployment> published)
            throws Exception {
        JobEnvironment.prepare(env, options);
        KafkaEnds kafka = new KafkaEnds(options, GROUP);
        SingleOutputStreamOperator<FeatureVector> vectors =
                env.fromSource(
                                kafka.records(
                                        Topic.FEATURES,
                                        new IngestingDeserializer<>(
                                                IngestedVector.class,
                                                () -> new LoggedVectors()::fromTopic,
                                                IngestedVector::new,
                                                GROUP)),
                                DriftEventTime.ofVectors(options),
                                "Vectors",
                                TypeInformation.of(IngestedVector.class))
                        .uid("drift-features-source")
                        .process(new SplitRecordsFunction<>(FeatureVector.class))
                        .name("Dead vectors apart")
                        .uid("drift-features-apart");
        SingleOutputStreamOperator<Prediction> predictions =
                env.fromSource(
                                kafka.predictions(),
                                DriftEventTime.ofPredictions(options),
                                "Predictions",
                                TypeInformation.of(IngestedPrediction.class))
                        .uid("drift-predictions-source")
                        .process(new SplitRecordsFunction<>(Prediction.class))
                        .name("Dead predictions apart")
                        .uid("drift-predictions-apart");
        SingleOutputStreamOperator<Deployment> deployments =
                ControlStream.of(
                        env,
                        kafka.controlFromBeginning(Topic.DEPLOYMENTS),
                        Topic.DEPLOYMENTS,
                        new DeploymentJson(),
                        Deployment.class,
                        GROUP);
        Outputs outputs =
                define(vectors, predictions, deployments, initial(options, published), options);

        outputs.reports()
                .sinkTo(
                        kafka.sink(
                                "drift-reports-sink",
                                new ControlRecords<>(
                                        options, Topic.DRIFT_REPORTS, new DriftReportJson())))
                .name("Drift reports")
                .uid("drift-reports-sink");
        outputs.alarms()
                .sinkTo(
                        kafka.sink(
                                "drift-alarms-sink",
                                new ControlRecords<>(options, Topic.ALARMS, new AlarmJson())))
                .name("Alarms")
                .uid("drift-alarms-sink");
        vectors.getSideOutput(SplitIngestedFunction.DEAD_LETTERS)
                .union(
                        predictions.getSideOutput(SplitIngestedFunction.DEAD_LETTERS),
                        deployments.getSideOutput(SplitIngestedFunction.DEAD_LETTERS))
                .sinkTo(kafka.sink("drift-dead-letters-sink", new DeadLetterRecords(options)))
                .name("Dead letters")
                .uid("drift-dead-letters-sink");
    }

    /**
     * What is watched before the topic of deployments is read: the model of the options, where
     * nothing is published of its line, and what is published and can be read here. The rest comes
     * by the topic, and is read where the job runs.
     */
    private static List<WatchedDeployment> initial(
            Configuration options, Map<String, Deployment> published) throws Exception {
        References references = references(options);
        List<WatchedDeployment> initial = new ArrayList<>();
        InitialModel model = ScoringModel.load(options);
        if (!published.containsKey(model.deployment().model())) {
            initial.add(watched(model, references));
        }
        for (Deployment deployment : published.values()) {
            WatchedDeployment watched = references.of(deployment);
            if (watched.versions().stream().allMatch(version -> version.unwatched() == null)) {
                initial.add(watched);
            }
        }
        return initial;
    }

    private static WatchedDeployment watched(InitialModel model, References references) {
        Deployment deployment = model.deployment();
        ModelRef champion = deployment.champion();
        if (champion.uri().equals(ScoringOptions.BASELINE)) {
            return new WatchedDeployment(
                    deployment.model(),
                    deployment.generation(),
                    deployment.symbols(),
                    List.of(
                            WatchedVersion.unwatched(
                                    champion.version(),
                                    Role.CHAMPION,
                                    "%s is built in and was never measured; deploy a version that 'shivx train' has registered"
                                            .formatted(ScoringOptions.BASELINE))));
        }
        return references.of(
                Deployment.initial(
                        deployment.model(),
                        new ModelRef(
                                champion.version(),
                                AllowedFolders.absolute(champion.uri()),
                                champion.sha256())),
                model.artifacts());
    }

    /**
     * Where the options allow their model and not its folder, its reference is beside it all the
     * same.
     */
    private static References references(ReadableConfig options) {
        String model = options.get(ScoringOptions.MODEL);
        List<String> allowed = new ArrayList<>(AllowedFolders.of(options));
        String file = AllowedFolders.absolute(model);
        boolean isNamedAlone = allowed.isEmpty() || allowed.contains(file);
        if (isNamedAlone && !model.equals(ScoringOptions.BASELINE)) {
            allowed.add(file.substring(0, file.lastIndexOf('/') + 1));
        }
        return new References(
                allowed, ScoringStage.modelStore(options), DriftOptions.requireOverlap(options));
    }

    /**
     * The topology between its ends.
     *
     * @param initial what is watched before any deployment comes
     */
    public static Outputs define(
            DataStream<FeatureVector> vectors,
            DataStream<Prediction> predictions,
            DataStream<Deployment> deployments,
            List<WatchedDeployment> initial,
            ReadableConfig options) {
        int overlap = DriftOptions.requireOverlap(options);
        SingleOutputStreamOperator<DriftReport> reports =
                inputs(vectors, predictions, deployments, options)
                        .transform(
                                "Window counts",
                                TypeInformation.of(DriftPart.class),
                                WindowCountsOperator.factory(initial, overlap))
                        .uid("drift-window-counts")
                        .keyBy(DriftPart::model)
                        .process(
                                new DriftFunction(
                                        DriftRules.SHIPPED,
                                        overlap,
                                        TimeUnit.MICROSECONDS.convert(
                                                options.get(DriftOptions.COOLDOWN))),
                                TypeInformation.of(DriftReport.class))
                        .name("Drift")
                        .uid("drift");
        return new Outputs(reports, reports.getSideOutput(DriftFunction.ALARMS));
    }

    /** Every subtask that counts sees every deployment, and its share of the rest. */
    private static DataStream<DriftInput> inputs(
            DataStream<FeatureVector> vectors,
            DataStream<Prediction> predictions,
            DataStream<Deployment> deployments,
            ReadableConfig options) {
        long timeoutMillis = options.get(ScoringOptions.LOAD_TIMEOUT).toMillis();
        DataStream<DriftInput> watched =
                AsyncDataStream.orderedWait(
                                deployments,
                                new ReferencesFunction(references(options), timeoutMillis),
                                timeoutMillis,
                                TimeUnit.MILLISECONDS,
                                LOADING)
                        .name("References")
                        .uid("drift-references")
                        .setParallelism(1)
                        .map(DriftInput::of)
                        .returns(DriftInput.class)
                        .name("Deployments to watch")
                        .uid("drift-deployments")
                        .setParallelism(1)
                        .broadcast();
        return vectors.map(DriftInput::of)
                .returns(DriftInput.class)
                .name("Vectors to count")
                .uid("drift-vectors")
                .union(
                        predictions
                                .map(DriftInput::of)
                                .returns(DriftInput.class)
                                .name("Predictions to count")
                                .uid("drift-predictions"),
                        watched);
    }
}
