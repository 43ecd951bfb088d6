package com.shivx.cli;

import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.VersionName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which version of which registry a command is about. */
final class VersionInputs {

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The version, such as direction@2.1.0 or direction@staging.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String name;

    @Mixin private final RegistryInputs registry = new RegistryInputs();

    ModelRegistry open() {
        return registry.open();
    }

    /** The version that is named, in the registry that is. */
    ModelVersion resolve(ModelRegistry opened) {
        return opened.resolve(VersionName.parse(name));
    }
}
