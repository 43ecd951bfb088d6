package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.ScoringOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model scores, and what its file does not say about it. */
final class ModelInputs {

    @Option(
            names = "--model",
            paramLabel = "FILE.onnx",
            description = "The ONNX model that scores (default: the built-in baseline-momentum).")
    private @Nullable Path model;

    @Option(
            names = "--features",
            paramLabel = "SET",
            description = "The feature set it takes (default: market-v1).")
    private @Nullable String features;

    @Option(
            names = "--columns",
            paramLabel = "a,b,…",
            description = "The features it takes, in its order, where its file does not say.")
    private @Nullable String columns;

    @Option(
            names = "--classes",
            paramLabel = "DOWN,FLAT,UP",
            description = "Its classes, in its order, where its file does not say.")
    private @Nullable String classes;

    @Option(
            names = "--actions",
            paramLabel = "UP=BUY,…",
            description =
                    "What to do at each class: BUY, HOLD or SELL (default: UP=BUY,FLAT=HOLD,DOWN=SELL).")
    private @Nullable String actions;

    /** What the options say, as options of a job that runs here. */
    Map<String, String> values() {
        if (model != null && !Files.isRegularFile(model)) {
            throw new CommandException(
                    "there is no model file %s; name an ONNX file".formatted(model));
        }
        return valuesElsewhere();
    }

    /** The same, for a job of another machine, whose files are not to be seen here. */
    Map<String, String> valuesElsewhere() {
        Map<String, String> values = new TreeMap<>();
        if (model != null) {
            values.put(ScoringOptions.MODEL.key(), model.toAbsolutePath().normalize().toString());
        }
        put(values, FeatureOptions.SET.key(), features);
        put(values, ScoringOptions.COLUMNS.key(), columns);
        put(values, ScoringOptions.CLASSES.key(), classes);
        put(values, ScoringOptions.ACTIONS.key(), actions);
        return values;
    }

    private static void put(Map<String, String> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }
}
