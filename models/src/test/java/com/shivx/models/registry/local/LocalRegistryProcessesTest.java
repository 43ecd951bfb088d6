package com.shivx.models.registry.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.Bump;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.Folders;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One folder, and several processes that register into it at once. */
class LocalRegistryProcessesTest {

    private static final String MODEL = "direction";
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration INTERVAL = Duration.ofNanos(200_000);
    private static final int SMALL = 1 << 10;

    /** So large that writing it takes a while, and that its writer is known by it. */
    private static final int LARGE = 8 << 20;

    /** Each beyond the first means that the writer had just finished when it was killed. */
    private static final int MAX_KILLS = 10;

    @TempDir private Path folder;

    private final Set<ModelVersion> whole = new HashSet<>();
    private Path root;
    private ModelRegistry registry;

    @Test
    void losesDoublesAndTearsNoVersionAlthoughOneIsKilledWhileItWrites() throws Exception {
        root = folder.resolve("registry");
        registry =
                new ModelRegistry(
                        new LocalHome(root), InstantSource.system(), new ModelLoader(2, DEADLINE));
        List<RegisteringProcess> killed = new ArrayList<>();
        try {
            killed.add(RegisteringProcess.start(root, MODEL, "slow", LARGE));
            // Alone at first: among faster ones it comes too late with every version.
            goesOn(killed.get(0), 1);
            othersGoOn(killed);
        } finally {
            killed.forEach(RegisteringProcess::close);
        }
    }

    private void othersGoOn(List<RegisteringProcess> killed) throws Exception {
        try (RegisteringProcess ada = RegisteringProcess.start(root, MODEL, "ada", SMALL);
                RegisteringProcess grace = RegisteringProcess.start(root, MODEL, "grace", SMALL)) {
            goesOn(ada, 1);
            goesOn(grace, 1);
            Path torn = killOneWhileItWrites(killed);
            goesOn(ada, 2);
            goesOn(grace, 2);
            ada.stop();
            grace.stop();

            areWhole();
            List<ModelVersion> versions = versions();
            assertThat(versions)
                    .as("none is left out, none is there twice")
                    .extracting(each -> each.version().toString())
                    .containsExactly(
                            IntStream.rangeClosed(1, versions.size())
                                    .mapToObj(i -> "0.0." + i)
                                    .toArray(String[]::new));
            for (RegisteringProcess each : List.of(ada, grace)) {
                assertThat(by(each)).isEqualTo(each.made());
                assertThat(audited(each)).isEqualTo(each.made());
            }
            for (RegisteringProcess each : killed) {
                // What it had no time to tell of.
                assertThat(by(each)).startsWith(each.made().toArray(String[]::new));
                assertThat(by(each).size() - each.made().size()).isBetween(0, 1);
            }
            assertThat(registry.unaudited(MODEL)).isEmpty();
            assertThat(registry.problems())
                    .as("all that the killed have left")
                    .allMatch(line -> line.contains("when its writer was cut off"))
                    .anyMatch(line -> line.contains(torn.getFileName().toString()));
            assertThat(registry.register(Candidates.bumped(MODEL, Bump.PATCH)).version())
                    .hasToString("0.0." + (versions.size() + 1));
        }
    }

    /** Returns what it leaves: a folder without all of its files. */
    private Path killOneWhileItWrites(List<RegisteringProcess> killed) throws Exception {
        for (int kills = 1; ; kills++) {
            RegisteringProcess victim = killed.get(kills - 1);
            AtomicReference<Path> writing = new AtomicReference<>();
            await(
                    victim,
                    () -> {
                        beingWritten().ifPresent(writing::set);
                        return writing.get() != null;
                    });
            victim.kill();
            if (Files.isDirectory(writing.get())) {
                return writing.get();
            }
            assertThat(kills).as("killed, and none while it wrote").isLessThan(MAX_KILLS);
            killed.add(RegisteringProcess.start(root, MODEL, "slow" + kills, LARGE));
        }
    }

    /** The folder in which a victim writes now. */
    private Optional<Path> beingWritten() {
        Path versions = root.resolve(MODEL).resolve("versions");
        return FolderNames.in(versions).stream()
                .filter(name -> name.startsWith(Folders.UNFINISHED))
                .map(versions::resolve)
                .filter(
                        path ->
                                path.resolve(ArtifactFile.REFERENCE.fileName()).toFile().length()
                                        > SMALL * 2)
                .findFirst();
    }

    /** Returns when a process has registered so many more; meanwhile none is torn. */
    private void goesOn(RegisteringProcess process, int more) throws Exception {
        int before = process.made().size();
        await(
                process,
                () -> {
                    areWhole();
                    return process.made().size() >= before + more;
                });
    }

    /** Every version that anyone can see has all its files, with the checksums that were told. */
    private void areWhole() {
        List<ModelVersion> seen = registry.models().isEmpty() ? List.of() : versions();
        for (ModelVersion version : seen) {
            if (whole.add(version)) {
                registry.files(version);
            }
        }
    }

    private List<ModelVersion> versions() {
        return registry.model(MODEL).versions();
    }

    private List<String> by(RegisteringProcess process) {
        return versions().stream()
                .filter(version -> version.createdBy().equals(process.name()))
                .map(version -> version.version().toString())
                .toList();
    }

    private List<String> audited(RegisteringProcess process) {
        return registry.audit(MODEL).entries().stream()
                .filter(entry -> entry.by().equals(process.name()))
                .map(AuditEntry::to)
                .map(Object::toString)
                .toList();
    }

    private static void await(RegisteringProcess process, Callable<Boolean> condition)
            throws Exception {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.call()) {
            process.mustRun();
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + process.name());
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }
}
