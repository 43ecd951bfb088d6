package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.jobs.options.ScoringOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model scores, and what its file does not say about it. */
final class ModelInputs {

    @Option(
            names = "--model",
            paramLabel = "FILE.onnx",
            description = "The ONNX model that scores (default: the built-in baseline-momentum).")
    private @Nullable Path model;

    @Mixin private final ContractInputs contract = new ContractInputs();

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
        values.putAll(contract.values());
        return values;
    }
}
