package com.shivx.cli;

import com.shivx.jobs.TrainingJob;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.TrainingOptions;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Folders;
import com.shivx.operators.training.TrainingEvent;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

/** {@code shivx train}: ticks or a log to a registered version, or to the reason why not. */
@Command(
        name = "train",
        sortOptions = false,
        description = {
            "Train a new version of a model: backfill features, label them, learn, export to ONNX, judge, register.",
            "Time is divided into three spans in a row: what is learned from, what ends learning, and what the"
                    + " version is judged by, once. It is registered only if it is shown to know a direction;"
                    + " otherwise the report says why not. --walk-forward N does that N times as time goes on, and"
                    + " judges by all that came next."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx train --ticks ticks/ --horizon 1s",
            "  shivx train --model direction --ticks ticks/ --from 2024-08-01 --to 2024-09-01 --trainer linear",
            "  shivx train --ticks ticks/ --param max_depth=3 --search 20 --registry http://mlflow:5000",
            "  shivx train --ticks ticks/ --horizon 1s --walk-forward 5",
            "  shivx train --ticks ticks/ --out candidate        also what is refused, to be tried",
            "  shivx train --bootstrap-server broker:9092        all that the topic 'ticks' holds",
            "  shivx train --log /data/log --from 2024-08-01     what was predicted from, with its outcomes"
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

    @Mixin private final TrainingInputs inputs = new TrainingInputs();

    @Option(
            names = "--features",
            paramLabel = "SET",
            description = "The feature set (default: market-v1).")
    private @Nullable String features;

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
            names = "--walk-forward",
            paramLabel = "N",
            description =
                    "Train N times as time goes on, each time judged by what comes next; the verdict is by all that came"
                            + " next, and the last one is registered (default: 1).")
    private @Nullable Integer folds;

    @Option(
            names = "--registry",
            paramLabel = "URI",
            description =
                    "Where it is registered: a folder, or the http(s):// of an MLflow server (default: .shivx/registry of the project).")
    private @Nullable String registry;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write the model and the report there too, whatever the verdict: a folder that is not there, or"
                            + " empty. What is refused is not registered by it.")
    private @Nullable Path output;

    @Option(
            names = "--placebo",
            paramLabel = "SHARE",
            description =
                    "Move labels by that share of the rows, so that they mean nothing and nothing may be found; never registers.")
    private @Nullable Double placebo;

    @Mixin private final ReportFiles files = new ReportFiles();

    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    @Override
    public Integer call() throws Exception {
        Configuration options =
                TrainingInputs.resolve(spec, broker, settings.configuration(values()));
        if (output != null) {
            Folders.requireFree(output);
        }
        TrainingEvent end =
                TrainingRun.reported(
                        spec,
                        env -> TrainingJob.build(env, options, System.getProperty("user.name")),
                        options,
                        files);
        PrintWriter out = Shivx.out(spec);
        out.println(end.message());
        return ended(end, options, out);
    }

    private Map<String, String> values() {
        Map<String, String> values = new TreeMap<>(broker.values());
        put(values, TrainingOptions.MODEL.key(), model);
        values.putAll(inputs.values());
        put(values, FeatureOptions.SET.key(), features);
        put(values, TrainingOptions.TRAINER.key(), trainer);
        put(values, TrainingOptions.SEARCH.key(), search);
        put(values, TrainingOptions.SEED.key(), seed);
        put(values, TrainingOptions.WALK_FORWARD.key(), folds);
        put(values, TrainingOptions.PLACEBO.key(), placebo);
        put(
                values,
                TrainingOptions.OUTPUT.key(),
                output == null ? null : output.toAbsolutePath().normalize());
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

    private static void put(Map<String, String> values, String key, @Nullable Object value) {
        if (value != null) {
            values.put(key, value.toString());
        }
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
            if (output != null) {
                trying(end, options, out);
            }
        }
        out.flush();
        return version == null ? Errors.FAILURE : 0;
    }

    /** What may be done with a model that nobody should rely on. */
    private void trying(TrainingEvent end, Configuration options, PrintWriter out) {
        String features = options.get(FeatureOptions.SET);
        String set =
                features.equals(FeatureOptions.SET.defaultValue()) ? "" : " --features " + features;
        out.printf(
                Locale.ROOT,
                "%s: %s/%s is for trying only%n",
                end.kind(),
                output,
                ArtifactFile.MODEL.fileName());
        out.printf(
                Locale.ROOT,
                "'shivx demo --model %1$s/%2$s%3$s --ticks FILE' tries it on ticks; 'shivx models deploy %1$s/%2$s --shadow' lets it score beside what serves%n",
                output,
                ArtifactFile.MODEL.fileName(),
                set);
    }
}
