package com.shivx.bench.drift;

import com.shivx.drift.live.ColumnReport;
import com.shivx.drift.live.DriftJudge;
import com.shivx.drift.live.DriftMemory;
import com.shivx.drift.live.DriftRules;
import com.shivx.drift.live.LiveReference;
import com.shivx.drift.live.Verdict;
import com.shivx.drift.live.WindowCounts;
import com.shivx.drift.reference.ReferenceMeasurement;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

/**
 * One AR(1) feature by the product's own way: its reference of 30 chunks is measured, then come
 * windows in which nothing has changed, then some of another stretch of the same series, shifted.
 *
 * @param phi its autocorrelation
 * @param quietWindows how many
 */
record FeatureTrial(double phi, int quietWindows) {

    /** How far the shifted windows lie off, in standard deviations. */
    static final double SHIFT = 0.25;

    /** How many of them there are. */
    static final int SHIFTED_WINDOWS = 5;

    private static final int CHUNKS = 30;
    private static final int MIN_CHUNK_ROWS = 500;
    private static final String NAME = "feature";

    /** Two-sided 5 % of Kolmogorov's distribution. */
    private static final double TEXTBOOK = 1.3581;

    private static final DriftJudge JUDGE = new DriftJudge(DriftRules.SHIPPED);

    /**
     * What came of it.
     *
     * @param alerts quiet windows with an alert
     * @param beyond quiet windows beyond the threshold
     * @param textbook quiet windows in which the textbook's test finds a difference at 5 %
     * @param isFound whether the shift made an alert within its windows
     */
    record Outcome(BitSet alerts, BitSet beyond, BitSet textbook, boolean isFound) {}

    /** Rows of a window: {@code max(600, 400·(1+φ)/(1−φ))}, 400 effective ones. */
    int windowRows() {
        return (int) Math.max(600, Math.round(400 * (1 + phi) / (1 - phi)));
    }

    /** Makes a series of its own. */
    Outcome run(SplittableRandom random) {
        Autoregression series = new Autoregression(phi, random);
        LiveReference reference = reference(series);
        double critical =
                TEXTBOOK * Math.sqrt(1.0 / windowRows() + 1.0 / reference.profile().rows());
        BitSet alerts = new BitSet();
        BitSet beyond = new BitSet();
        BitSet textbook = new BitSet();
        DriftMemory memory = DriftMemory.empty();
        for (int window = 0; window < quietWindows; window++) {
            DriftJudge.Judged judged = window(reference, series, 0, memory);
            memory = judged.memory();
            ColumnReport report = judged.report().columns().get(0);
            alerts.set(window, report.verdict() == Verdict.ALERT);
            beyond.set(window, report.isBeyond());
            textbook.set(window, report.ks() > critical);
        }
        return new Outcome(alerts, beyond, textbook, isFound(reference, random));
    }

    private boolean isFound(LiveReference reference, SplittableRandom random) {
        Autoregression series = new Autoregression(phi, random);
        DriftMemory memory = DriftMemory.empty();
        for (int window = 0; window < SHIFTED_WINDOWS; window++) {
            DriftJudge.Judged judged = window(reference, series, SHIFT, memory);
            if (judged.report().verdict() == Verdict.ALERT) {
                return true;
            }
            memory = judged.memory();
        }
        return false;
    }

    private DriftJudge.Judged window(
            LiveReference reference, Autoregression series, double shift, DriftMemory memory) {
        if (Thread.interrupted()) {
            throw new CancellationException("no longer wanted");
        }
        WindowCounts counts = new WindowCounts();
        double[] row = new double[1];
        for (int i = 0; i < windowRows(); i++) {
            row[0] = series.next() + shift;
            reference.count(counts, 0, row, Double.NaN);
        }
        DriftJudge.Judged judged = JUDGE.judge(reference, counts, memory);
        if (judged.report().verdict() == Verdict.INSUFFICIENT) {
            throw new IllegalStateException(
                    "a window of %d rows at φ = %s was not judged".formatted(windowRows(), phi));
        }
        return judged;
    }

    private LiveReference reference(Autoregression series) {
        // The chunk of the last row is taken for one that is not full.
        double[] values = new double[CHUNKS * windowRows() + 1];
        Arrays.setAll(values, i -> series.next());
        long[] times = new long[values.length];
        Arrays.setAll(times, i -> i);
        ReferenceMeasurement measurement =
                new ReferenceMeasurement(
                        times,
                        new int[values.length],
                        List.of("symbol"),
                        windowRows(),
                        MIN_CHUNK_ROWS);
        measurement.column(NAME, values);
        return new LiveReference(measurement.profile(), Map.of());
    }
}
