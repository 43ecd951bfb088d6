package com.shivx.models.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.shivx.models.Action;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.Task;
import com.shivx.models.testing.BadGraphs;
import com.shivx.models.testing.Graphs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing of ONNX Runtime has a finalizer: what is not closed stays for ever. */
class NativeMemoryTest {

    private static final Path RESIDENT = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4096;

    /** In a JVM of its own, whose heap is resident from the start: what grows there is native. */
    @Test
    void loadsScoresRefusesAndClosesWithoutGrowing() throws Exception {
        assumeTrue(Files.exists(RESIDENT), "SKIPPED: no " + RESIDENT + " on this system");
        ProcessBuilder jvm =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        NativeMemoryTest.class.getName());
        jvm.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        jvm.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = jvm.redirectErrorStream(true).start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            assertThat(process.waitFor()).as(printed).isZero();
            long[] growth =
                    Stream.of(printed.split(" ")).mapToLong(Long::parseLong).sorted().toArray();
            // A session of this graph takes 0.25 to 1 MB: a hundred, kept, are 25 MB in every
            // round.
            assertThat(growth[growth.length / 2]).as("median of %s", printed).isLessThan(12L << 20);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Prints by how many bytes each round of a hundred models has grown it. The compiler takes and
     * gives back memory in some of them; a leak shows in all.
     */
    public static void main(String[] arguments) throws Exception {
        byte[] wide = Graphs.softmax(2000).toBytes();
        loadAndClose(wide, 100);
        List<String> growth = new ArrayList<>();
        for (int round = 0; round < 7; round++) {
            long before = resident();
            loadAndClose(wide, 100);
            growth.add(Long.toString(resident() - before));
        }
        System.out.println(String.join(" ", growth));
    }

    private static void loadAndClose(byte[] bytes, int times) throws Exception {
        ModelArtifact good = artifact(bytes, 2000);
        byte[] nan = BadGraphs.nan();
        ModelArtifact bad = artifact(nan, 3);
        ModelLoader loader = new ModelLoader(16, Duration.ofSeconds(10));
        for (int i = 0; i < times; i++) {
            try (OnnxModel model = loader.load(good);
                    BatchScorer scorer = model.newScorer(16)) {
                scorer.score(new float[2000]);
            }
            try {
                loader.load(bad).close();
            } catch (ModelRefusedException refused) {
                continue;
            }
            throw new AssertionError("a model of NaN was loaded");
        }
        System.gc();
    }

    private static ModelArtifact artifact(byte[] bytes, int columns) {
        List<String> names = IntStream.range(0, columns).mapToObj(i -> "c" + i).toList();
        ModelContract contract =
                new ModelContract(
                        "m",
                        "1.0.0",
                        Task.CLASSIFICATION,
                        null,
                        null,
                        names,
                        List.of("DOWN", "FLAT", "UP"),
                        List.of(Action.SELL, Action.HOLD, Action.BUY),
                        null,
                        false);
        return ModelArtifact.of(bytes, contract);
    }

    private static long resident() throws Exception {
        return Long.parseLong(Files.readString(RESIDENT).split(" ")[1]) * PAGE_BYTES;
    }
}
