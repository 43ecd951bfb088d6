package com.shivx.models.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.registry.VersionComparison.Subject;
import com.shivx.models.testing.DirectionModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a registry promises, wherever its home is. */
public abstract class RegistryContract {

    private static final int THREADS = 8;

    protected final SettableClock clock = new SettableClock();

    /** A model line of this test alone. */
    protected String model;

    protected ModelRegistry registry;

    @TempDir protected Path folder;

    /** The home as another process would open it. */
    protected abstract RegistryHome home();

    /** Changes the bytes of a version's file behind the registry's back. */
    protected abstract void tamper(ModelVersion version, ArtifactFile file) throws Exception;

    /** Leaves what a registration leaves that is killed before it is through. */
    protected abstract void leaveHalfWritten(NewVersion version) throws Exception;

    @BeforeEach
    void open(TestInfo test) {
        model = test.getTestMethod().orElseThrow().getName();
        registry = open();
    }

    protected ModelRegistry open() {
        return new ModelRegistry(home(), clock, new ModelLoader(2, Duration.ofSeconds(10)));
    }

    @Test
    protected void registersAVersionWithAllThatBelongsToIt() throws Exception {
        Registration whole = Candidates.whole(model, "1.0.0", 0.5);
        ModelVersion made = registry.register(whole);

        assertThat(made.id()).isEqualTo(model + "@1.0.0");
        assertThat(registry.models()).contains(model);
        ModelVersion found = open().resolve(VersionName.parse(model + "@1.0.0"));
        assertThat(found).isEqualTo(made);
        assertThat(found.createdBy()).isEqualTo("ada");
        assertThat(found.comment()).isEqualTo("for a test");
        VersionFiles files = open().files(found);
        assertThat(files.bytes()).containsOnlyKeys(ArtifactFile.values());
        assertThat(files.get(ArtifactFile.MODEL)).isEqualTo(whole.artifact().bytes());
        assertThat(ProvenanceJson.read(files.get(ArtifactFile.PROVENANCE)))
                .isEqualTo(Candidates.provenance());
        ModelArtifact read =
                ModelArtifact.of(
                        files.get(ArtifactFile.MODEL),
                        whole.artifact().sha256(),
                        files.get(ArtifactFile.SIGNATURE));
        assertThat(read.contract()).isEqualTo(whole.artifact().contract());
    }

