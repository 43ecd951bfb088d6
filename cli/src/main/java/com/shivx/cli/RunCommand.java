package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Steps;
import com.shivx.cli.console.StopSignal;
import com.shivx.cli.flink.JobWatch;
import com.shivx.cli.flink.LocalJob;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.control.flink.FlinkRest;
import com.shivx.jobs.AccuracyJob;
import com.shivx.jobs.BackfillJob;
import com.shivx.jobs.DriftJob;
import com.shivx.jobs.LifecycleJob;
import com.shivx.jobs.LogJob;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.BackfillOptions;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.JobOptions;
import com.shivx.local.EmbeddedFlink;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code shivx run}: a job against a Kafka of one's own, here or on a cluster. */
@Command(
        name = "run",
        description = "Run a job against a Kafka of yours, in this process or on a Flink cluster.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx run scoring --bootstrap-server broker:9092",
            "  shivx run lifecycle --bootstrap-server broker:9092",
            "  shivx run scoring --target flink:8081 --bootstrap-server broker:9092 --model /models/mine.onnx",
            "  shivx run log --bootstrap-server broker:9092 -D log.output=/data/log",
            "  shivx run backfill -D backfill.ticks=folder -D backfill.output=vectors"
        })
final class RunCommand implements Runnable {

    private static final String LOCAL = "local";
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which job? shivx run scoring, lifecycle, accuracy, drift, log, or backfill");
    }

    /** Where a job runs. */
    static final class Target {

        @Option(
                names = "--target",
                paramLabel = "local|HOST:PORT",
                converter = ClusterConverter.class,
                description =
                        "In this process, or on the Flink cluster whose Web UI is there (default: local).")
        private Cluster cluster = Cluster.NONE;

        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description =
                        "Where a local run keeps checkpoints and savepoints (default: .shivx/JOB in the project).")
        private @Nullable Path directory;

        /** A folder for each job, for two may run beside each other. */
        Path directory(String job) {
            return directory == null
                    ? Installation.root().resolve(".shivx").resolve(job)
                    : directory;
        }

        boolean isLocal() {
            return cluster.webUi == null;
        }

        /** The address of the cluster's Web UI; null for this process. */
        @Nullable URI webUi() {
            return cluster.webUi;
        }
    }

    /**
     * A Flink cluster.
     *
     * @param webUi the address of its Web UI; null for no cluster but this process
     */
    record Cluster(@Nullable URI webUi) {
        static final Cluster NONE = new Cluster(null);
    }

    /** Reads where a job runs; a wrong address is wrong usage. */
    static final class ClusterConverter implements ITypeConverter<Cluster> {
        @Override
        public Cluster convert(String text) {
            if (text.equals(LOCAL)) {
                return Cluster.NONE;
            }
            boolean isUri = text.contains("://");
            try {
                URI uri = new URI((isUri ? text : "http://" + text).replaceFirst("/+$", ""));
                if (uri.getHost() != null && (isUri || uri.getPort() > 0)) {
                    return new Cluster(uri);
                }
            } catch (URISyntaxException e) {
                // Said below.
            }
            throw new TypeConversionException(
                    "'%s' is neither %s nor HOST:PORT of a cluster's Web UI"
                            .formatted(text, LOCAL));
        }
    }

    @Command(
            name = "scoring",
            sortOptions = false,
            description = {
                "Ticks to predictions, until it is stopped.",
                "A local run is stopped by Ctrl-C with a savepoint, from which it goes on by"
                        + " -D execution.state-recovery.path=PATH."
            })
    int scoring(
            @Mixin Target target,
            @Mixin ModelInputs model,
            @Mixin Settings.Broker broker,
            @Mixin Settings settings)
            throws Exception {
        Configuration options = settings.configuration(values(target, model, broker));
        if (target.isLocal()) {
            options = LocalModels.allowedIn(options);
            ScoringJob.check(options);
            require(options, Topic.values());
        }
        return start(
                target,
                ScoringJob.class,
                ScoringJob.GROUP,
                ScoringJob.NAME,
                ScoringJob::build,
                options);
    }

    /** What the command line says; a model's file is read here only where the job runs here. */
    private static Map<String, String> values(
            Target target, ModelInputs model, Settings.Broker broker) {
        Map<String, String> values =
                new TreeMap<>(target.isLocal() ? model.values() : model.valuesElsewhere());
        values.putAll(broker.values());
        return values;
    }

    @Command(
            name = "lifecycle",
            sortOptions = false,
            description = {
                "Deployment requests to deployments, alarms, schedules and commands to trainings, accuracy to the next step"
                        + " of a rollout, until it is stopped; one for all jobs of a broker.",
                "Takes --model and the like as 'run scoring' does: a canary may stand beside the model that the"
                        + " scoring job is started with.",
                "Takes models from models.allowed-uris; in this process from .shivx/models of the project,"
                        + " where 'shivx models deploy' puts them, unless that is set."
            })
    int lifecycle(
            @Mixin Target target,
            @Mixin ModelInputs model,
            @Mixin Settings.Broker broker,
            @Mixin Settings settings)
            throws Exception {
        Configuration options = settings.configuration(values(target, model, broker));
        if (target.isLocal()) {
            options = LocalModels.allowedIn(options);
            LifecycleJob.check(options);
            require(
                    options,
                    Topic.DEPLOYMENT_REQUESTS,
                    Topic.LIFECYCLE_COMMANDS,
                    Topic.ALARMS,
                    Topic.ACCURACY,
                    Topic.TRAINING_RESULTS,
                    Topic.DEPLOYMENT_EVENTS,
                    Topic.DEPLOYMENTS,
                    Topic.RETRAIN_REQUESTS,
                    Topic.LIFECYCLE_EVENTS,
                    Topic.DEAD_LETTERS);
        }
        return start(
                target,
                LifecycleJob.class,
                LifecycleJob.GROUP,
                LifecycleJob.NAME,
                LifecycleJob::build,
                options);
    }

    @Command(
            name = "log",
            sortOptions = false,
            description = {
                "Features, predictions and outcomes to files by event date, until it is stopped; by the options log.*.",
                "In this process it writes to .shivx/log/files of the project, unless log.output is set;"
                        + " 'shivx log describe' shows what is there."
            })
    int log(@Mixin Target target, @Mixin Settings.Broker broker, @Mixin Settings settings)
            throws Exception {
        Configuration options = settings.configuration(broker.values());
        if (target.isLocal()) {
            options = LocalLog.in(options);
            LogJob.build(new StreamExecutionEnvironment(), new Configuration(options));
            require(options, Topic.FEATURES, Topic.PREDICTIONS, Topic.OUTCOMES, Topic.DEAD_LETTERS);
        }
        return start(target, LogJob.class, LogJob.GROUP, LogJob.NAME, LogJob::build, options);
    }

    @Command(
            name = "accuracy",
            sortOptions = false,
            description = {
                "What became of predictions, until it is stopped: predictions, the ticks after them and labels from"
                        + " outside to outcomes, and to accuracy by model version and window.",
                "Raises an alarm where a deployed version is less often right than the metrics.json beside its ONNX file"
                        + " says, which is read from models.allowed-uris.",
                "Horizons, thresholds and fees are options: shivx options outcomes labels fees accuracy."
            })
    int accuracy(@Mixin Target target, @Mixin Settings.Broker broker, @Mixin Settings settings)
            throws Exception {
        Configuration options = settings.configuration(broker.values());
        if (target.isLocal()) {
            options = LocalModels.allowedIn(options);
            AccuracyJob.build(new StreamExecutionEnvironment(), new Configuration(options));
            require(
                    options,
                    Topic.TICKS,
                    Topic.PREDICTIONS,
                    Topic.LABELS,
                    Topic.DEPLOYMENTS,
                    Topic.OUTCOMES,
                    Topic.ACCURACY,
                    Topic.ALARMS,
                    Topic.DEAD_LETTERS);
        }
        return start(
                target,
                AccuracyJob.class,
                AccuracyJob.GROUP,
                AccuracyJob.NAME,
                AccuracyJob::build,
                options);
    }

    @Command(
            name = "drift",
            sortOptions = false,
            description = {
                "Whether what deployed versions take and answer is still what they were measured on, until it is"
                        + " stopped: features and predictions to a report by model version and window, and alarms.",
                "A version is compared with the reference.json beside its ONNX file, where 'shivx models deploy' puts"
                        + " it, in windows as long as those that it was measured for.",
                "Takes --model and models.allowed-uris as 'run scoring' does."
            })
    int drift(
            @Mixin Target target,
            @Mixin ModelInputs model,
            @Mixin Settings.Broker broker,
            @Mixin Settings settings)
            throws Exception {
        Configuration options = settings.configuration(values(target, model, broker));
        if (target.isLocal()) {
            options = LocalModels.allowedIn(options);
            DriftJob.check(options);
            require(
                    options,
                    Topic.FEATURES,
                    Topic.PREDICTIONS,
                    Topic.DEPLOYMENTS,
                    Topic.DRIFT_REPORTS,
                    Topic.ALARMS,
                    Topic.DEAD_LETTERS);
        }
        return start(
                target, DriftJob.class, DriftJob.GROUP, DriftJob.NAME, DriftJob::build, options);
    }

    @Command(
            name = "backfill",
            sortOptions = false,
            description =
                    "Tick history to feature files, by the options backfill.*; ends by itself.")
    int backfill(@Mixin Target target, @Mixin Settings.Broker broker, @Mixin Settings settings)
            throws Exception {
        Configuration options = settings.configuration(broker.values());
        if (target.isLocal()) {
            BackfillJob.build(new StreamExecutionEnvironment(), new Configuration(options));
            if (options.getOptional(BackfillOptions.TICKS).isEmpty()) {
                require(options, Topic.TICKS);
            }
        }
        return start(
                target,
                BackfillJob.class,
                BackfillJob.GROUP,
                BackfillJob.NAME,
                BackfillJob::build,
                options);
    }

    /** Puts a job into an environment. */
    @FunctionalInterface
    private interface Graph {
        void build(StreamExecutionEnvironment env, Configuration options) throws Exception;
    }

    private int start(
            Target target,
            Class<?> job,
            String group,
            String name,
            Graph graph,
            Configuration options)
            throws Exception {
        URI cluster = target.cluster.webUi;
        if (cluster != null) {
            requireInTheJar(options);
            submit(cluster, job, options);
            return 0;
        }
        PrintWriter out = Shivx.out(spec);
        Configuration flinkConf = EmbeddedFlink.configuration(Installation.flinkConf());
        flinkConf.addAll(JobOptions.ofFlink(options));
        Steps steps = new Steps(out);
        try (StopSignal stop = StopSignal.ofProcess(() -> {});
                EmbeddedFlink flink =
                        steps.step(
                                "Flink",
                                () -> EmbeddedFlink.start(flinkConf, 1, target.directory(group)),
                                started -> started.webUi().toString())) {
            StreamExecutionEnvironment env =
                    flink.environment(Shivx.of(spec).plugins().addTo(options));
            graph.build(env, options);
            LocalJob running =
                    steps.step(
                            "Job",
                            () -> LocalJob.start(flink, env, name),
                            started -> name + " runs; Ctrl-C stops it with a savepoint");
            await(running, name, stop, out);
        }
        return 0;
    }

    /** What is on a path of this machine is not on that of another. */
    private void requireInTheJar(Configuration options) {
        String set = options.get(FeatureOptions.SET);
        if (Shivx.of(spec).plugins().provides(set)) {
            throw new CommandException(
                    "the feature set %s is in --plugins, which a cluster does not see: copy its jar to one path on"
                                    .formatted(set)
                            + " every machine and submit with bin/flink run -C file:///PATH/TO.jar -c JOB"
                            + " shivx-jobs.jar -D features.set="
                            + set);
        }
    }

    private void require(Configuration options, Topic... topics) throws Exception {
        new Steps(Shivx.out(spec))
                .step("Kafka", () -> KafkaAdmin.requireTopics(options, topics), brokers -> brokers);
    }

    /** Until it has finished, or is stopped; says when it fails, and when it goes on. */
    private static void await(LocalJob job, String name, StopSignal stop, PrintWriter out)
            throws Exception {
        JobWatch watch = job.watch();
        Optional<String> told = Optional.empty();
        while (!stop.await(LOOK_INTERVAL)) {
            if (job.isFinished()) {
                print(out, name + " has finished");
                return;
            }
            watch.check(System.nanoTime(), 0, false);
            if (job.isRunning()) {
                if (told.isPresent()) {
                    print(out, name + " runs again");
                    told = Optional.empty();
                }
            } else if (!job.lastFailure().equals(told)) {
                told = job.lastFailure();
                told.ifPresent(
                        failure ->
                                print(
                                        out,
                                        "%s has failed and starts again: %s"
                                                .formatted(name, failure)));
            }
        }
        print(out, "stopping " + name);
        print(out, "stopped with the savepoint " + job.stopWithSavepoint());
    }

    private void submit(URI cluster, Class<?> job, Configuration options) {
        Path jar = Installation.jobsJar();
        if (!Files.isRegularFile(jar)) {
            throw new CommandException(
                    "there is no %s; build it with ./mvnw -Dquick package".formatted(jar));
        }
        PrintWriter out = Shivx.out(spec);
        FlinkRest flink = new FlinkRest(cluster);
        print(out, "uploading %s to %s".formatted(jar.getFileName(), cluster));
        String jarId = flink.upload(jar);
        List<String> arguments = new ArrayList<>();
        new TreeMap<>(options.toMap())
                .forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
        String jobId = flink.run(jarId, job.getName(), arguments);
        print(
                out,
                "job %s is submitted; %s/#/job/running/%s shows how it is, and under Exceptions what keeps it from running"
                        .formatted(jobId, cluster, jobId));
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
