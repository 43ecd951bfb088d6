package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.StopSignal;
import com.shivx.cli.flink.FlinkRest;
import com.shivx.cli.flink.JobWatch;
import com.shivx.cli.flink.LocalJob;
import com.shivx.cli.kafka.KafkaAccess;
import com.shivx.jobs.BackfillJob;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.kafka.Topic;
import com.shivx.local.EmbeddedFlink;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shivx run}: a job against a Kafka of one's own, here or on a cluster. */
@Command(
        name = "run",
        description = "Run a job against a Kafka of yours, in this process or on a Flink cluster.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx run scoring --bootstrap-server broker:9092",
            "  shivx run scoring --target flink:8081 --bootstrap-server broker:9092 --model /models/mine.onnx",
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
                spec.commandLine(), "which job? shivx run scoring, or backfill");
    }

    /** Where a job runs. */
    static final class Target {

        @Option(
                names = "--target",
                paramLabel = "local|HOST:PORT",
                description =
                        "In this process, or on the Flink cluster whose Web UI is there (default: local).")
        private String target = LOCAL;

        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description =
                        "Where a local run keeps checkpoints and savepoints (default: .shivx in the project).")
        private Path directory = Installation.root().resolve(".shivx");

        boolean isLocal() {
            return target.equals(LOCAL);
        }

        URI webUi() {
            return URI.create(target.contains("://") ? target : "http://" + target);
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
        Map<String, String> values = new TreeMap<>(model.values());
        values.putAll(broker.values());
        Configuration options = settings.configuration(values);
        KafkaAccess.requireTopics(options, Topic.values());
        return start(target, ScoringJob.class, ScoringJob.NAME, ScoringJob::build, options);
    }

    @Command(
            name = "backfill",
            sortOptions = false,
            description =
                    "Tick history to feature files, by the options backfill.*; ends by itself.")
    int backfill(@Mixin Target target, @Mixin Settings.Broker broker, @Mixin Settings settings)
            throws Exception {
        return start(
                target,
                BackfillJob.class,
                BackfillJob.NAME,
                BackfillJob::build,
                settings.configuration(broker.values()));
    }

    /** Puts a job into an environment. */
    @FunctionalInterface
    private interface Graph {
        void build(StreamExecutionEnvironment env, Configuration options) throws Exception;
    }

    private int start(Target target, Class<?> job, String name, Graph graph, Configuration options)
            throws Exception {
        if (!target.isLocal()) {
            submit(target.webUi(), job, options);
            return 0;
        }
        graph.build(new StreamExecutionEnvironment(), new Configuration(options));
        PrintWriter out = Shivx.out(spec);
        StopSignal stop = StopSignal.ofProcess(() -> {});
        Configuration flinkConf = EmbeddedFlink.configuration(Installation.flinkConf());
        try (EmbeddedFlink flink = EmbeddedFlink.start(flinkConf, 1, target.directory)) {
            StreamExecutionEnvironment env = flink.environment(options);
            graph.build(env, options);
            LocalJob running = LocalJob.start(flink, env, name);
            print(
                    out,
                    "%s runs; Web UI %s; Ctrl-C stops it with a savepoint"
                            .formatted(name, flink.webUi()));
            JobWatch watch = running.watch();
            while (!stop.await(LOOK_INTERVAL)) {
                if (running.isFinished()) {
                    print(out, name + " has finished");
                    return 0;
                }
                watch.check(System.nanoTime(), 0, false);
            }
            print(out, "stopped with the savepoint " + running.stopWithSavepoint());
        }
        return 0;
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
        print(out, "job %s runs: %s/#/job/running/%s".formatted(jobId, cluster, jobId));
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
