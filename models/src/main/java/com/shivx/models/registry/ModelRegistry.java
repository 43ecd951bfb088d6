package com.shivx.models.registry;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.Sha256;
import com.shivx.models.onnx.ModelLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Versions of models, by name, and what is in production. Any number of these may work on the same
 * home at once. Versions never change; aliases move by {@link AliasMoves}, each move with an entry
 * of the audit.
 */
public final class ModelRegistry {

    /** Each round beyond the first means that somebody else has registered a version meanwhile. */
    private static final int MAX_ROUNDS = 100;

    private final RegistryHome home;
    private final InstantSource clock;
    private final ModelLoader loader;
    private final AliasMoves moves;

    /**
     * @param clock the time of registrations and moves
     * @param loader what a model must pass before it is registered
     */
    public ModelRegistry(RegistryHome home, InstantSource clock, ModelLoader loader) {
        this.home = home;
        this.clock = clock;
        this.loader = loader;
        moves = new AliasMoves(home, clock);
    }

    /** How people name it. */
    public String uri() {
        return home.uri();
    }

    /** The names of all models, sorted. */
    public List<String> models() {
        return home.models();
    }

    /** What lies in the registry and is no version, a line each with the remedy. */
    public List<String> problems() {
        return home.problems();
    }

    /**
     * A model line as it stands.
     *
     * @throws RegistryException if it has no version
     */
    public RegisteredModel model(String name) {
        List<ModelVersion> versions = home.versions(VersionName.requireModel(name));
        if (versions.isEmpty()) {
            throw new RegistryException(
                    "there is no model '%s' in %s; 'shivx models list' lists those that are"
                            .formatted(name, home.uri()));
        }
        return new RegisteredModel(name, versions, home.aliases(name));
    }

    /**
     * The version of a name.
     *
     * @throws RegistryException if there is none
     */
    public ModelVersion resolve(VersionName name) {
        RegisteredModel model = model(name.model());
        Alias alias = name.alias();
        SemanticVersion version = alias == null ? name.version() : model.aliases().get(alias);
        if (version == null) {
            throw new RegistryException(
                    "%s names no version of %s yet; 'shivx models promote' moves it"
                            .formatted(alias == null ? "nothing" : alias.word(), name.model()));
        }
        return version(model, version);
    }

    private ModelVersion version(RegisteredModel model, SemanticVersion version) {
        return model.version(version)
                .orElseThrow(
                        () ->
                                new RegistryException(
                                        "%s has no version %s in %s; 'shivx models list %s' lists those it has"
                                                .formatted(
                                                        model.name(),
                                                        version,
                                                        home.uri(),
                                                        model.name())));
    }

