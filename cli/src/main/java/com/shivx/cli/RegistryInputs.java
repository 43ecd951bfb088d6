package com.shivx.cli;

import com.shivx.models.registry.Change;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.uri.Registries;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which registry a command works on. */
final class RegistryInputs {

    @Option(
            names = "--registry",
            paramLabel = "URI",
            description =
                    "The registry: a folder, or the http(s):// of an MLflow server, with MLflow's own environment variables (default: .shivx/registry of the project).")
    private @Nullable String registry;

    ModelRegistry open() {
        return Registries.open(
                registry == null ? LocalModels.registry().toString() : registry,
                System.getenv(),
                Clock.systemUTC());
    }

    /** What this user does. */
    static Change change(@Nullable String reason) {
        return new Change(System.getProperty("user.name"), reason == null ? "" : reason);
    }
}
