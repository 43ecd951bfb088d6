package com.shivx.models.onnx;

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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nothing of ONNX Runtime has a finalizer: what is not closed stays for ever. */
class NativeMemoryTest {

    private static final Path RESIDENT = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4096;

    @Test
    void loadsScoresRefusesAndClosesWithoutGrowing() throws Exception {
        assumeTrue(Files.exists(RESIDENT), "SKIPPED: no " + RESIDENT + " on this system");
        byte[] wide = Graphs.softmax(2000).toBytes();
        loadAndClose(wide, 50);
        long before = resident();
        loadAndClose(wide, 200);
        // A session of this graph takes about 1 MB: 200 of them, kept, were 200 MB when measured.
        assertThat(resident() - before).isLessThan(64L << 20);
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