    @Test
    protected void givesNoVersionTwice() throws Exception {
        registry.register(Candidates.of(model, "1.0.0"));
        assertThatThrownBy(() -> open().register(Candidates.whole(model, "1.0.0", 0.1)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(model + "@1.0.0 is there already")
                .hasMessageContaining("--bump");
        assertThat(registry.model(model).versions()).hasSize(1);
        assertThat(registry.audit(model).entries()).hasSize(1);
    }

    @Test
    protected void raisesTheHighestVersion() throws Exception {
        assertThat(registry.register(Candidates.bumped(model, Bump.MINOR)).version())
                .hasToString("0.1.0");
        registry.register(Candidates.of(model, "1.9.0"));
        registry.register(Candidates.of(model, "1.10.0"));
        registry.register(Candidates.of(model, "1.2.0"));
        ModelVersion raised = registry.register(Candidates.bumped(model, Bump.PATCH));
        assertThat(raised.version()).hasToString("1.10.1");
        assertThat(registry.register(Candidates.bumped(model, Bump.MAJOR)).version())
                .hasToString("2.0.0");
        assertThat(registry.model(model).versions())
                .extracting(v -> v.version().toString())
                .containsExactly("0.1.0", "1.2.0", "1.9.0", "1.10.0", "1.10.1", "2.0.0");
        assertThat(registry.model(model).aliases())
                .containsEntry(Alias.DEV, SemanticVersion.parse("2.0.0"));
        assertThat(
                        new String(
                                registry.files(raised).get(ArtifactFile.SIGNATURE),
                                StandardCharsets.UTF_8))
                .contains("\"1.10.1\"");
    }

    @Test
    protected void losesAndDoublesNoVersionOfEightThreads() throws Exception {
        List<ModelVersion> made =
                atOnce(i -> open().register(Candidates.bumped(model, Bump.PATCH)));
        assertThat(made)
                .extracting(v -> v.version().toString())
                .containsExactlyInAnyOrder(
                        IntStream.rangeClosed(1, THREADS)
                                .mapToObj(i -> "0.0." + i)
                                .toArray(String[]::new));
        RegisteredModel found = registry.model(model);
        assertThat(found.versions()).containsExactlyInAnyOrderElementsOf(made);
        for (ModelVersion version : found.versions()) {
            assertThat(registry.files(version).bytes()).hasSize(2);
        }
        assertThat(registry.audit(model).entries()).hasSize(THREADS);
        assertThat(registry.unaudited(model)).isEmpty();
        assertThat(registry.problems()).noneMatch(line -> line.contains(model));
    }

    @Test
    protected void letsOneOfEightThreadsHaveAVersion() throws Exception {
        List<String> outcomes =
                atOnce(
                        i -> {
                            try {
                                registry.register(Candidates.whole(model, "1.0.0", i));
                                return "registered";
                            } catch (RegistryException e) {
                                return e.getMessage().contains("is there already")
                                        ? "refused"
                                        : e.getMessage();
                            }
                        });
        assertThat(outcomes).containsOnlyOnce("registered");
        assertThat(outcomes).filteredOn("refused"::equals).hasSize(THREADS - 1);
        assertThat(registry.model(model).versions()).hasSize(1);
        registry.files(registry.resolve(VersionName.parse(model + "@1.0.0")));
    }

    @Test
    protected void takesAVersionByStagingToProduction() throws Exception {
        ModelVersion first = registry.register(Candidates.of(model, "1.0.0"));
        assertThatThrownBy(
                        () -> registry.promote(first, Alias.PRODUCTION, false, Candidates.CHANGE))
                .hasMessageContaining("is not in staging, where nothing is")
                .hasMessageContaining("--force");
        assertThatThrownBy(
                        () ->
                                registry.promote(
                                        first, Alias.PRODUCTION, true, new Change("ada", " ")))
                .hasMessageContaining("needs a reason");
        assertThat(registry.promote(first, Alias.STAGING, false, Candidates.CHANGE)).isPresent();
        assertThat(registry.promote(first, Alias.STAGING, false, Candidates.CHANGE)).isEmpty();
        registry.promote(first, Alias.PRODUCTION, false, Candidates.CHANGE);
        assertThat(registry.model(model).aliases()).doesNotContainKey(Alias.PREVIOUS);

        ModelVersion second = registry.register(Candidates.of(model, "2.0.0"));
        registry.promote(second, Alias.PRODUCTION, true, new Change("ada", "the first is broken"));
        assertThat(open().model(model).aliases())
                .containsEntry(Alias.DEV, second.version())
                .containsEntry(Alias.STAGING, first.version())
                .containsEntry(Alias.PRODUCTION, second.version())
                .containsEntry(Alias.PREVIOUS, first.version());
        assertThat(registry.resolve(VersionName.parse("models:/" + model + "@previous")))
                .isEqualTo(first);
        assertThat(registry.audit(model).entries())
                .extracting(AuditEntry::action)
                .containsExactly(
                        AuditAction.REGISTERED,
                        AuditAction.PROMOTED,
                        AuditAction.PROMOTED,
                        AuditAction.REGISTERED,
                        AuditAction.FORCED);
        assertThatThrownBy(() -> registry.promote(first, Alias.DEV, false, Candidates.CHANGE))
                .hasMessageContaining("nothing is promoted to dev");
    }

    @Test
    protected void goesBackToWhatWasInProduction() throws Exception {
        List<ModelVersion> versions = inProductionOneAfterTheOther("1.0.0", "2.0.0", "3.0.0");
        registry.register(Candidates.of(model, "4.0.0"));

        registry.rollBack(model, null, Candidates.CHANGE);
        assertThat(registry.model(model).aliases())
                .containsEntry(Alias.PRODUCTION, versions.get(1).version())
                .containsEntry(Alias.PREVIOUS, versions.get(2).version());
        registry.rollBack(model, versions.get(0).version(), Candidates.CHANGE);
        assertThat(registry.model(model).aliases())
                .containsEntry(Alias.PRODUCTION, versions.get(0).version())
                .containsEntry(Alias.PREVIOUS, versions.get(1).version());

        assertThatThrownBy(
                        () ->
                                registry.rollBack(
                                        model, SemanticVersion.parse("4.0.0"), Candidates.CHANGE))
                .hasMessageContaining("was never in production");
        assertThatThrownBy(
                        () ->
                                registry.rollBack(
                                        model, SemanticVersion.parse("1.0.0"), Candidates.CHANGE))
                .hasMessageContaining("is in production");
        assertThatThrownBy(
                        () ->
                                registry.rollBack(
                                        model, SemanticVersion.parse("9.0.0"), Candidates.CHANGE))
                .hasMessageContaining("has no version 9.0.0");
    }

    @Test
    protected void knowsWhatWasInProductionAtAnyTime() throws Exception {
        Instant before = clock.instant();
        inProductionOneAfterTheOther("1.0.0", "2.0.0");
        Instant second = clock.instant();
        clock.pass(Duration.ofHours(1));
        registry.rollBack(model, null, new Change("grace", "it loses money"));

        AuditLog audit = open().audit(model);
        assertThat(audit.at(before.minusNanos(1))).isEmpty();
        assertThat(audit.at(second)).containsEntry(Alias.PRODUCTION, version("2.0.0"));
        assertThat(audit.at(second.minus(Duration.ofMinutes(1))))
                .containsEntry(Alias.PRODUCTION, version("1.0.0"));
        assertThat(audit.now())
                .containsEntry(Alias.PRODUCTION, version("1.0.0"))
                .containsEntry(Alias.PREVIOUS, version("2.0.0"));
        assertThat(audit.lastOf(Alias.PRODUCTION, Instant.MAX).orElseThrow())
                .returns("grace", AuditEntry::by)
                .returns("it loses money", AuditEntry::reason)
                .returns(AuditAction.ROLLED_BACK, AuditEntry::action)
                .returns(version("2.0.0"), AuditEntry::from)
                .returns(clock.instant(), AuditEntry::at);
        assertThat(audit.isBrokenAfter(Alias.PRODUCTION, second)).isFalse();
    }

    @Test
    protected void writesADecisionDownOnceAndMovesNothingByIt() throws Exception {
        ModelVersion version = registry.register(Candidates.of(model, "1.0.0"));
        Instant late = clock.instant().plus(Duration.ofDays(365));
        for (int i = 0; i < 2; i++) {
            open().recordDecision(model, "d1", late, version.version(), Candidates.CHANGE);
        }
        open().recordDecision(model, "d2", late.plusSeconds(1), null, Candidates.CHANGE);

        AuditLog log = open().audit(model);
        assertThat(log.entries())
                .extracting(AuditEntry::action, AuditEntry::to, AuditEntry::alias)
                .containsExactly(
                        tuple(AuditAction.REGISTERED, version.version(), Alias.DEV),
                        tuple(AuditAction.DECIDED, version.version(), null),
                        tuple(AuditAction.DECIDED, null, null));
        assertThat(log.now()).containsOnlyKeys(Alias.DEV);
        assertThat(registry.unaudited(model)).isEmpty();
        // However late a decision says that it was made, the next change has its own time.
        AuditEntry promoted =
                registry.promote(version, Alias.STAGING, false, Candidates.CHANGE).orElseThrow();
        assertThat(promoted.at()).isBefore(late);
        assertThat(registry.model(model).aliases()).containsKey(Alias.STAGING);
    }

    @Test
    protected void noticesAnAliasThatWasMovedPastTheAudit() throws Exception {
        inProductionOneAfterTheOther("1.0.0", "2.0.0");
        assertThat(registry.unaudited(model)).isEmpty();
        Instant between = clock.instant();
        home().setAlias(
                        model,
                        Alias.PRODUCTION,
                        registry.resolve(VersionName.parse(model + "@1.0.0")));
        assertThat(registry.unaudited(model)).isEqualTo(Map.of(Alias.PRODUCTION, version("1.0.0")));

        clock.pass(Duration.ofMinutes(1));
        ModelVersion third = registry.register(Candidates.of(model, "3.0.0"));
        registry.promote(third, Alias.PRODUCTION, true, Candidates.CHANGE);
        assertThat(registry.unaudited(model)).isEmpty();
        assertThat(registry.audit(model).isBrokenAfter(Alias.PRODUCTION, between)).isTrue();
    }

    /** Killed after its entry, and after the first of the two aliases. */
    @Test
    protected void endsAMoveThatWasCutOff() throws Exception {
        List<ModelVersion> versions = inProductionOneAfterTheOther("1.0.0", "2.0.0");
        ModelVersion third = registry.register(Candidates.of(model, "3.0.0"));
        assertThat(registry.finishMove(model)).isFalse();
        for (int writes = 1; writes <= 2; writes++) {
            ModelVersion to = writes == 1 ? third : versions.get(0);
            ModelRegistry killed =
                    new ModelRegistry(new MortalHome(home(), writes), clock, ModelLoader.DEFAULT);
            assertThatThrownBy(
                            () ->
                                    killed.move(
                                            to,
                                            AuditAction.DEPLOYED,
                                            Alias.PRODUCTION,
                                            Candidates.CHANGE))
                    .isInstanceOf(MortalHome.Killed.class);
            int entries = registry.audit(model).entries().size();

            assertThat(open().finishMove(model)).isTrue();
            assertThat(registry.model(model).aliases())
                    .containsEntry(Alias.PRODUCTION, to.version())
                    .containsEntry(
                            Alias.PREVIOUS,
                            writes == 1 ? versions.get(1).version() : third.version());
            assertThat(registry.audit(model).entries()).hasSize(entries);
            assertThat(open().finishMove(model)).isFalse();
        }

        // Back to where the last entry has found it, by somebody who writes no entries.
        home().setAlias(model, Alias.PRODUCTION, third);
        assertThat(registry.finishMove(model)).isFalse();
        assertThat(registry.model(model).aliases())
                .containsEntry(Alias.PRODUCTION, third.version());
    }

    @Test
    protected void endsWithTheSameProductionForAllOfEightThreads() throws Exception {
        List<ModelVersion> versions = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            versions.add(registry.register(Candidates.of(model, "1.0." + i)));
        }
        atOnce(
                i -> {
                    try {
                        return open().promote(
                                        versions.get(i), Alias.PRODUCTION, true, Candidates.CHANGE)
                                .isPresent();
                    } catch (RegistryException e) {
                        assertThat(e).hasMessageContaining("at the same time");
                        return false;
                    }
                });
        AuditLog audit = registry.audit(model);
        assertThat(audit.entries()).hasSize(2 * THREADS);
        assertThat(registry.model(model).aliases()).isEqualTo(audit.now());
    }

    @Test
    protected void comparesTwoVersions() throws Exception {
        ModelVersion first = registry.register(Candidates.whole(model, "1.0.0", 0.5));
        ModelVersion second = registry.register(Candidates.whole(model, "1.1.0", 0.75));
        VersionComparison comparison =
                VersionComparison.of(
                        new VersionComparison.Side(registry.files(first), 1.5),
                        new VersionComparison.Side(registry.files(second), null));
        assertThat(comparison.rows())
                .contains(
                        new VersionComparison.Row(
                                Subject.METRIC, "validation.accuracy", "0.5", "0.75", 0.25),
                        new VersionComparison.Row(
                                Subject.FEATURE, "log_return_10s", "2", "2", null),
                        new VersionComparison.Row(
                                Subject.PROVENANCE, "parameters.num_leaves", "31", "31", 0.0),
                        new VersionComparison.Row(
                                Subject.SPEED, "microsPerRow", "1.500", null, null));
        assertThat(comparison.rows())
                .filteredOn(row -> !row.isEqual())
                .extracting(VersionComparison.Row::name)
                .containsExactly("sha256", "version", "validation.accuracy", "microsPerRow");
    }

    @Test
    protected void refusesBadArtifactsAndKeepsNothingOfThem() throws Exception {
        byte[] corrupt = DirectionModels.corrupt(Candidates.artifact(model, "1.0.0").bytes());
        ModelArtifact bad = new ModelArtifact(corrupt, "ab".repeat(32), contract("1.0.0"));
        assertThatThrownBy(() -> registry.register(registration(bad, Map.of())))
                .isInstanceOf(ModelRefusedException.class);
        assertThatThrownBy(
                        () ->
                                registry.register(
                                        registration(
                                                ModelArtifact.of(
                                                        DirectionModels.notANumber("1.0.0"),
                                                        contract("1.0.0")),
                                                Map.of())))
                .isInstanceOf(ModelRefusedException.class);
        ModelArtifact good = Candidates.artifact(model, "1.0.0");
        assertThatThrownBy(
                        () ->
                                registry.register(
                                        registration(
                                                good,
                                                Map.of(
                                                        ArtifactFile.METRICS,
                                                        Candidates.bytes("[1]")))))
                .hasMessageContaining("metrics.json holds no JSON object");
        assertThatThrownBy(
                        () ->
                                registry.register(
                                        registration(
                                                good, Map.of(ArtifactFile.REFERENCE, new byte[0]))))
                .hasMessageContaining("reference.json has 0 bytes");
        byte[] large = new byte[(int) ArtifactFile.PROVENANCE.maxBytes() + 1];
        assertThatThrownBy(
                        () ->
                                registry.register(
                                        registration(good, Map.of(ArtifactFile.PROVENANCE, large))))
                .hasMessageContaining("provenance.json has " + large.length + " bytes");
        assertThat(registry.models()).doesNotContain(model);
        assertThat(registry.audit(model).entries()).isEmpty();
    }

    /** A file that says itself which version it is can be no other. */
    @Test
    protected void refusesAFileThatSaysItIsAnotherVersion() throws Exception {
        ModelArtifact says = ModelArtifact.of(DirectionModels.constant("1.0.0", 0.5f));
        assertThatThrownBy(
                        () ->
                                registry.register(
                                        new Registration(
                                                says, Bump.MINOR, Map.of(), Candidates.CHANGE)))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("version is");
    }

    @Test
    protected void refusesNamesThatLeadElsewhere() {
        for (String name :
                List.of(
                        "..",
                        "../x",
                        "a/b",
                        "/etc",
                        "",
                        ".hidden",
                        "a\\b",
                        "a b",
                        "x".repeat(129))) {
            assertThatThrownBy(() -> registry.model(name))
                    .as(name)
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("model name");
            assertThatThrownBy(() -> registry.audit(name)).hasMessageContaining("model name");
        }
        assertThatThrownBy(() -> registry.model(model))
                .hasMessageContaining("there is no model '" + model + "'");
    }

    @Test
    protected void downloadsIntoAFolderOfItsOwn() throws Exception {
        ModelVersion version = registry.register(Candidates.whole(model, "1.0.0", 0.5));
        Path target = folder.resolve("deep/in/here");
        registry.download(version, target);
        assertThat(target.toFile().list())
                .containsExactlyInAnyOrder(
                        "model.onnx",
                        "signature.json",
                        "reference.json",
                        "metrics.json",
                        "importance.json",
                        "provenance.json");
        assertThat(target.getParent().toFile().list()).containsExactly("here");
        assertThatThrownBy(() -> registry.download(version, target))
                .hasMessageContaining("not an empty folder");
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertThatThrownBy(() -> registry.download(version, file))
                .hasMessageContaining("not an empty folder");
        assertThat(file).hasContent("mine");
    }

    @Test
    protected void refusesADownloadOfOtherBytes() throws Exception {
        ModelVersion version = registry.register(Candidates.whole(model, "1.0.0", 0.5));
        tamper(version, ArtifactFile.METRICS);
        Path target = folder.resolve("here");
        assertThatThrownBy(() -> open().download(version, target))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("metrics.json of " + model + "@1.0.0")
                .hasMessageContaining("has checksum");
        assertThat(target).doesNotExist();
    }

    @Test
    protected void takesNoHeedOfARegistrationThatWasCutOff() throws Exception {
        ModelArtifact artifact = Candidates.artifact(model, "1.0.0");
        leaveHalfWritten(
                new NewVersion(
                        model,
                        version("1.0.0"),
                        VersionFiles.of(artifact, Map.of()),
                        clock.instant(),
                        "ada",
                        ""));
        assertThat(registry.models()).doesNotContain(model);
        ModelVersion made = registry.register(Candidates.of(model, "1.0.1"));
        assertThat(registry.model(model).versions()).containsExactly(made);
    }

    protected List<ModelVersion> inProductionOneAfterTheOther(String... versions) throws Exception {
        List<ModelVersion> made = new ArrayList<>();
        for (String each : versions) {
            clock.pass(Duration.ofHours(1));
            ModelVersion version = registry.register(Candidates.of(model, each));
            registry.promote(version, Alias.STAGING, false, Candidates.CHANGE);
            clock.pass(Duration.ofHours(1));
            registry.promote(version, Alias.PRODUCTION, false, Candidates.CHANGE);
            made.add(version);
        }
        return made;
    }

    private ModelContract contract(String version) {
        return Candidates.artifact(model, version).contract();
    }

    private static Registration registration(
            ModelArtifact artifact, Map<ArtifactFile, byte[]> more) {
        return new Registration(artifact, null, more, Candidates.CHANGE);
    }

    protected static SemanticVersion version(String text) {
        return SemanticVersion.parse(text);
    }

    /** What each thread does. */
    @FunctionalInterface
    protected interface Work<T> {
        T of(int thread) throws Exception;
    }

    /** Lets eight threads begin at the same moment. */
    protected static <T> List<T> atOnce(Work<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                calls.add(
                        () -> {
                            start.await();
                            return work.of(thread);
                        });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
