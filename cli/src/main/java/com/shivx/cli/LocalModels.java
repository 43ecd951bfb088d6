package com.shivx.cli;

import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.registry.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/** Where models lie on this machine, unless the options say otherwise. */
final class LocalModels {

    private LocalModels() {}

    /** The folder that 'models deploy' copies to and that jobs in this process take models from. */
    static Path folder() {
        return Installation.root().resolve(".shivx").resolve("models");
    }

    /**
     * Where a model is copied to so that jobs take it from there: as somebody says, else the first
     * folder that they may take models from, else {@link #folder}.
     */
    static ModelFolder copies(@Nullable String modelsDir, Configuration options) {
        if (modelsDir != null) {
            return ModelFolder.of(modelsDir);
        }
        List<String> allowed = options.getOptional(ScoringOptions.ALLOWED_URIS).orElse(List.of());
        return ModelFolder.of(allowed.isEmpty() ? folder().toString() : allowed.get(0));
    }

    /** The registry of commands that name none. */
    static Path registry() {
        return Installation.root().resolve(".shivx").resolve("registry");
    }

    /**
     * Allows a job of this process to take models from there, and the model that it is started with
     * from where that is. A folder that cannot be made, in somebody else's checkout, is not needed
     * until somebody deploys, and then the refusal says so.
     */
    static Configuration allowedIn(Configuration options) {
        if (options.contains(ScoringOptions.ALLOWED_URIS)) {
            return options;
        }
        try {
            Files.createDirectories(folder());
        } catch (IOException e) {
            return options;
        }
        List<String> allowed = new ArrayList<>(List.of(folder().toString()));
        String model = options.get(ScoringOptions.MODEL);
        if (!model.equals(ScoringOptions.BASELINE)) {
            allowed.add(model);
        }
        return new Configuration(options).set(ScoringOptions.ALLOWED_URIS, allowed);
    }
}
