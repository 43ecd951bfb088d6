package com.shivx.jobs;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.jobs.ingest.Ingested;
import com.shivx.jobs.ingest.SplitIngestedFunction;
import com.shivx.jobs.kafka.ControlRecords;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.DeadLetterRecords;
import com.shivx.jobs.kafka.FeatureRecords;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.PredictionRecords;
import com.shivx.jobs.kafka.SetAsideRecords;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.JobArguments;
import com.shivx.models.Alarm;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.wire.AlarmJson;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.operators.features.FeaturesOperator;
import com.shivx.operators.features.IngestedTick;
import com.shivx.operators.features.SetAside;
import com.shivx.operators.scoring.InitialModel;
import com.shivx.operators.scoring.ScoredPrediction;
import com.shivx.operators.scoring.ScoringInput;
import com.shivx.operators.scoring.ScoringOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Ticks to predictions, live: Kafka ticks → features by symbol → scoring in batches → Kafka,
 * exactly once.
 *
 * <p>Arguments: {@code [--config URI]… [-D key=value]…}, see {@link JobArguments}.
 */
public final class ScoringJob {

    /** The job's name in the Web UI. */
    public static final String NAME = "ShivX scoring";

    /** The job's name in consumer groups and on dead letters. */
    public static final String GROUP = "scoring";

    private ScoringJob() {}

    /**
     * What the topology gives.
     *
     * @param features the vector of every good tick, with the deployments between them
     * @param predictions what every deployed version says of every ready vector
     * @param setAside the ticks that were not good
     * @param events what each subtask really serves
     * @param alarms models that were refused or withdrawn
     * @param servingAlarms predictions that are late, answers that are none, calls that fail or
     *     take too long
     */
    public record Outputs(
            DataStream<ScoringInput> features,
            DataStream<ScoredPrediction> predictions,
            DataStream<SetAside> setAside,
            DataStream<DeploymentEvent> events,
            DataStream<Alarm> alarms,
            DataStream<Alarm> servingAlarms) {}

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
        FeatureSet features = FeatureSets.byName(options.get(FeatureOptions.SET));
        InitialModel model = ScoringModel.load(options);
        KafkaEnds kafka = new KafkaEnds(options, GROUP);

        SingleOutputStreamOperator<IngestedTick> ticks =
                SplitIngestedFunction.apart(
                        env.fromSource(
                                        kafka.ticks(),
                                        TickEventTime.aligned(options),
                                        "Ticks",
                                        TypeInformation.of(Ingested.class))
                                .uid("ticks-source"));
        SingleOutputStreamOperator<Deployment> deployments =
                ControlStream.of(
                        env,
                        kafka.controlFromBeginning(Topic.DEPLOYMENTS),
                        Topic.DEPLOYMENTS,
                        new DeploymentJson(),
                        Deployment.class,
                        GROUP);
        Outputs outputs = define(ticks, deployments, initial(model, published), options);

        outputs.predictions()
                .sinkTo(kafka.sink("predictions-sink", new PredictionRecords(options)))
                .name("Predictions")
                .uid("predictions-sink");
        if (options.get(FeatureOptions.OUTPUT)) {
            ScoringStage.vectors(outputs.features())
                    .sinkTo(
                            kafka.unhurriedSink(
                                    "features-sink", new FeatureRecords(options, features)))
                    .name("Vectors")
                    .uid("features-sink");
        }
        outputs.events()
                .sinkTo(
                        kafka.sink(
                                "deployment-events-sink",
                                new ControlRecords<>(
                                        options,
                                        Topic.DEPLOYMENT_EVENTS,
                                        new DeploymentEventJson())))
                .name("Deployment events")
                .uid("deployment-events-sink");
        outputs.alarms()
                .sinkTo(
                        kafka.sink(
                                "alarms-sink",
                                new ControlRecords<>(options, Topic.ALARMS, new AlarmJson())))
                .name("Alarms")
                .uid("alarms-sink");
        outputs.servingAlarms()
                .sinkTo(
                        kafka.sink(
                                "serving-alarms-sink",
                                new ControlRecords<>(options, Topic.ALARMS, new AlarmJson())))
                .name("Alarms of serving")
                .uid("serving-alarms-sink")
                .setParallelism(1);
        outputs.setAside()
                .sinkTo(kafka.unhurriedSink("set-aside-sink", new SetAsideRecords(options)))
                .name("Set aside")
                .uid("set-aside-sink");
        ticks.getSideOutput(SplitIngestedFunction.DEAD_LETTERS)
                .union(deployments.getSideOutput(SplitIngestedFunction.DEAD_LETTERS))
                .sinkTo(kafka.sink("dead-letters-sink", new DeadLetterRecords(options)))
                .name("Dead letters")
                .uid("dead-letters-sink");
    }

    /**
     * What is published goes before the model of the options where both are of one line; its file
     * travels with the job all the same, since a deployment may still name it.
     */
    private static List<InitialModel> initial(
            InitialModel model, Map<String, Deployment> published) {
        String line = model.deployment().model();
        List<InitialModel> initial = new ArrayList<>();
        if (!published.containsKey(line)) {
            initial.add(model);
        }
        published
                .values()
                .forEach(
                        deployment ->
                                initial.add(
                                        new InitialModel(
                                                deployment,
                                                deployment.model().equals(line)
                                                        ? model.artifacts()
                                                        : List.of())));
        return initial;
    }

    /** The topology between its ends: ticks → features by symbol → scoring, as deployed. */
    public static Outputs define(
            DataStream<IngestedTick> ticks,
            DataStream<Deployment> deployments,
            List<InitialModel> initial,
            ReadableConfig options) {
        SingleOutputStreamOperator<ScoringInput> features =
                ScoringStage.features(ticks, deployments, options);
        SingleOutputStreamOperator<ScoredPrediction> predictions =
                ScoringStage.scoring(features, initial, options);
        return new Outputs(
                features,
                predictions,
                features.getSideOutput(FeaturesOperator.SET_ASIDE),
                predictions.getSideOutput(ScoringOperator.EVENTS),
                predictions.getSideOutput(ScoringOperator.ALARMS),
                ScoringStage.servingAlarms(
                        predictions.getSideOutput(ScoringOperator.SERVING), options));
    }
}
