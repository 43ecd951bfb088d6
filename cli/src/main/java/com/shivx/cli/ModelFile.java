package com.shivx.cli;

import com.shivx.jobs.options.FeatureOptions;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.registry.ModelLocator;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.ServingArtifact;
import com.shivx.models.registry.VersionName;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model that a command is given to look at, by its file or by its name in a registry.
 *
 * @param path the file; of a version of a registry what it would be called here
 * @param registered which version of a registry it is; null of a file
 */
record ModelFile(Path path, ModelArtifact artifact, @Nullable ModelVersion registered) {

    /**
     * Reads it as it would serve; a model that fits no feature set as one of any columns.
     *
     * @param model the model line; null where the file says it
     * @param version its version; null where the file says it
     */
    static ModelFile read(
            String given,
            ContractInputs contract,
            RegistryInputs registry,
            @Nullable String model,
            @Nullable String version)
            throws ModelRefusedException {
        ContractFlags served = contract.flags(FeatureOptions.SET.defaultValue());
        ModelLocator found = ModelLocator.of(given);
        if (found instanceof VersionName name) {
            ModelRegistry opened = registry.open();
            ModelVersion registered = opened.resolve(name);
            return new ModelFile(
                    Path.of("%s-%s.onnx".formatted(registered.model(), registered.version())),
                    ServingArtifact.fetch(opened, registered, served),
                    registered);
        }
        Path path = Path.of(given);
        try {
            return new ModelFile(
                    path, ModelArtifact.read(path, served.named(model, version)), null);
        } catch (ModelRefusedException e) {
            return new ModelFile(
                    path, ofAnyColumns(path, contract.flags(null), model, version), null);
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
