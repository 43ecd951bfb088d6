package com.shivx.cli;

import com.shivx.cli.console.Steps;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.benchmark.ModelSpeed;
import com.shivx.models.quantization.QuantizationReport;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Bump;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.Registration;
import com.shivx.models.registry.SemanticVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a quantised model becomes a version of its own, where somebody asks for that. */
final class QuantizedRegistration {

    @Option(
            names = "--register",
            description =
                    "Register it as a version of its own, with where it comes from and what changed; a file is then"
                            + " written only where --out names one.")
    private boolean register;

    @Option(
            names = "--bump",
            paramLabel = "major|minor|patch",
            description =
                    "With --register, instead of --version: the highest version there is, with this number raised.")
    private @Nullable Bump bump;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "With --register: what it is for (default: what it was made of).")
    private @Nullable String reason;

    /**
     * That what is said goes together.
     *
     * @param version what {@code --version} says; null for nothing
     */
    void check(CommandSpec command, @Nullable String version) {
        if (!register && (bump != null || reason != null)) {
            throw new ParameterException(
                    command.commandLine(),
                    (bump == null ? "--reason" : "--bump") + " is for --register: say that too");
        }
        if (bump != null && version != null) {
            throw new ParameterException(
                    command.commandLine(), "--version and --bump both name a version; say one");
        }
    }

    boolean isAsked() {
        return register;
    }

    /** The version that {@code --bump} asks for; null without. */
    @Nullable String version(RegistryInputs inputs, String model) {
        if (bump == null) {
            return null;
        }
        ModelRegistry registry = inputs.open();
        SemanticVersion highest =
                registry.models().contains(model)
                        ? registry.model(model).versions().stream()
                                .map(ModelVersion::version)
                                .max(SemanticVersion::compareTo)
                                .orElseThrow()
                        : new SemanticVersion(0, 0, 0, "", "");
        return highest.next(bump).toString();
    }

    /**
     * Registers it.
     *
     * @param original which version it was made of; null of a file
     */
    void register(
            Steps steps,
            ModelRegistry registry,
            QuantizationReport report,
            List<ModelSpeed> speeds,
            @Nullable ModelVersion original)
            throws ModelRefusedException {
        Map<ArtifactFile, byte[]> files =
                QuantizedFiles.of(
                        report,
                        speeds,
                        original == null ? Map.of() : registry.files(original).bytes(),
                        Shivx.VERSION.substring(Shivx.VERSION.indexOf(' ') + 1));
        ModelVersion made =
                registry.register(
                        new Registration(
                                report.quantized(),
                                null,
                                files,
                                RegistryInputs.change(
                                        reason == null
                                                ? "quantised from "
                                                        + report.original().contract().id()
                                                : reason)));
        steps.say("registered: %s in %s".formatted(made.id(), registry.uri()));
        steps.say("'shivx models promote %s --to staging' is the next step".formatted(made.id()));
    }
}
