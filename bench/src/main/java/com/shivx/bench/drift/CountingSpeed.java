package com.shivx.bench.drift;

import com.shivx.bench.Progress;
import com.shivx.drift.live.DriftJudge;
import com.shivx.drift.live.DriftMemory;
import com.shivx.drift.live.DriftRules;
import com.shivx.drift.live.LiveReference;
import com.shivx.drift.live.RowBlock;
import com.shivx.drift.live.WindowCounts;
import com.shivx.drift.live.WindowReport;
import com.shivx.drift.reference.ReferenceMeasurement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * PSI and KS of 32 columns against a reference: rows that are there already are counted by two
 * threads, as two subtasks would, the counts added up and judged.
 */
final class CountingSpeed {

    static final int COLUMNS = 32;
    static final int THREADS = 2;

    private static final int SYMBOLS = 12;
    private static final int REFERENCE_ROWS = 31_000;
    private static final int CHUNK_ROWS = 1_000;
    private static final int WARM_UPS = 2;

    private static final DriftJudge JUDGE = new DriftJudge(DriftRules.SHIPPED);

    private final LiveReference reference;
    private final float[] values;
    private final int rows;

    CountingSpeed(int rows, SplittableRandom random) {
        this.rows = rows;
        this.reference = reference(random);
        this.values = new float[rows * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
    }

    /**
     * A pass over all rows.
     *
     * @param countingSeconds of counting alone
     * @param seconds with adding up and judging
     */
    record Pass(double countingSeconds, double seconds) {}

    /** Passes over the rows, after some that only warm up. */
    List<Pass> passes(int repeats, Progress progress)
            throws InterruptedException, ExecutionException {
        List<Pass> passes = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int i = -WARM_UPS; i < repeats; i++) {
                progress.now("counting %,d rows of %d values".formatted(rows, COLUMNS));
                Pass pass = pass(threads);
                if (i >= 0) {
                    passes.add(pass);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return passes;
    }

    private Pass pass(ExecutorService threads) throws InterruptedException, ExecutionException {
        long started = System.nanoTime();
        List<Callable<WindowCounts>> parts =
                IntStream.range(0, THREADS)
                        .<Callable<WindowCounts>>mapToObj(
                                thread -> () -> count(part(thread), part(thread + 1)))
                        .toList();
        WindowCounts all = new WindowCounts();
        List<Future<WindowCounts>> counted = threads.invokeAll(parts);
        long after = System.nanoTime();
        for (Future<WindowCounts> part : counted) {
            all.add(part.get());
        }
        WindowReport report = JUDGE.judge(reference, all, DriftMemory.empty()).report();
        long ended = System.nanoTime();
        if (report.rows() != rows || report.columns().stream().anyMatch(c -> !(c.psi() >= 0))) {
            throw new IllegalStateException("what was counted is not all rows: " + report);
        }
        return new Pass((after - started) / 1e9, (ended - started) / 1e9);
    }

    private int part(int thread) {
        return (int) ((long) rows * thread / THREADS);
    }

    private WindowCounts count(int from, int until) {
        WindowCounts counts = new WindowCounts();
        RowBlock rows = new RowBlock(reference, counts);
        double[] row = new double[COLUMNS];
        for (int i = from; i < until; i++) {
            for (int column = 0; column < COLUMNS; column++) {
                row[column] = values[i * COLUMNS + column];
            }
            rows.add(i % SYMBOLS, row, 0.5);
        }
        rows.count();
        return counts;
    }

    private static LiveReference reference(SplittableRandom random) {
        long[] times = new long[REFERENCE_ROWS];
        Arrays.setAll(times, i -> i);
        int[] symbols = new int[REFERENCE_ROWS];
        Arrays.setAll(symbols, i -> i % SYMBOLS);
        ReferenceMeasurement measurement =
                new ReferenceMeasurement(
                        times,
                        symbols,
                        IntStream.range(0, SYMBOLS).mapToObj(i -> "symbol-" + i).toList(),
                        CHUNK_ROWS,
                        CHUNK_ROWS / 2);
        for (int column = 0; column < COLUMNS; column++) {
            double[] ofColumn = new double[REFERENCE_ROWS];
            // As vectors hold them.
            Arrays.setAll(ofColumn, i -> (float) random.nextGaussian());
            measurement.column("column-" + column, ofColumn);
        }
        return new LiveReference(measurement.profile(), Map.of());
    }
}
