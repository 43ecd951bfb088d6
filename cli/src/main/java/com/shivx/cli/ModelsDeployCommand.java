package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.deploy.DeploymentWatch;
import com.shivx.cli.deploy.ModelFolder;
import com.shivx.cli.deploy.Percent;
import com.shivx.cli.kafka.KafkaAccess;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.jobs.wire.DeploymentRequestJson;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.onnx.ModelLoader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code shivx models deploy}: a file to what serves, while the jobs go on. */
@Command(
        name = "deploy",
        sortOptions = false,
        description = {
            "Let an ONNX model serve in running jobs: at once, as a canary, as a shadow or for an A/B split.",
            "It is checked here first, copied to where the jobs take models from, and asked for; then the"
                    + " command waits until every subtask serves it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models deploy mine.onnx --model direction --version 2.1.0 --bootstrap-server broker:9092",
            "  shivx models deploy mine.onnx --model direction --version 2.1.0 --canary 0.1",
            "  shivx models deploy mine.onnx --model direction --version 2.1.0 --shadow --symbols 'spot:*'"
        })
final class ModelsDeployCommand implements Callable<Integer> {

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
                description = "As --canary, with a split that is held for a report.")
        private @Nullable Double ab;

        DeploymentMode mode() {
            if (canary != null) {
                return DeploymentMode.CANARY;
            }
            if (ab != null) {
                return DeploymentMode.AB;
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

    @Option(
            names = "--models-dir",
            paramLabel = "DIR|URI",
            description =
                    "Where it is copied to (default: the first of models.allowed-uris, or .shivx/models of the project).")
    private @Nullable String modelsDir;

    @Option(names = "--no-wait", description = "Return as soon as it is asked for.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long to wait until every subtask serves it (default: 60s).")
    private Duration timeout = Duration.ofSeconds(60);

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
        ModelFolder folder = folder(options);
        ModelArtifact artifact = checked(options);
        KafkaAdmin.requireTopics(
                options,
                Topic.DEPLOYMENT_REQUESTS,
                Topic.LIFECYCLE_EVENTS,
                Topic.DEPLOYMENT_EVENTS);
        ModelContract agreed = artifact.contract();
        ModelFolder.Placed placed = folder.place(artifact);
        print("%s: %s", placed.wasThere() ? "there already" : "copied", placed.uri());
        DeploymentRequest request =
                new DeploymentRequest(
                        UUID.randomUUID().toString(),
                        agreed.model(),
                        mode.mode(),
                        new ModelRef(agreed.version(), placed.uri().toString(), artifact.sha256()),
                        mode.share(),
                        symbols,
                        expectedGeneration,
                        System.getProperty("user.name"));
        if (noWait) {
            ask(options, request);
            return 0;
        }
        try (DeploymentWatch watch = new DeploymentWatch(options, request)) {
            ask(options, request);
            watch.await(timeout, line -> print("%s", line));
        }
        print("done: %s is deployed (%s)", agreed.id(), words(request.mode()));
        return 0;
    }

    private void requireShare(double share) {
        if (!(share > 0 && share < 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a share of %s is not above 0 and below 1; 0.1 is a tenth".formatted(share));
        }
    }

    private ModelFolder folder(Configuration options) {
        if (modelsDir != null) {
            return ModelFolder.of(modelsDir);
        }
        List<String> allowed = options.getOptional(ScoringOptions.ALLOWED_URIS).orElse(List.of());
        return ModelFolder.of(allowed.isEmpty() ? LocalModels.folder().toString() : allowed.get(0));
    }

    /** All that the jobs will check, and that they will read from the copy what is read here. */
    private ModelArtifact checked(Configuration options) throws ModelRefusedException {
        if (!Files.isRegularFile(file)) {
            throw new CommandException(
                    "there is no model file %s; name an ONNX file".formatted(file));
        }
        ModelArtifact artifact;
        ModelArtifact copy;
        try {
            artifact =
                    ModelArtifact.read(
                            file,
                            contract.flags(options.get(FeatureOptions.SET)).named(model, version));
            ModelLoader.DEFAULT.load(artifact).close();
            copy =
                    ModelArtifact.of(
                            artifact.bytes(),
                            artifact.sha256(),
                            artifact.signature().getBytes(StandardCharsets.UTF_8));
        } catch (ModelRefusedException e) {
            throw e.of(file.toString());
        }
        ModelContract agreed = artifact.contract();
        if (!copy.contract().equals(agreed)) {
            throw new CommandException(
                    "%s reads as %s with its signature beside it, and as %s here; let the file itself say what it is"
                            .formatted(file, copy.contract(), agreed));
        }
        print(
                "checked: %s takes %d features of %s and answers %s",
                agreed.id(),
                agreed.columns().size(),
                String.valueOf(agreed.featureSet()),
                agreed.classes().isEmpty() ? "a number" : String.join(", ", agreed.classes()));
        if (model == null) {
            print(
                    "named: %s, as the file says or is called; --model and --version say otherwise",
                    agreed.id());
        }
        return artifact;
    }

    private void ask(Configuration options, DeploymentRequest request) throws InterruptedException {
        DeploymentRequestJson json = new DeploymentRequestJson();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        KafkaAccess.clientProperties(options),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    Topic.DEPLOYMENT_REQUESTS.name(options),
                                    json.key(request),
                                    json.write(request)))
                    .get();
        } catch (ExecutionException e) {
            throw new CommandException(
                    "Kafka at %s does not take the request: %s"
                            .formatted(
                                    options.get(KafkaOptions.BOOTSTRAP_SERVERS),
                                    String.valueOf(e.getCause())),
                    e);
        }
        print("asked: %s, as request %s", words(request.mode()), request.requestId());
    }

    private String words(DeploymentMode asked) {
        return switch (asked) {
            case NOW -> "alone";
            case CANARY -> "canary for %s of the vectors".formatted(Percent.of(mode.share()));
            case AB -> "A/B split with %s of the vectors".formatted(Percent.of(mode.share()));
            case SHADOW -> "shadow";
        };
    }

    private void print(String line, Object... arguments) {
        PrintWriter out = Shivx.out(spec);
        out.printf(Locale.ROOT, line + "%n", arguments);
        out.flush();
    }

    /** Reads a duration as Flink's options have them. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return ConfigurationUtils.convertValue(text, Duration.class);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'%s' is no duration; write 60s or 5min".formatted(text));
            }
        }
    }
}
