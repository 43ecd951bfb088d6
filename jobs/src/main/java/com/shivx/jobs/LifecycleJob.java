package com.shivx.jobs;

import com.shivx.jobs.ingest.SplitIngestedFunction;
import com.shivx.jobs.kafka.ControlRecords;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.DeadLetterRecords;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.LastEvents;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.JobArguments;
import com.shivx.jobs.options.LifecycleOptions;
import com.shivx.jobs.options.OutcomeOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.jobs.wire.DeadLetter;
import com.shivx.models.Alarm;
import com.shivx.models.contract.AllowedUris;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentPolicy;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.lifecycle.LifecycleCommand;
import com.shivx.models.lifecycle.LifecycleInput;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.RetrainRules;
import com.shivx.models.lifecycle.RolloutRules;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.wire.AccuracyRowJson;
import com.shivx.models.wire.AlarmJson;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.DeploymentRequestJson;
import com.shivx.models.wire.LifecycleCommandJson;
import com.shivx.models.wire.LifecycleEventJson;
import com.shivx.models.wire.RetrainRequestJson;
import com.shivx.models.wire.TrainingResultJson;
import com.shivx.operators.lifecycle.LifecycleFunction;
import com.shivx.operators.lifecycle.LifecycleSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A model's life: deployment requests, commands, alarms, accuracy, trainings' results and what
 * subtasks do about deployments → decided in their order, a model each → what must serve, trainings
 * to be made and every decision, exactly once. The only writer of {@code deployments}.
 *
 * <p>Arguments: {@code [--config URI]… [-D key=value]…}, see {@link JobArguments}.
 */
public final class LifecycleJob {

    /** The job's name in the Web UI. */
    public static final String NAME = "ShivX lifecycle";

    /** The job's name in consumer groups and on dead letters. */
    public static final String GROUP = "lifecycle";

    /** A few requests a day, in one order: more subtasks would have nothing to do. */
    private static final int PARALLELISM = 1;

    private LifecycleJob() {}

    /**
     * What the topology gives.
     *
     * @param deployments what must serve, whenever it changes
     * @param events every decision
     * @param retrainRequests trainings that shall be made
     */
    public record Outputs(
            DataStream<Deployment> deployments,
            DataStream<LifecycleEvent> events,
            DataStream<RetrainRequest> retrainRequests) {}

