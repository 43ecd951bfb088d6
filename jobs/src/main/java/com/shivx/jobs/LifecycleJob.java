package com.shivx.jobs;

import com.shivx.jobs.ingest.SplitIngestedFunction;
import com.shivx.jobs.kafka.ControlRecords;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.DeadLetterRecords;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.JobArguments;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.contract.AllowedUris;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentPolicy;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.DeploymentRequestJson;
import com.shivx.models.wire.LifecycleEventJson;
import com.shivx.operators.lifecycle.LifecycleFunction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What shall serve: deployment requests → decided in their order, a model each → deployments and
 * what became of each request, exactly once. The only writer of {@code deployments}.
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
     * @param events what became of each request
     */
    public record Outputs(DataStream<Deployment> deployments, DataStream<LifecycleEvent> events) {}

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
        env.setParallelism(PARALLELISM);
        KafkaEnds kafka = new KafkaEnds(options, GROUP);
        SingleOutputStreamOperator<DeploymentRequest> requests =
                ControlStream.of(
                        env,
                        kafka.control(Topic.DEPLOYMENT_REQUESTS),
                        Topic.DEPLOYMENT_REQUESTS,
                        new DeploymentRequestJson(),
                        DeploymentRequest.class,
                        GROUP);
        Outputs outputs = define(requests, inForce(options, published), options);

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
        requests.getSideOutput(SplitIngestedFunction.DEAD_LETTERS)
                .sinkTo(kafka.sink("lifecycle-dead-letters-sink", new DeadLetterRecords(options)))
                .name("Dead letters")
                .uid("lifecycle-dead-letters-sink");
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
     * The topology between its ends: requests → decided, a model each.
     *
     * @param inForce what is in force when the job starts without state, by model
     */
    public static Outputs define(
            DataStream<DeploymentRequest> requests,
            Map<String, Deployment> inForce,
            ReadableConfig options) {
        SingleOutputStreamOperator<Deployment> deployments =
                requests.keyBy(DeploymentRequest::model)
                        .process(
                                new LifecycleFunction(policy(options), inForce),
                                TypeInformation.of(Deployment.class))
                        .name("Lifecycle")
                        .uid("lifecycle");
        return new Outputs(deployments, deployments.getSideOutput(LifecycleFunction.EVENTS));
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