    /**
     * Registers a version, which is then in dev. It is loaded and tried first.
     *
     * @throws ModelRefusedException if the model must not serve, or says itself that it is another
     *     version
     * @throws RegistryException if the version is there already
     */
    public ModelVersion register(Registration registration) throws ModelRefusedException {
        ModelArtifact artifact = registration.artifact();
        String model = VersionName.requireModel(artifact.contract().model());
        loader.load(artifact).close();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            SemanticVersion version = version(model, registration);
            Optional<ModelVersion> added = add(registration, version);
            if (added.isPresent()) {
                moves.move(
                        model, AuditAction.REGISTERED, Alias.DEV, version, registration.change());
                return added.get();
            }
            if (registration.bump() == null) {
                throw new RegistryException(
                        "%s@%s is there already, and a version never changes; give this one another version, or --bump"
                                .formatted(model, version));
            }
        }
        throw new RegistryException(
                "others have registered %d versions of %s meanwhile; try again"
                        .formatted(MAX_ROUNDS, model));
    }

    private SemanticVersion version(String model, Registration registration) {
        Bump bump = registration.bump();
        if (bump == null) {
            return SemanticVersion.parse(registration.artifact().contract().version());
        }
        return home.versions(model).stream()
                .map(ModelVersion::version)
                .reduce((lower, higher) -> higher)
                .orElse(new SemanticVersion(0, 0, 0, "", ""))
                .next(bump);
    }

    private Optional<ModelVersion> add(Registration registration, SemanticVersion version)
            throws ModelRefusedException {
        ModelArtifact artifact = registration.artifact().as(version.toString());
        return home.add(
                new NewVersion(
                        artifact.contract().model(),
                        version,
                        VersionFiles.of(artifact, registration.more()),
                        clock.instant(),
                        registration.change().by(),
                        registration.change().reason()));
    }

    /**
     * A version's files, each with the checksum that was registered.
     *
     * @throws RegistryException if one is missing or another
     */
    public VersionFiles files(ModelVersion version) {
        VersionFiles files = home.fetch(version);
        for (StoredFile stored : version.files()) {
            byte[] bytes = files.get(stored.file());
            String actual = bytes == null ? "none" : Sha256.of(bytes);
            if (!actual.equals(stored.sha256())) {
                throw new RegistryException(
                        "%s of %s in %s has checksum %s, registered was %s; somebody has changed it there, register it again as another version"
                                .formatted(
                                        stored.file().fileName(),
                                        version.id(),
                                        home.uri(),
                                        actual,
                                        stored.sha256()));
            }
        }
        return files;
    }

    /**
     * A version's model with its contract, checked as {@link #files} does.
     *
     * @throws ModelRefusedException if its files do not say what it takes and gives
     */
    public ModelArtifact artifact(ModelVersion version) throws ModelRefusedException {
        VersionFiles files = files(version);
        byte[] model = Objects.requireNonNull(files.get(ArtifactFile.MODEL), "every version's");
        return ModelArtifact.of(model, Sha256.of(model), files.get(ArtifactFile.SIGNATURE))
                .as(version.version().toString());
    }

    /**
     * Puts a version's files into a folder, all of them at once.
     *
     * @param folder that is not there, or empty
     * @throws RegistryException if a checksum is wrong or the folder cannot be written
     */
    public void download(ModelVersion version, Path folder) {
        Folders.write(folder, files(version).byName());
    }

    /**
     * Takes a version to staging, or from staging to production, where {@link Alias#PREVIOUS} then
     * names what was there.
     *
     * @param force whether it may leave staging out; the reason of the change says why
     * @return empty where it is already
     * @throws RegistryException if it leaves staging out unforced, or is forced without a reason
     */
    public Optional<AuditEntry> promote(
            ModelVersion version, Alias to, boolean force, Change change) {
        if (force && change.reason().isBlank()) {
            throw new RegistryException("a forced promotion needs a reason; give --reason TEXT");
        }
        RegisteredModel model = model(version.model());
        version(model, version.version());
        return switch (PromotionStep.decide(model.aliases(), version.version(), to)) {
            case THERE -> Optional.empty();
            case STEP -> Optional.of(move(version, AuditAction.PROMOTED, to, change));
            case SKIPS -> {
                if (!force) {
                    throw new RegistryException(
                            "%s is not in staging, where %s is; promote it to staging first, or say --force and a --reason"
                                    .formatted(
                                            version.id(),
                                            model.aliases().containsKey(Alias.STAGING)
                                                    ? model.aliases().get(Alias.STAGING)
                                                    : "nothing"));
                }
                yield Optional.of(move(version, AuditAction.FORCED, to, change));
            }
        };
    }

    /** Lets an alias name a version, whatever the way to production is. */
    public AuditEntry move(ModelVersion version, AuditAction action, Alias alias, Change change) {
        version(model(version.model()), version.version());
        return moves.move(version.model(), action, alias, version.version(), change);
    }

    /**
     * What production would go back to.
     *
     * @param to the version; null for what was there before
     * @throws RegistryException if there is none, it was never in production, or it is there
     */
    public ModelVersion rollbackTarget(String name, @Nullable SemanticVersion to) {
        RegisteredModel model = model(name);
        SemanticVersion previous = model.aliases().get(Alias.PREVIOUS);
        SemanticVersion target = to == null ? previous : to;
        if (target == null) {
            throw new RegistryException(
                    "nothing was in production of %s before what is; name a version with --to"
                            .formatted(name));
        }
        ModelVersion version = version(model, target);
        if (target.equals(model.aliases().get(Alias.PRODUCTION))) {
            throw new RegistryException(
                    "%s is in production; name another version with --to".formatted(version.id()));
        }
        if (!target.equals(previous) && !audit(name).wasEver(Alias.PRODUCTION, target)) {
            throw new RegistryException(
                    "%s was never in production; promote it instead".formatted(version.id()));
        }
        return version;
    }

    /**
     * Lets production name a version that was there before; {@link Alias#PREVIOUS} then names what
     * it named until now, so that this can be taken back by the same.
     *
     * @param to as {@link #rollbackTarget} takes it
     */
    public AuditEntry rollBack(String name, @Nullable SemanticVersion to, Change change) {
        return moves.move(
                name,
                AuditAction.ROLLED_BACK,
                Alias.PRODUCTION,
                rollbackTarget(name, to).version(),
                change);
    }

    /**
     * Writes down that somebody has moved an alias past the audit, so that the audit says again
     * what the alias names.
     *
     * @return empty where the audit says so already
     */
    public Optional<AuditEntry> recordSeen(String model, Alias alias, Change change) {
        SemanticVersion seen = unaudited(model).get(alias);
        return seen == null
                ? Optional.empty()
                : Optional.of(moves.move(model, AuditAction.SEEN, alias, seen, change));
    }

    /**
     * Ends a move of {@link Alias#PRODUCTION} whose mover was cut off between its entry and the
     * alias: the alias then names what the audit says, with no entry more. An alias that somebody
     * has moved past the audit stays where it is.
     *
     * @return whether there was such a move
     */
    public boolean finishMove(String model) {
        return moves.finish(VersionName.requireModel(model));
    }

    /**
     * Writes down a decision about a model, by which alone no alias moves. Of one that is written
     * again there is one entry.
     *
     * @param id of the decision
     * @param at when it was made
     * @param version that it is about; null where it is about none
     */
    public void recordDecision(
            String model, String id, Instant at, @Nullable SemanticVersion version, Change change) {
        home.append(
                new AuditEntry(
                        id,
                        at,
                        change.by(),
                        VersionName.requireModel(model),
                        AuditAction.DECIDED,
                        null,
                        null,
                        version,
                        change.reason()));
    }

    /** Every change of a model's aliases, and every decision about it. */
    public AuditLog audit(String model) {
        return AuditLog.of(home.audit(VersionName.requireModel(model)));
    }

    /**
     * Aliases that name another version than the audit says: somebody has moved them past it, was
     * cut off between the two, or is just between them, so that who wants to be sure looks twice.
     */
    public Map<Alias, SemanticVersion> unaudited(String model) {
        Map<Alias, SemanticVersion> audited = audit(model).now();
        Map<Alias, SemanticVersion> differ = new EnumMap<>(Alias.class);
        new TreeMap<>(home.aliases(model))
                .forEach(
                        (alias, version) -> {
                            if (!version.equals(audited.get(alias))) {
                                differ.put(alias, version);
                            }
                        });
        return differ;
    }
}
