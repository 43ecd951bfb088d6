package com.shivx.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.jobs.wire.TickJson;
import com.shivx.models.Role;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Made-up quotes of three symbols, one of them crossed, and what must become of them: by one thread
 * without Flink and Kafka.
 */
final class TestTape {

    static final List<String> SYMBOLS = List.of("A", "B", "C");

    /** A row that is no tick. */
    static final String BAD_ROW = "not a tick";

    /** The day of all of them. */
    static final String DATE = "2014-05-02";

    private static final long START_MICROS = 1_398_988_800_000_000L;
    private static final int CROSSED = 1_000;

    private final List<Tick> ticks = new ArrayList<>();
    private final Set<String> predictions = new TreeSet<>();
    private int notReady;
    private int setAside;
    private boolean scored;

    /** A tape on which each symbol ticks every 100 ms or so. */
    TestTape(int ticksPerSymbol) {
        Random random = new Random(11);
        double mid = 100;
        for (int i = 0; i < ticksPerSymbol * SYMBOLS.size(); i++) {
            mid *= 1 + 1e-4 * random.nextGaussian();
            double halfSpread = i == CROSSED ? -0.01 : 0.01 * (1 + random.nextInt(3));
            long micros = START_MICROS + i / SYMBOLS.size() * 100_000L + random.nextInt(90_000);
            ticks.add(
                    Tick.quote(
                            SYMBOLS.get(i % SYMBOLS.size()),
                            micros,
                            micros,
                            i / SYMBOLS.size(),
                            mid - halfSpread,
                            1 + random.nextInt(50),
                            mid + halfSpread,
                            1 + random.nextInt(50)));
        }
    }

    List<Tick> ticks() {
        return ticks;
    }

    /** What the predictions of all of them are, byte for byte. */
    Set<String> predictions() throws Exception {
        score();
        return predictions;
    }

    /** Vectors in which a feature is still warming up. */
    int notReady() throws Exception {
        score();
        return notReady;
    }

    int setAside() throws Exception {
        score();
        return setAside;
    }

    /** Writes a part of it as JSON lines, with a bad row in its midst. */
    Path write(Path file, int from, int to) throws IOException {
        TickJson json = new TickJson();
        List<String> lines = new ArrayList<>();
        for (Tick tick : ticks.subList(from, to)) {
            lines.add(new String(json.write(tick), UTF_8));
        }
        lines.add(lines.size() / 2, BAD_ROW);
        return Files.write(file, lines);
    }

    /** For whoever asks what must become of the ticks: it takes longer than to make them. */
    private void score() throws Exception {
        if (scored) {
            return;
        }
        scored = true;
        FeatureSet set = FeatureSets.byName("market-v1");
        SymbolFeatures kernel = new SymbolFeatures(set);
        Map<String, SymbolState> states = new HashMap<>();
        PredictionJson json = new PredictionJson();
        try (OnnxModel model = ModelLoader.DEFAULT.load(BaselineMomentum.artifact());
                BatchScorer scorer = model.newScorer(1)) {
            for (Tick tick : ticks) {
                FeatureVector vector =
                        kernel.onTick(
                                        tick,
                                        states.computeIfAbsent(tick.symbol(), s -> set.newState()))
                                .vector();
                if (vector == null) {
                    setAside++;
                } else if (vector.ready()) {
                    predictions.add(
                            new String(
                                    json.write(
                                            scorer.score(vector.values())
                                                    .prediction(0, vector, 0, Role.CHAMPION, true)),
                                    UTF_8));
                } else {
                    notReady++;
                }
            }
        }
        assertThat(predictions).hasSizeGreaterThan(100);
        assertThat(setAside).isEqualTo(1);
    }
}
