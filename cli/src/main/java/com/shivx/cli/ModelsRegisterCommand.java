package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Bump;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.Registration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models register}: a file to a version that never changes. */
@Command(
        name = "register",
        sortOptions = false,
        description =
                "Register an ONNX model as a version, with what belongs to it. It is checked and tried first, and is then in dev.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models register mine.onnx --model direction --version 2.1.0 --metrics metrics.json",
            "  shivx models register mine.onnx --model direction --bump minor --registry http://mlflow:5000"
        })
final class ModelsRegisterCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE.onnx", description = "The model.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path file;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "The model line, such as direction (default: what the file or its signature.json says, else the file's name).")
    private @Nullable String model;

    @ArgGroup(exclusive = true)
    private Choice choice = new Choice();

    /** Which version; without either what the file says, else the next patch. */
    static final class Choice {

        @Option(
                names = "--version",
                paramLabel = "VERSION",
                description =
                        "Its semantic version, such as 2.1.0 (default: what the file or its signature.json says, else --bump patch).")
        private @Nullable String version;

        @Option(
                names = "--bump",
                paramLabel = "major|minor|patch",
                description = "The highest version there is, with this number raised.")
        private @Nullable Bump bump;
    }

    @Option(names = "--metrics", paramLabel = "FILE", description = "How good it is, as JSON.")
    private @Nullable Path metrics;

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description = "What its features and predictions look like, to tell drift by, as JSON.")
    private @Nullable Path reference;

    @Option(
            names = "--importance",
            paramLabel = "FILE",
            description = "Which features it leans on, as JSON.")
    private @Nullable Path importance;

    @Option(
            names = "--provenance",
            paramLabel = "FILE",
            description = "What it was made of: data, features, code, parameters, seed, as JSON.")
    private @Nullable Path provenance;

    @Option(names = "--reason", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String reason;

    @Mixin private final ContractInputs contract = new ContractInputs();
    @Mixin private final RegistryInputs registry = new RegistryInputs();
    @Mixin private final OutputFormat format = new OutputFormat();

    /** The one that every command inherits would bring a --version of its own. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // by picocli
    private boolean help;

    @Override
    public Integer call() throws Exception {
        ModelRegistry opened = registry.open();
        ModelArtifact artifact = read();
        ModelVersion made = register(opened, artifact);
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(
                    RegistryJson.text(
                            RegistryJson.version(
                                    made, opened.model(made.model()).aliasesOf(made.version()))));
        } else {
            out.printf(Locale.ROOT, "registered: %s in %s%n", made.id(), opened.uri());
        }
        out.flush();
        return 0;
    }

    private ModelArtifact read() throws ModelRefusedException {
        if (!Files.isRegularFile(file)) {
            throw new CommandException(
                    "there is no model file %s; name an ONNX file".formatted(file));
        }
        try {
            return ModelArtifact.read(
                    file,
                    contract.flags(FeatureOptions.SET.defaultValue()).named(model, choice.version));
        } catch (ModelRefusedException e) {
            throw e.of(file.toString());
        }
    }

    private ModelVersion register(ModelRegistry opened, ModelArtifact artifact)
            throws ModelRefusedException {
        Map<ArtifactFile, byte[]> more = new EnumMap<>(ArtifactFile.class);
        put(more, ArtifactFile.METRICS, metrics);
        put(more, ArtifactFile.REFERENCE, reference);
        put(more, ArtifactFile.IMPORTANCE, importance);
        put(more, ArtifactFile.PROVENANCE, provenance);
        try {
            return opened.register(
                    new Registration(
                            artifact,
                            artifact.isNamedByItsBytes() && choice.bump == null
                                    ? Bump.PATCH
                                    : choice.bump,
                            more,
                            RegistryInputs.change(reason)));
        } catch (ModelRefusedException e) {
            throw e.of(file.toString());
        }
    }

    private static void put(
            Map<ArtifactFile, byte[]> into, ArtifactFile kind, @Nullable Path path) {
        if (path == null) {
            return;
        }
        try {
            if (Files.size(path) > kind.maxBytes()) {
                throw new CommandException(
                        "%s has %d bytes, expected at most %d; make it smaller"
                                .formatted(path, Files.size(path), kind.maxBytes()));
            }
            into.put(kind, Files.readAllBytes(path));
        } catch (IOException e) {
            throw new CommandException(
                    "cannot read %s (%s); name a JSON file".formatted(path, Reasons.of(e)), e);
        }
    }
}
