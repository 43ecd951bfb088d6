package com.shivx.bench.rig;

import com.shivx.bench.BenchReport;
import com.shivx.bench.Median;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A job of ours and, in turn with it, one that does nothing with the same records, which says what
 * none could exceed here.
 */
public final class SideBySide {

    /** The job that does nothing. */
    public static final String IDENTITY = "identity";

    /** The job of ours. */
    public static final String OURS = "ours";

    private static final double MIB = 1 << 20;

    private final Map<String, List<Measurement>> runs = new LinkedHashMap<>();

    private SideBySide() {}

    /** Runs both, as often each. */
    public static SideBySide run(Trial trial, int repeats, Trial.Graph identity, Trial.Graph ours)
            throws Exception {
        SideBySide both = new SideBySide();
        for (int repeat = 1; repeat <= repeats; repeat++) {
            both.add(IDENTITY, trial.run(IDENTITY + "-" + repeat, identity));
            both.add(OURS, trial.run(OURS + "-" + repeat, ours));
        }
        return both;
    }

    private void add(String job, Measurement run) {
        runs.computeIfAbsent(job, first -> new ArrayList<>()).add(run);
    }

    /** The names of both. */
    public Set<String> jobs() {
        return runs.keySet();
    }

    /** What was measured of a job. */
    public List<Measurement> runs(String job) {
        return runs.getOrDefault(job, List.of());
    }

    /** The median of a job's runs. */
    public double median(String job, ToDoubleFunction<Measurement> figure) {
        return Median.of(runs(job).stream().mapToDouble(figure).boxed().toList());
    }

    /** Events a second, the median. */
    public double perSecond(String job) {
        return median(job, Measurement::perSecond);
    }

    /** State of the last checkpoint, the median. */
    public double stateMib(String job) {
        return median(job, run -> run.last().stateBytes() / MIB);
    }

    /** Events a second beside those of the job that does nothing. */
    public double toIdentity(String job) {
        return perSecond(job) / perSecond(IDENTITY);
    }

    /** Medians, ratio and single runs, for programs. */
    public void addTo(BenchReport report) {
        for (String job : jobs()) {
            report.median(job, perSecond(job));
            report.figure("stateMib", job, stateMib(job));
            runs(job).forEach(run -> report.run(job, run.figures()));
        }
        report.ratio("oursToIdentity", toIdentity(OURS));
    }
}
