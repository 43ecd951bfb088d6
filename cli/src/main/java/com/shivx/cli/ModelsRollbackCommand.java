package com.shivx.cli;

import com.shivx.cli.deploy.DeploymentCall;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.MeasuredFiles;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.ServingArtifact;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models rollback}: production back to what was there. */
@Command(
        name = "rollback",
        sortOptions = false,
        description = {
            "Let production name the version that was there before, or another that was there once.",
            "With --bootstrap-server the running jobs serve it first, and the alias moves when every subtask does."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models rollback direction --reason 'it loses money'",
            "  shivx models rollback direction --to 2.0.0 --bootstrap-server broker:9092"
        })
final class ModelsRollbackCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "The model line, such as direction.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String model;

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description = "The version, such as 2.0.0 (default: what was in production before).")
    private @Nullable String to;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Mixin private final TakeoverInputs takeover = new TakeoverInputs();
    @Mixin private final ContractInputs contract = new ContractInputs();
    @Mixin private final RegistryInputs registry = new RegistryInputs();
    @Mixin private final OutputFormat format = new OutputFormat();
    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    @Override
    public Integer call() throws Exception {
        ModelRegistry opened = registry.open();
        SemanticVersion version = to == null ? null : SemanticVersion.parse(to);
        ModelVersion target = opened.rollbackTarget(model, version);
        if (broker.isNamed()) {
            deploy(opened, target);
        }
        AuditEntry entry = opened.rollBack(model, target.version(), RegistryInputs.change(reason));
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(RegistryJson.text(RegistryJson.audit(List.of(entry))));
        } else {
            out.printf(
                    Locale.ROOT,
                    "in production: %s in %s, instead of %s%n",
                    target.id(),
                    opened.uri(),
                    entry.from());
        }
        out.flush();
        return 0;
    }

    private void deploy(ModelRegistry opened, ModelVersion target) throws Exception {
        Configuration options = settings.configuration(broker.values());
        ModelArtifact artifact =
                ServingArtifact.fetch(
                        opened, target, contract.flags(options.get(FeatureOptions.SET)));
        DeploymentCall call = new DeploymentCall(options, this::tell);
        call.requireTopics();
        DeploymentRequest request =
                DeploymentCall.now(
                        target.model(),
                        call.place(
                                takeover.copies(options),
                                artifact,
                                MeasuredFiles.of(opened.files(target))));
        call.askAndWait(request, "back to " + target.id(), takeover.timeout());
    }

    /** JSON is for programs alone. */
    private void tell(String line) {
        PrintWriter out = format.isJson() ? spec.commandLine().getErr() : Shivx.out(spec);
        out.println(line);
        out.flush();
    }
}
