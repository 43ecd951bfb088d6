package com.shivx.cli;

import com.shivx.cli.deploy.DeploymentCall;
import com.shivx.cli.deploy.Percent;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.AuditAction;
import com.shivx.models.registry.MeasuredFiles;
import com.shivx.models.registry.ModelFile;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.ModelLocator;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.ServingArtifact;
import com.shivx.models.registry.VersionName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models deploy}: a file or a version to what serves, while the jobs go on. */
@Command(
        name = "deploy",
        sortOptions = false,
        description = {
            "Let a model serve in running jobs: at once, as a canary, as a shadow, for an A/B split or by steps.",
            "It is checked here first, copied to where the jobs take models from, and asked for; then the"
                    + " command waits until every subtask serves it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models deploy direction@2.1.0 --bootstrap-server broker:9092",
            "  shivx models deploy models:/direction@staging --registry http://mlflow:5000",
            "  shivx models deploy mine.onnx --model direction --version 2.1.0 --canary 0.1",
            "  shivx models deploy direction@2.1.0 --rollout",
            "  shivx models deploy mine.onnx --model direction --version 2.1.0 --shadow --symbols 'spot:*'"
        })
final class ModelsDeployCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE.onnx|NAME",
            description =
                    "The model: a file, or a version of the registry such as direction@2.1.0, which is in production there once it serves alone.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String source;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "The model line, such as direction (default: what the file or its signature.json says, else the file's name).")
    private @Nullable String model;

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            description =
                    "Its semantic version, such as 2.1.0, which never changes (default: what the file or its signature.json says, else 0.0.0 with its checksum).")
    private @Nullable String version;

    @ArgGroup(exclusive = true)
    private Mode mode = new Mode();

    /** How it shall serve; without any of them at once and alone. */
    static final class Mode {

        @Option(
                names = "--canary",
                paramLabel = "SHARE",
                description = "Let it serve that share beside the champion, above 0 and below 1.")
        private @Nullable Double canary;

        @Option(
                names = "--shadow",
                description = "Let it score everything beside the champion and serve nothing.")
        private boolean shadow;

        @Option(
                names = "--ab",
                paramLabel = "SHARE",
                description =
                        "As --canary, with a split that is held for 'shivx models ab-report'.")
        private @Nullable Double ab;

        @Option(
                names = "--rollout",
                description =
                        "Bring it to champion by steps, each by time and evidence, and back if it disappoints; 'shivx models rollout status' shows how far it is.")
        private boolean rollout;

        DeploymentMode mode() {
            if (canary != null) {
                return DeploymentMode.CANARY;
            }
            if (ab != null) {
                return DeploymentMode.AB;
            }
            if (rollout) {
                return DeploymentMode.ROLLOUT;
            }
            return shadow ? DeploymentMode.SHADOW : DeploymentMode.NOW;
        }

        double share() {
            return canary != null ? canary : ab != null ? ab : 0;
        }
    }

    @Option(
            names = "--symbols",
            paramLabel = "GLOB",
            description =
                    "The symbols it is for, such as 'spot:*' (default: as they are deployed, or all).")
    private @Nullable String symbols;

    @Mixin private final ContractInputs contract = new ContractInputs();

    @Option(
            names = "--expected-generation",
            paramLabel = "N",
            description =
                    "Refuse it unless that generation is in force, 0 for none; 'shivx models status' shows it.")
    private @Nullable Long expectedGeneration;

    @Option(names = "--no-wait", description = "Return as soon as it is asked for.")
    private boolean noWait;

    @Mixin private final TakeoverInputs takeover = new TakeoverInputs();
    @Mixin private final RegistryInputs registry = new RegistryInputs();
    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    /** The one that every command inherits would bring a --version of its own. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // by picocli
    private boolean help;

    @Override
    public Integer call() throws Exception {
        if (mode.mode() == DeploymentMode.CANARY || mode.mode() == DeploymentMode.AB) {
            requireShare(mode.share());
        }
        Configuration options = settings.configuration(broker.values());
        ModelFolder folder = takeover.copies(options);
        ModelRegistry opened = registry.open();
        ModelVersion registered =
                ModelLocator.of(source) instanceof VersionName name ? opened.resolve(name) : null;
        ModelArtifact artifact = checked(read(opened, registered, options));
        DeploymentCall call = new DeploymentCall(options, line -> print("%s", line));
        call.requireTopics();
        DeploymentRequest request =
                new DeploymentRequest(
                        UUID.randomUUID().toString(),
                        artifact.contract().model(),
                        mode.mode(),
                        call.place(
                                folder,
                                artifact,
                                registered == null
                                        ? MeasuredFiles.beside(Path.of(source))
                                        : MeasuredFiles.of(opened.files(registered))),
                        mode.share(),
                        symbols,
                        expectedGeneration,
                        System.getProperty("user.name"));
        if (noWait) {
            call.ask(request, words(request.mode()));
            return 0;
        }
        call.askAndWait(request, words(request.mode()), takeover.timeout());
        print("done: %s is deployed (%s)", artifact.contract().id(), words(request.mode()));
        if (registered != null && request.mode() == DeploymentMode.NOW) {
            opened.move(
                    registered,
                    AuditAction.DEPLOYED,
                    Alias.PRODUCTION,
                    RegistryInputs.change("request " + request.requestId()));
            print("in production: %s in %s", registered.id(), opened.uri());
        }
        return 0;
    }

    private void requireShare(double share) {
        if (!(share > 0 && share < 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a share of %s is not above 0 and below 1; 0.1 is a tenth".formatted(share));
        }
    }

    private ModelArtifact read(
            ModelRegistry opened, @Nullable ModelVersion registered, Configuration options)
            throws ModelRefusedException {
        ContractFlags flags = contract.flags(options.get(FeatureOptions.SET));
        if (registered != null) {
            requireNoName();
            return ServingArtifact.fetch(opened, registered, flags);
        }
        try {
            return ModelArtifact.read(Path.of(source), flags.named(model, version));
        } catch (ModelRefusedException e) {
            throw e.of(source);
        }
    }

    private void requireNoName() {
        if (model != null || version != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s says its model and version; leave --model and --version out"
                            .formatted(source));
        }
    }

    /** All that the jobs will check, and that they will read from the copy what is read here. */
    private ModelArtifact checked(ModelArtifact artifact) throws ModelRefusedException {
        try {
            ModelLoader.DEFAULT.load(artifact).close();
            artifact.checkReadsBack();
        } catch (ModelRefusedException e) {
            throw e.of(source);
        }
        ModelContract agreed = artifact.contract();
        print(
                "checked: %s takes %d features of %s and answers %s",
                agreed.id(),
                agreed.columns().size(),
                String.valueOf(agreed.featureSet()),
                agreed.classes().isEmpty() ? "a number" : String.join(", ", agreed.classes()));
        if (model == null && ModelLocator.of(source) instanceof ModelFile) {
            print(
                    "named: %s, as the file says or is called; --model and --version say otherwise",
                    agreed.id());
        }
        return artifact;
    }

    private String words(DeploymentMode asked) {
        return switch (asked) {
            case NOW -> "alone";
            case CANARY -> "canary for %s of the vectors".formatted(Percent.of(mode.share()));
            case AB -> "A/B split with %s of the vectors".formatted(Percent.of(mode.share()));
            case SHADOW -> "shadow";
            case ROLLOUT -> "rollout, as a shadow first";
        };
    }

    private void print(String line, Object... arguments) {
        PrintWriter out = Shivx.out(spec);
        out.printf(Locale.ROOT, line + "%n", arguments);
        out.flush();
    }
}