    /** Submits the job to the cluster it is run on. */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, JobArguments.parse(env.getConfiguration(), args));
        env.execute(NAME);
    }

    /**
     * The whole job with its Kafka ends. Reads once what is in force already, for a job that starts
     * without state. Sinks have uids that no other job's have: with the deployment's name they make
     * the transactional ids.
     */
    public static void build(StreamExecutionEnvironment env, Configuration options)
            throws Exception {
        build(env, options, CurrentDeployments.read(options), LastEvents.read(options));
    }

    /** Refuses options and models that cannot work, without asking Kafka for anything. */
    public static void check(Configuration options) throws Exception {
        build(new StreamExecutionEnvironment(), options, Map.of(), Map.of());
    }

    private static void build(
            StreamExecutionEnvironment env,
            Configuration options,
            Map<String, Deployment> published,
            Map<String, Long> lastEvents)
            throws Exception {
        JobEnvironment.prepare(env, options);
        env.setParallelism(PARALLELISM);
        KafkaEnds kafka = new KafkaEnds(options, GROUP);
        Sources sources = new Sources(env, kafka, new ArrayList<>());
        DataStream<LifecycleInput> inputs =
                sources.of(
                                Topic.DEPLOYMENT_REQUESTS,
                                new DeploymentRequestJson(),
                                DeploymentRequest.class,
                                LifecycleInput::of)
                        .union(
                                sources.of(
                                        Topic.LIFECYCLE_COMMANDS,
                                        new LifecycleCommandJson(),
                                        LifecycleCommand.class,
                                        LifecycleInput::of),
                                sources.of(
                                        Topic.ALARMS,
                                        new AlarmJson(),
                                        Alarm.class,
                                        LifecycleInput::of),
                                sources.of(
                                        Topic.ACCURACY,
                                        new AccuracyRowJson(),
                                        AccuracyRow.class,
                                        LifecycleInput::of),
                                sources.of(
                                        Topic.TRAINING_RESULTS,
                                        new TrainingResultJson(),
                                        TrainingResult.class,
                                        LifecycleInput::of),
                                sources.of(
                                        Topic.DEPLOYMENT_EVENTS,
                                        new DeploymentEventJson(),
                                        DeploymentEvent.class,
                                        LifecycleInput::of));
        Outputs outputs = define(inputs, inForce(options, published), lastEvents, options);

        outputs.deployments()
                .sinkTo(
                        kafka.sink(
                                "deployments-sink",
                                new ControlRecords<>(
                                        options, Topic.DEPLOYMENTS, new DeploymentJson())))
                .name("Deployments")
                .uid("deployments-sink");
        outputs.events()
                .sinkTo(
                        kafka.sink(
                                "lifecycle-events-sink",
                                new ControlRecords<>(
                                        options, Topic.LIFECYCLE_EVENTS, new LifecycleEventJson())))
                .name("Lifecycle events")
                .uid("lifecycle-events-sink");
        outputs.retrainRequests()
                .sinkTo(
                        kafka.sink(
                                "retrain-requests-sink",
                                new ControlRecords<>(
                                        options, Topic.RETRAIN_REQUESTS, new RetrainRequestJson())))
                .name("Retrain requests")
                .uid("retrain-requests-sink");
        sources.deadLetters()
                .sinkTo(kafka.sink("lifecycle-dead-letters-sink", new DeadLetterRecords(options)))
                .name("Dead letters")
                .uid("lifecycle-dead-letters-sink");
    }

    /** The job's topics as one stream of inputs, and what is none of them. */
    private record Sources(
            StreamExecutionEnvironment env, KafkaEnds kafka, List<DataStream<DeadLetter>> dead) {

        <T> DataStream<LifecycleInput> of(
                Topic topic,
                ControlJson<T> json,
                Class<T> type,
                MapFunction<T, LifecycleInput> as) {
            SingleOutputStreamOperator<T> records =
                    ControlStream.of(env, kafka.control(topic), topic, json, type, GROUP);
            dead.add(records.getSideOutput(SplitIngestedFunction.DEAD_LETTERS));
            return records.map(as, TypeInformation.of(LifecycleInput.class))
                    .name("Decide by " + topic.defaultName())
                    .uid(topic.defaultName() + "-to-decide");
        }

        DataStream<DeadLetter> deadLetters() {
            return dead.stream().reduce((a, b) -> a.union(b)).orElseThrow();
        }
    }

    /**
     * What is published, and under it what the scoring job is started with by the same options: a
     * canary may stand beside that too.
     */
    private static Map<String, Deployment> inForce(
            Configuration options, Map<String, Deployment> published) throws Exception {
        Deployment initial = ScoringModel.load(options).deployment();
        Map<String, Deployment> inForce = new TreeMap<>();
        inForce.put(initial.model(), initial);
        inForce.putAll(published);
        return inForce;
    }

    /**
     * The topology between its ends: inputs → decided, a model each.
     *
     * @param inForce what is in force when the job starts without state, by model
     * @param lastEvents number of the latest event that was published then, by model
     */
    public static Outputs define(
            DataStream<LifecycleInput> inputs,
            Map<String, Deployment> inForce,
            Map<String, Long> lastEvents,
            ReadableConfig options) {
        SingleOutputStreamOperator<Deployment> deployments =
                inputs.keyBy(LifecycleInput::model)
                        .process(
                                new LifecycleFunction(settings(options), inForce, lastEvents),
                                TypeInformation.of(Deployment.class))
                        .name("Lifecycle")
                        .uid("lifecycle");
        return new Outputs(
                deployments,
                deployments.getSideOutput(LifecycleFunction.EVENTS),
                deployments.getSideOutput(LifecycleFunction.RETRAIN_REQUESTS));
    }

    private static LifecycleSettings settings(ReadableConfig options) {
        return new LifecycleSettings(
                policy(options),
                new RetrainRules(
                        options.get(LifecycleOptions.COOLDOWN),
                        options.get(LifecycleOptions.MAX_DURATION),
                        options.get(LifecycleOptions.FROM),
                        options.get(LifecycleOptions.HISTORY)),
                new RolloutRules(
                        options.get(LifecycleOptions.ALPHA),
                        options.get(LifecycleOptions.SHADOW_TIME),
                        options.get(LifecycleOptions.SHARES),
                        options.get(LifecycleOptions.SHARE_TIME),
                        options.get(LifecycleOptions.WATCH_TIMES),
                        options.get(LifecycleOptions.MAX_HOLD),
                        TimeUnit.MILLISECONDS.toMicros(
                                options.get(OutcomeOptions.HORIZONS).get(0).toMillis())));
    }

    private static DeploymentPolicy policy(ReadableConfig options) {
        return new DeploymentPolicy(
                options.getOptional(ScoringOptions.ALLOWED_URIS).orElse(List.of()).stream()
                        .map(LifecycleJob::absolute)
                        .toList());
    }

    /** A path may be relative to where the job is submitted; a URI stands for itself. */
    private static String absolute(String folder) {
        return AllowedUris.hasScheme(folder)
                ? folder
                : Path.of(folder).toAbsolutePath().normalize().toString();
    }
}
