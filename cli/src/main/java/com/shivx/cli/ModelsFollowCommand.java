package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.StopSignal;
import com.shivx.cli.deploy.DeploymentCall;
import com.shivx.control.versions.AliasWatch;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.TopicReadException;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.MeasuredFiles;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.ServingArtifact;
import com.shivx.models.registry.VersionName;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models follow}: what production names to what serves, until it is stopped. */
@Command(
        name = "follow",
        sortOptions = false,
        description = {
            "Let running jobs serve whatever the alias production names, each time that it moves, such as in MLflow's own pages.",
            "It looks until Ctrl-C. What fails is told, and tried again when the alias moves again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models follow --registry http://mlflow:5000 --bootstrap-server broker:9092",
            "  shivx models follow direction --every 2s --registry http://mlflow:5000"
        })
final class ModelsFollowCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "MODEL",
            description = "The models to follow (default: all of the registry).")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How often to look (default: 10s).")
    private Duration every = Duration.ofSeconds(10);

    @Mixin private final TakeoverInputs takeover = new TakeoverInputs();
    @Mixin private final ContractInputs contract = new ContractInputs();
    @Mixin private final RegistryInputs registry = new RegistryInputs();
    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    private final AliasWatch watch = new AliasWatch();

    @Override
    public Integer call() throws Exception {
        Configuration options = settings.configuration(broker.values());
        ModelRegistry opened = registry.open();
        models.forEach(VersionName::requireModel);
        DeploymentCall call = new DeploymentCall(options, this::tell);
        call.requireTopics();
        tell("following: production in %s, every %d s".formatted(opened.uri(), every.toSeconds()));
        try (StopSignal stop = StopSignal.ofProcess(() -> {})) {
            do {
                look(opened, call, options);
            } while (!stop.await(every));
        }
        return 0;
    }

    /** What fails now may work the next time: a server restarts, a version is repaired. */
    private void look(ModelRegistry opened, DeploymentCall call, Configuration options)
            throws Exception {
        try {
            Map<String, Deployment> deployments = CurrentDeployments.read(options);
            for (String model : models.isEmpty() ? opened.models() : models) {
                look(opened, call, options, model, deployments.get(model));
            }
        } catch (RegistryException
                | CommandException
                | ModelRefusedException
                | TopicReadException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("error: " + Errors.message(e));
            err.flush();
        }
    }

    private void look(
            ModelRegistry opened,
            DeploymentCall call,
            Configuration options,
            String model,
            @Nullable Deployment deployment)
            throws Exception {
        SemanticVersion named = opened.model(model).aliases().get(Alias.PRODUCTION);
        if (named == null) {
            return;
        }
        AliasWatch.Step step =
                watch.look(
                        model,
                        named,
                        !opened.unaudited(model).containsKey(Alias.PRODUCTION),
                        deployment == null ? null : deployment.champion().version());
        switch (step) {
            case NONE -> {
                // It serves, or could not be made to.
            }
            case LOOK_AGAIN ->
                    tell("seen: %s@production is %s, by nobody's entry".formatted(model, named));
            case RECORD_AND_DEPLOY -> {
                opened.recordSeen(
                        model,
                        Alias.PRODUCTION,
                        RegistryInputs.change(
                                "moved past the audit, found by shivx models follow"));
                deploy(opened, call, options, new VersionName(model, named, null));
            }
            case DEPLOY -> deploy(opened, call, options, new VersionName(model, named, null));
        }
    }

    private void deploy(
            ModelRegistry opened, DeploymentCall call, Configuration options, VersionName name)
            throws Exception {
        ModelVersion version = opened.resolve(name);
        ModelArtifact artifact =
                ServingArtifact.fetch(
                        opened, version, contract.flags(options.get(FeatureOptions.SET)));
        ModelLoader.DEFAULT.load(artifact).close();
        call.askAndWait(
                DeploymentCall.now(
                        version.model(),
                        call.place(
                                takeover.copies(options),
                                artifact,
                                MeasuredFiles.of(opened.files(version)))),
                "%s, for production names it".formatted(version.id()),
                takeover.timeout());
        tell("done: %s is deployed".formatted(version.id()));
    }

    private void tell(String line) {
        PrintWriter out = Shivx.out(spec);
        out.println(line);
        out.flush();
    }
}
