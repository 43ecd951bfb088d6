package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import com.shivx.cli.console.StopSignal;
import com.shivx.features.label.Threshold;
import com.shivx.jobs.TrainingJob;
import com.shivx.jobs.options.BackfillOptions;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.JobOptions;
import com.shivx.jobs.options.OutcomeOptions;
import com.shivx.jobs.options.TrainingOptions;
import com.shivx.local.EmbeddedFlink;
import com.shivx.operators.training.TrainingEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shivx train}: ticks to a registered version, or to the reason why not. */
@Command(
        name = "train",
        sortOptions = false,
        description = {
            "Train a new version of a model: backfill features, label them, learn, export to ONNX, judge, register.",
            "Time is divided into three spans in a row: what is learned from, what ends learning, and what the"
                    + " version is judged by, once. It is registered only if it is shown to know a direction;"
                    + " otherwise the report says why not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx train --ticks ticks/ --horizon 1s",
            "  shivx train --model direction --ticks ticks/ --from 2024-08-01 --to 2024-09-01 --trainer linear",
            "  shivx train --ticks ticks/ --param max_depth=3 --search 20 --registry http://mlflow:5000",
            "  shivx train --bootstrap-server broker:9092        all that the topic 'ticks' holds"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:a version was registered",
            "1:it was refused, or there was too little to tell, or it could not be done",
            "2:wrong usage"
        })
