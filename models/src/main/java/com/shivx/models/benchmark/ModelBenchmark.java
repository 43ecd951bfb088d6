package com.shivx.models.benchmark;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Measures models side by side on one thread, as the scoring operator calls them. At each number of
 * rows they take turns, so that what the machine does meanwhile falls on all of them.
 *
 * @param rows the numbers of rows that are scored at once, each 1 or more
 * @param measured how long each model is measured at each of them, warm-up apart
 * @param nanoClock the time, as {@link System#nanoTime()} tells it
 */
public record ModelBenchmark(List<Integer> rows, Duration measured, LongSupplier nanoClock) {

    /** Numbers of rows from a lone one to a large batch. */
    public static final List<Integer> USUAL_ROWS = List.of(1, 2, 8, 32, 128, 512);

    private static final int TURNS = 3;

    /** Before the first turn a model runs as long as it is measured, for the JIT compiler. */
    private static final int LATER_WARM_UPS = 10;

    public ModelBenchmark {
        rows = List.copyOf(rows);
        if (rows.isEmpty() || rows.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("rows at once are " + rows + ", expected 1 or more");
        }
        if (measured.isNegative() || measured.isZero()) {
            throw new IllegalArgumentException("measured for " + measured + ", expected above 0");
        }
    }

    /**
     * A model that takes part.
     *
     * @param name in the results
     * @param samples rows of its columns, in its order, one or more; scored again and again
     */
    public record Entrant(String name, ModelArtifact artifact, List<float[]> samples) {

        public Entrant {
            if (samples.isEmpty()) {
                throw new IllegalArgumentException("no sample rows for " + name);
            }
        }
    }

    /**
     * Measures them.
     *
     * @param progress is told what is measured next
     * @throws ModelRefusedException if one does not load
     */
    public List<ModelSpeed> run(List<Entrant> entrants, Consumer<String> progress)
            throws ModelRefusedException {
        List<Candidate> candidates = new ArrayList<>();
        try {
            for (Entrant entrant : entrants) {
                progress.accept("loading " + entrant.name());
                candidates.add(load(entrant));
            }
            for (int count : rows) {
                progress.accept("%d rows at once".formatted(count));
                measure(candidates, count);
            }
            return candidates.stream().map(Candidate::speed).toList();
        } finally {
            candidates.forEach(Candidate::close);
        }
    }

    private Candidate load(Entrant entrant) throws ModelRefusedException {
        int most = rows.stream().mapToInt(Integer::intValue).max().orElseThrow();
        long start = nanoClock.getAsLong();
        OnnxModel model = ModelLoader.DEFAULT.upTo(most).load(entrant.artifact());
        return new Candidate(entrant, model, nanoClock.getAsLong() - start);
    }

    private void measure(List<Candidate> candidates, int count) {
        List<CallTimes> times = candidates.stream().map(candidate -> new CallTimes()).toList();
        for (int turn = 0; turn < TURNS; turn++) {
            for (int i = 0; i < candidates.size(); i++) {
                long turnNanos = measured.toNanos() / TURNS;
                try (Loop loop = candidates.get(i).loop(count)) {
                    long warmUp = turn == 0 ? measured.toNanos() : turnNanos / LATER_WARM_UPS;
                    loop.run(warmUp, new CallTimes());
                    loop.run(turnNanos, times.get(i));
                }
            }
        }
        for (int i = 0; i < candidates.size(); i++) {
            candidates.get(i).add(count, times.get(i));
        }
    }

    /** A model that is loaded, and what is known of it. */
    private final class Candidate {

        private final Entrant entrant;
        private final OnnxModel model;
        private final long loadNanos;
        private final float[][] vectors;
        private final List<BatchSpeed> batches = new ArrayList<>();

        Candidate(Entrant entrant, OnnxModel model, long loadNanos) {
            this.entrant = entrant;
            this.model = model;
            this.loadNanos = loadNanos;
            this.vectors = entrant.samples().stream().map(model::vector).toArray(float[][]::new);
        }

        Loop loop(int count) {
            return new Loop(
                    model.newScorer(callRows(count)),
                    IntStream.range(0, count)
                            .mapToObj(i -> vectors[i % vectors.length])
                            .toArray(float[][]::new));
        }

        /** The smallest size that holds them, or the largest there is. */
        int callRows(int count) {
            int[] sizes = model.batchSizes();
            return Arrays.stream(sizes)
                    .filter(size -> size >= count)
                    .findFirst()
                    .orElse(sizes[sizes.length - 1]);
        }

        void add(int count, CallTimes times) {
            batches.add(
                    new BatchSpeed(
                            count,
                            callRows(count),
                            times.count(),
                            1e9 * count * times.count() / Math.max(1, times.sumNanos()),
                            times.quantileNanos(0.5),
                            times.quantileNanos(0.99)));
        }

        ModelSpeed speed() {
            return new ModelSpeed(
                    entrant.name(), entrant.artifact().bytes().length, loadNanos, batches);
        }

        void close() {
            model.close();
        }
    }

    /** The same rows, over and over. */
    private final class Loop implements AutoCloseable {

        private final BatchScorer scorer;
        private final float[][] vectors;

        Loop(BatchScorer scorer, float[][] vectors) {
            this.scorer = scorer;
            this.vectors = vectors;
        }

        /** Until the time is up, and once at least. */
        void run(long nanos, CallTimes times) {
            long start = nanoClock.getAsLong();
            long before = start;
            do {
                scorer.score(vectors);
                long after = nanoClock.getAsLong();
                times.add(after - before);
                before = after;
            } while (before - start < nanos);
        }

        @Override
        public void close() {
            scorer.close();
        }
    }
}
