package com.shivx.cli;

import com.shivx.models.registry.ModelFolder;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From where running jobs take over a version, and how long it is waited for. */
final class TakeoverInputs {

    @Option(
            names = "--models-dir",
            paramLabel = "DIR|URI",
            description =
                    "Where a version is copied to (default: the first of models.allowed-uris, or .shivx/models of the project).")
    private @Nullable String modelsDir;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long to wait until every subtask serves it (default: 60s).")
    private Duration timeout = Duration.ofSeconds(60);

    /** Where it is copied to. */
    ModelFolder copies(Configuration options) {
        return LocalModels.copies(modelsDir, options);
    }

    Duration timeout() {
        return timeout;
    }
}
