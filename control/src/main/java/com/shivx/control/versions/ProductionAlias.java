package com.shivx.control.versions;

import com.shivx.control.StableId;
import com.shivx.control.training.TrainingLauncher;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.AuditAction;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.Change;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.RegisteredModel;
import com.shivx.models.registry.SemanticVersion;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the alias production and what serves the same. Whichever has changed last is right: an
 * alias that was moved, such as in MLflow's own pages, is deployed; a deployment that every subtask
 * serves is written into the registry.
 */
public final class ProductionAlias {

    /**
     * What is deployed of a model.
     *
     * @param deployedAt when it was written
     * @param isServing whether every subtask serves it
     */
    public record Serving(Deployment deployment, Instant deployedAt, boolean isServing) {}

    private final ModelRegistry registry;
    private final ModelFolder folder;
    private final Consumer<DeploymentRequest> requests;
    private final Consumer<String> news;
    private final AliasWatch watch = new AliasWatch();

    /** Models that were looked at: whoever was before this one may have died in the middle. */
    private final Set<String> seen = new HashSet<>();

    /**
     * @param folder where versions are put for jobs to take
     * @param requests where deployments are asked for
     * @param news told a line of what is done
     */
    public ProductionAlias(
            ModelRegistry registry,
            ModelFolder folder,
            Consumer<DeploymentRequest> requests,
            Consumer<String> news) {
        this.registry = registry;
        this.folder = folder;
        this.requests = requests;
        this.news = news;
    }

    /**
     * Looks at one model.
     *
     * @param serving null where nothing is deployed
     * @throws com.shivx.models.registry.RegistryException if the registry does not answer
     * @throws ModelRefusedException if the version that the alias names must not serve
     */
    public void look(String model, @Nullable Serving serving) throws ModelRefusedException {
        RegisteredModel registered = finished(registry.model(model), serving);
        SemanticVersion named = registered.aliases().get(Alias.PRODUCTION);
        if (serving != null && isOlder(model, named, serving)) {
            if (serving.isServing()) {
                write(registered, serving.deployment());
            }
            return;
        }
        if (named == null) {
            return;
        }
        AliasWatch.Step step =
                watch.look(
                        model,
                        named,
                        !registry.unaudited(model).containsKey(Alias.PRODUCTION),
                        serving == null ? null : serving.deployment().champion().version());
        switch (step) {
            case NONE, LOOK_AGAIN -> {
                // It serves, could not be made to, or may be on its way.
            }
            case RECORD_AND_DEPLOY -> {
                registry.recordSeen(
                        model,
                        Alias.PRODUCTION,
                        new Change(
                                TrainingLauncher.REQUESTED_BY,
                                "moved past the audit, found by the control service"));
                deploy(registered, named, serving);
            }
            case DEPLOY -> deploy(registered, named, serving);
        }
    }

    /**
     * The model once a move of its alias has come to its end whose mover was killed: half of one
     * looks as if somebody had let the old version serve again.
     */
    private RegisteredModel finished(RegisteredModel model, @Nullable Serving serving) {
        SemanticVersion named = model.aliases().get(Alias.PRODUCTION);
        boolean isServed =
                Objects.equals(
                        named == null ? null : named.toString(),
                        serving == null ? null : serving.deployment().champion().version());
        RegisteredModel finished = model;
        if (!(isServed && seen.contains(model.name())) && registry.finishMove(model.name())) {
            finished = registry.model(model.name());
            news.accept(
                    "ended what was cut off: %s@production names %s"
                            .formatted(model.name(), finished.aliases().get(Alias.PRODUCTION)));
        }
        seen.add(model.name());
        return finished;
    }

    /** Whether the alias was moved before the deployment was made, so that it is out of date. */
    private boolean isOlder(String model, @Nullable SemanticVersion named, Serving serving) {
        if (named == null) {
            return true;
        }
        if (named.toString().equals(serving.deployment().champion().version())) {
            return false;
        }
        Optional<AuditEntry> last =
                registry.audit(model).entries().stream()
                        .filter(entry -> entry.alias() == Alias.PRODUCTION)
                        .reduce((earlier, later) -> later);
        return last.isPresent()
                && named.equals(last.get().to())
                && last.get().at().isBefore(serving.deployedAt());
    }

    private void write(RegisteredModel model, Deployment deployment) {
        String champion = deployment.champion().version();
        Optional<ModelVersion> version =
                SemanticVersion.isOne(champion)
                        ? model.version(SemanticVersion.parse(champion))
                        : Optional.empty();
        version.filter(found -> RegistryCandidates.isOf(found, deployment.champion().sha256()))
                .ifPresent(
                        found -> {
                            registry.move(
                                    found,
                                    AuditAction.DEPLOYED,
                                    Alias.PRODUCTION,
                                    new Change(
                                            TrainingLauncher.REQUESTED_BY,
                                            "request %s, generation %d"
                                                    .formatted(
                                                            deployment.requestId(),
                                                            deployment.generation())));
                            news.accept("in production: " + found.id());
                        });
    }

    private void deploy(RegisteredModel model, SemanticVersion named, @Nullable Serving serving)
            throws ModelRefusedException {
        ModelVersion version = model.version(named).orElse(null);
        if (version == null) {
            return;
        }
        ModelLoader.DEFAULT.load(registry.artifact(version)).close();
        long generation = serving == null ? 0 : serving.deployment().generation();
        requests.accept(
                new DeploymentRequest(
                        "alias-" + StableId.of(version.id() + "~" + generation),
                        model.name(),
                        DeploymentMode.NOW,
                        RegistryCandidates.placed(registry, version, folder),
                        0,
                        null,
                        generation,
                        TrainingLauncher.REQUESTED_BY));
        news.accept("asked: %s, for production names it".formatted(version.id()));
    }
}