final class TrainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The model line (default: direction).")
    private @Nullable String model;

    @Option(
            names = "--ticks",
            paramLabel = "PATH",
            description =
                    "Files or folders of ticks; repeatable (default: the topic 'ticks' of --bootstrap-server).")
    private List<Path> ticks = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "Format of the files (default: told from each file).")
    private @Nullable String format;

    @Option(
            names = "--symbol",
            paramLabel = "NAME",
            description = "Symbol of files that do not name it (default: from the path).")
    private @Nullable String symbol;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Time zone of files whose times are local (default: known by broker).")
    private @Nullable String zone;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "First event time that is learned from, a date or a moment of UTC; ticks before it warm up.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "First event time that is not learned from any more.")
    private @Nullable String to;

    @Option(
            names = "--features",
            paramLabel = "SET",
            description = "The feature set (default: market-v1).")
    private @Nullable String features;

    @Option(
            names = "--horizon",
            paramLabel = "DURATION",
            description =
                    "How long after a row it is asked where the price went, such as 1s (default: 60s).")
    private @Nullable String horizon;

    @Option(
            names = "--threshold",
            paramLabel = "vol|cost",
            description =
                    "How far a price must go to have gone UP or DOWN: 0.43 standard deviations, or what a round trip costs (default: vol).")
    private @Nullable Threshold threshold;

    @Option(
            names = "--trainer",
            paramLabel = "NAME",
            description = "xgboost, linear, or command:CMD (default: xgboost).")
    private @Nullable String trainer;

    @Option(
            names = "--param",
            paramLabel = "K=V",
            description = "A parameter of the trainer; repeatable.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--search",
            paramLabel = "N",
            description = "Trials of a random search of its parameters (default: 1, none).")
    private @Nullable Integer search;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same rows and seed give the same file (default: 1).")
    private @Nullable Long seed;

    @Option(
            names = "--registry",
            paramLabel = "URI",
            description =
                    "Where it is registered: a folder, or the http(s):// of an MLflow server (default: .shivx/registry of the project).")
    private @Nullable String registry;

    @Option(
            names = "--placebo",
            paramLabel = "SHARE",
            description =
                    "Move labels by that share of the rows, so that they mean nothing and nothing may be found; never registers.")
    private @Nullable Double placebo;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report there.")
    private @Nullable Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report there as a page with pictures.")
    private @Nullable Path html;

    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    @Override
    public Integer call() throws Exception {
        Configuration options = settings.configuration(values());
        if (ticks.isEmpty() && !broker.isNamed() && !options.contains(TrainingOptions.TICKS)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there are no ticks to train on: name files with --ticks, or the brokers with --bootstrap-server");
        }
        PrintWriter out = Shivx.out(spec);
        TrainingEvent end = run(options, out);
        out.println();
        String text = end.text();
        if (text == null) {
            throw new CommandException(end.message());
        }
        out.print(text);
        write(json, end.json(), "--json", out);
        write(html, end.html(), "--html", out);
        out.println(end.message());
        return ended(end, options, out);
    }

    private Map<String, String> values() {
        Map<String, String> values = new TreeMap<>(broker.values());
        put(values, TrainingOptions.MODEL.key(), model);
        put(values, TrainingOptions.TICKS.key(), ticks.isEmpty() ? null : paths());
        put(values, BackfillOptions.FORMAT.key(), format);
        put(values, BackfillOptions.SYMBOL.key(), symbol);
        put(values, BackfillOptions.ZONE.key(), zone);
        put(values, TrainingOptions.FROM.key(), from);
        put(values, TrainingOptions.TO.key(), to);
        put(values, FeatureOptions.SET.key(), features);
        put(values, TrainingOptions.HORIZON.key(), horizon);
        put(values, OutcomeOptions.THRESHOLD.key(), threshold);
        put(values, TrainingOptions.TRAINER.key(), trainer);
        put(values, TrainingOptions.SEARCH.key(), search);
        put(values, TrainingOptions.SEED.key(), seed);
        put(values, TrainingOptions.PLACEBO.key(), placebo);
        put(
                values,
                TrainingOptions.REGISTRY.key(),
                registry == null ? LocalModels.registry() : registry);
        if (!parameters.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            parameters.forEach((name, value) -> pairs.add(name + ":" + value));
            values.put(TrainingOptions.PARAMETERS.key(), String.join(",", pairs));
        }
        return values;
    }

    private String paths() {
        for (Path path : ticks) {
            if (!Files.exists(path)) {
                throw new CommandException(
                        "there is no file or folder %s; name ticks with --ticks".formatted(path));
            }
        }
        return String.join(
                ";", ticks.stream().map(path -> path.toAbsolutePath().toString()).toList());
    }

    private static void put(Map<String, String> values, String key, @Nullable Object value) {
        if (value != null) {
            values.put(key, value.toString());
        }
    }

    /** What it tells is told on, and the last of it returned. */
    private TrainingEvent run(Configuration options, PrintWriter out) throws Exception {
        Configuration flinkConf = EmbeddedFlink.configuration(Installation.flinkConf());
        flinkConf.addAll(JobOptions.ofFlink(options));
        try (EmbeddedFlink flink = EmbeddedFlink.start(flinkConf, 1, null);
                StopSignal stop = StopSignal.ofProcess(() -> {})) {
            StreamExecutionEnvironment env = flink.environment(options);
            DataStream<TrainingEvent> events =
                    TrainingJob.build(env, options, System.getProperty("user.name"));
            CloseableIterator<TrainingEvent> told = events.collectAsync();
            JobClient job = env.executeAsync(TrainingJob.NAME);
            Thread watch = cancelOn(stop, job);
            try {
                return told(told, out);
            } finally {
                watch.interrupt();
                told.close();
            }
        }
    }

    private static Thread cancelOn(StopSignal stop, JobClient job) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                while (!stop.await(Duration.ofHours(1))) {
                                    continue;
                                }
                                job.cancel();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "stops-training");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static TrainingEvent told(CloseableIterator<TrainingEvent> events, PrintWriter out) {
        TrainingProgress progress = new TrainingProgress(out, System::nanoTime);
        while (events.hasNext()) {
            TrainingEvent event = events.next();
            if (event.kind() != TrainingEvent.Kind.PROGRESS) {
                return event;
            }
            progress.onProgress(event);
        }
        throw new CommandException(
                "the training ended without a word; logs/shivx.log of the project says why");
    }

    private int ended(TrainingEvent end, Configuration options, PrintWriter out) {
        String version = end.version();
        if (version != null) {
            out.printf(
                    Locale.ROOT,
                    "registered: %s in %s%n'shivx models promote %s --to staging' is the next step%n",
                    version,
                    options.get(TrainingOptions.REGISTRY),
                    version);
        } else {
            out.printf(
                    Locale.ROOT,
                    "not registered: %s%n",
                    options.get(TrainingOptions.PLACEBO) > 0
                            ? "a placebo never is"
                            : "the report says why");
        }
        out.flush();
        return version == null ? Errors.FAILURE : 0;
    }

    private static void write(
            @Nullable Path file, @Nullable String text, String option, PrintWriter out) {
        if (file == null || text == null) {
            return;
        }
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
            out.println("report: " + file);
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write to %s %s (%s); name another file"
                            .formatted(option, file, Reasons.of(e)),
                    e);
        }
    }
}
