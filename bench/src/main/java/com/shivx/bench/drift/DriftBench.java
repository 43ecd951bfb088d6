package com.shivx.bench.drift;

import com.shivx.bench.BenchReport;
import com.shivx.bench.Median;
import com.shivx.bench.Progress;
import com.shivx.bench.rig.MarketPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code bench drift}: how often drift is found that is none, and that which is one; and how fast
 * values are counted and judged.
 */
public final class DriftBench {

    private final DriftPlan plan;
    private final Progress progress;
    private final SplittableRandom random;
    private final BenchReport report =
            new BenchReport(
                    "drift",
                    "autocorrelation",
                    "rows a window",
                    "windows with an alert",
                    "one beyond",
                    "textbook KS",
                    "textbook, a feature",
                    "found within 5");

    DriftBench(DriftPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
        this.random = new SplittableRandom(plan.seed());
    }

    /**
     * Runs it.
     *
     * @param job how the job that counts and judges is measured
     */
    public static BenchReport run(DriftPlan plan, MarketPlan job, Progress progress)
            throws Exception {
        DriftBench bench = new DriftBench(plan, progress);
        new DriftJobSpeed(job, progress).addTo(bench.report);
        return bench.runPure();
    }

    /** What needs neither broker nor cluster. */
    BenchReport runPure() throws InterruptedException, ExecutionException {
        speed();
        for (double phi : plan.autocorrelations()) {
            detection(phi);
        }
        return report;
    }

    private void speed() throws InterruptedException, ExecutionException {
        List<CountingSpeed.Pass> passes =
                new CountingSpeed(plan.rows(), random.split()).passes(plan.repeats(), progress);
        double values = (double) plan.rows() * CountingSpeed.COLUMNS;
        double perSecond =
                values
                        / Median.of(
                                passes.stream().map(CountingSpeed.Pass::countingSeconds).toList());
        double seconds = Median.of(passes.stream().map(CountingSpeed.Pass::seconds).toList());
        report.figure("countedValuesPerSecond", perSecond);
        // As many values as it is named after, if fewer were counted.
        double for32Million = seconds * (32e6 / values);
        report.figure("secondsFor32Million", for32Million);
        passes.forEach(
                pass ->
                        report.run(
                                "counting",
                                Map.of(
                                        "countingSeconds",
                                        pass.countingSeconds(),
                                        "seconds",
                                        pass.seconds())));
        report.note(
                String.format(
                        Locale.ROOT,
                        "in memory: %,.0f values/s counted by %d threads; PSI and KS of 32 million values in %.2f s",
                        perSecond,
                        CountingSpeed.THREADS,
                        for32Million));
    }

    private void detection(double phi) throws InterruptedException, ExecutionException {
        FeatureTrial trial = new FeatureTrial(phi, plan.quietWindows());
        Detection found = Detection.of(trial, outcomes(trial));
        String name = String.valueOf(phi);
        report.figure("alertShare", name, found.alertShare());
        report.figure("beyondShare", name, found.beyondShare());
        report.figure("textbookShare", name, found.textbookShare());
        report.figure("textbookFeatureShare", name, found.textbookFeatureShare());
        report.figure("foundWithin5", name, found.foundWithin5());
        report.row(
                name,
                String.format(Locale.ROOT, "%,d", found.windowRows()),
                percent(found.alertShare()),
                percent(found.beyondShare()),
                percent(found.textbookShare()),
                percent(found.textbookFeatureShare()),
                percent(found.foundWithin5()));
    }

    private List<List<FeatureTrial.Outcome>> outcomes(FeatureTrial trial)
            throws InterruptedException, ExecutionException {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<List<Future<FeatureTrial.Outcome>>> running = new ArrayList<>();
            for (int reference = 0; reference < plan.references(); reference++) {
                List<Future<FeatureTrial.Outcome>> features = new ArrayList<>();
                for (int feature = 0; feature < plan.features(); feature++) {
                    SplittableRandom own = random.split();
                    features.add(threads.submit(() -> trial.run(own)));
                }
                running.add(features);
            }
            List<List<FeatureTrial.Outcome>> references = new ArrayList<>();
            for (List<Future<FeatureTrial.Outcome>> features : running) {
                List<FeatureTrial.Outcome> done = new ArrayList<>();
                for (Future<FeatureTrial.Outcome> feature : features) {
                    done.add(feature.get());
                    progress.now(
                            "autocorrelation %s: %d of %d references"
                                    .formatted(trial.phi(), references.size(), plan.references()));
                }
                references.add(done);
            }
            return references;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
