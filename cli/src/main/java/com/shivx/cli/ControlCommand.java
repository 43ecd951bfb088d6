package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Steps;
import com.shivx.cli.console.StopSignal;
import com.shivx.cli.control.ControlSettings;
import com.shivx.cli.flink.EmbeddedSubmission;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.control.flink.FlinkLatencies;
import com.shivx.control.flink.FlinkRest;
import com.shivx.control.flink.FlinkTrainings;
import com.shivx.control.flink.JarSubmission;
import com.shivx.control.plane.ControlPlane;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.TrainingJob;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.ControlOptions;
import com.shivx.jobs.options.JobOptions;
import com.shivx.jobs.options.LogOptions;
import com.shivx.jobs.options.TrainingOptions;
import com.shivx.local.EmbeddedFlink;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.uri.Registries;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code shivx control}: what is requested is trained, and what serves is told, until Ctrl-C. */
@Command(
        name = "control",
        sortOptions = false,
        description = {
            "Run the control service: launch requested trainings, ask for the rollout of what is better, keep the registry's alias production and what serves the same, and answer over HTTP.",
            "One of a deployment at a time: a second one takes over from the first. Stop it and start it again at any time, it goes on where it was; what trains on a cluster is not disturbed by that.",
            "How it trains are the options training.*, validation.* and promotion.*; how patient it is, control.*."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx control --bootstrap-server broker:9092",
            "  shivx control --target flink:8081 --bootstrap-server broker:9092 --registry http://mlflow:5000 --log s3://bucket/log",
            "  curl localhost:8090/api/v1/models"
        })
final class ControlCommand implements Callable<Integer> {

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Mixin private final RunCommand.Target target = new RunCommand.Target();

    @Option(
            names = "--registry",
            paramLabel = "URI",
            description =
                    "Where versions are registered: a folder, or the http(s):// of an MLflow server, that the cluster reaches, too (default: .shivx/registry of the project).")
    private @Nullable String registry;

    @Option(
            names = "--log",
            paramLabel = "DIR|URI",
            description =
                    "What is learned from: what 'shivx run log' has written (default: log.output, or .shivx/log/files of the project).")
    private @Nullable String log;

    @Option(
            names = "--models-dir",
            paramLabel = "DIR|URI",
            description =
                    "Where versions are copied to (default: the first of models.allowed-uris, or .shivx/models of the project).")
    private @Nullable String modelsDir;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description =
                    "Where its HTTP API listens (default: 127.0.0.1, this machine alone: it asks nobody who they are).")
    private @Nullable String address;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Its port (default: 8090); 0 for any that is free.")
    private @Nullable Integer port;

    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    @Override
    public Integer call() throws Exception {
        Configuration options = completed(settings.configuration(values()));
        ModelRegistry opened =
                Registries.open(
                        options.get(TrainingOptions.REGISTRY), System.getenv(), Clock.systemUTC());
        ModelFolder folder = LocalModels.copies(modelsDir, options);
        PrintWriter out = Shivx.out(spec);
        Steps steps = new Steps(out);
        steps.step("Kafka", () -> requireTopics(options), brokers -> brokers);
        URI cluster = target.webUi();
        try (StopSignal stop = StopSignal.ofProcess(() -> {})) {
            if (cluster != null) {
                FlinkRest rest = new FlinkRest(cluster);
                serve(
                        options,
                        opened,
                        folder,
                        rest,
                        new FlinkTrainings(
                                rest,
                                new JarSubmission(rest, jobsJar(), TrainingJob.class.getName())),
                        stop,
                        steps);
                return 0;
            }
            Configuration flinkConf = EmbeddedFlink.configuration(Installation.flinkConf());
            flinkConf.addAll(JobOptions.ofFlink(options));
            try (EmbeddedFlink flink =
                    steps.step(
                            "Flink",
                            () -> EmbeddedFlink.start(flinkConf, 1, target.directory("control")),
                            started -> started.webUi().toString())) {
                FlinkRest rest = new FlinkRest(flink.webUi());
                serve(
                        options,
                        opened,
                        folder,
                        rest,
                        new FlinkTrainings(
                                rest,
                                new EmbeddedSubmission(flink, Shivx.of(spec).plugins()::addTo)),
                        stop,
                        steps);
            }
        }
        return 0;
    }

    private void serve(
            Configuration options,
            ModelRegistry opened,
            ModelFolder folder,
            FlinkRest rest,
            FlinkTrainings cluster,
            StopSignal stop,
            Steps steps)
            throws Exception {
        PrintWriter out = Shivx.out(spec);
        try (ControlPlane plane =
                steps.step(
                        "Control",
                        () ->
                                ControlPlane.start(
                                        ControlSettings.of(options),
                                        cluster,
                                        new FlinkLatencies(
                                                rest, ScoringJob.NAME, InstantSource.system()),
                                        opened,
                                        folder,
                                        line -> print(out, line)),
                        started -> started.uri() + "; Ctrl-C stops it")) {
            while (!stop.isRequested() && !plane.awaitEnd(LOOK_INTERVAL)) {
                // It works in a thread of its own.
            }
        }
        print(out, "stopped");
    }

    private Map<String, String> values() {
        Map<String, String> values = new TreeMap<>(broker.values());
        if (registry != null) {
            values.put(TrainingOptions.REGISTRY.key(), registry);
        }
        if (log != null) {
            values.put(TrainingOptions.LOG.key(), LocalLog.path(log).toString());
        }
        if (address != null) {
            values.put(ControlOptions.ADDRESS.key(), address);
        }
        if (port != null) {
            values.put(ControlOptions.PORT.key(), port.toString());
        }
        return values;
    }

    /** With what is meant where nobody says it: this project's registry and log. */
    private static Configuration completed(Configuration options) {
        Configuration all = new Configuration(options);
        if (!options.contains(TrainingOptions.REGISTRY)) {
            all.set(TrainingOptions.REGISTRY, LocalModels.registry().toString());
        }
        if (!options.contains(TrainingOptions.LOG) && !options.contains(TrainingOptions.TICKS)) {
            all.set(TrainingOptions.LOG, LocalLog.in(options).get(LogOptions.OUTPUT));
        }
        return all;
    }

    private static String requireTopics(Configuration options) {
        return KafkaAdmin.requireTopics(
                options,
                Topic.RETRAIN_REQUESTS,
                Topic.TRAINING_RESULTS,
                Topic.DEPLOYMENT_REQUESTS,
                Topic.DEPLOYMENTS,
                Topic.DEPLOYMENT_EVENTS,
                Topic.LIFECYCLE_EVENTS,
                Topic.ACCURACY,
                Topic.DRIFT_REPORTS,
                Topic.ALARMS);
    }

    private static Path jobsJar() {
        Path jar = Installation.jobsJar();
        if (!Files.isRegularFile(jar)) {
            throw new CommandException(
                    "there is no %s; build it with ./mvnw -Dquick package".formatted(jar));
        }
        return jar;
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
