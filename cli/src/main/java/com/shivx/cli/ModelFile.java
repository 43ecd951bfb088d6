package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model that a command is given to look at, by its file. Names of a registry's models, such as
 * {@code direction@2.1.0}, belong here too, so that every such command takes them.
 */
record ModelFile(Path path, ModelArtifact artifact) {

    /**
     * Reads it as it would serve; a model that fits no feature set as one of any columns.
     *
     * @param model the model line; null where the file says it
     * @param version its version; null where the file says it
     */
    static ModelFile read(
            String given, ContractInputs contract, @Nullable String model, @Nullable String version)
            throws ModelRefusedException {
        Path path = Path.of(given);
        if (!Files.isRegularFile(path)) {
            throw new CommandException(
                    "there is no model file %s; name an ONNX file".formatted(path));
        }
        ContractFlags served = contract.flags(FeatureOptions.SET.defaultValue());
        try {
            return new ModelFile(path, ModelArtifact.read(path, served.named(model, version)));
        } catch (ModelRefusedException e) {
            return new ModelFile(path, ofAnyColumns(path, contract.flags(null), model, version));
        }
    }

    private static ModelArtifact ofAnyColumns(
            Path path, ContractFlags flags, @Nullable String model, @Nullable String version)
            throws ModelRefusedException {
        try {
            return ModelArtifact.readOfAnyColumns(path, flags.named(model, version));
        } catch (ModelRefusedException e) {
            throw e.of(path.toString());
        }
    }
}
