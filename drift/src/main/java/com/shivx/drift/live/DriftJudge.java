package com.shivx.drift.live;

import com.shivx.drift.reference.Bins;
import com.shivx.drift.reference.ChunkSpread;
import com.shivx.drift.reference.ColumnProfile;
import com.shivx.drift.reference.QuantileGrid;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells drift from noise, window by window: a function of the reference, the counts of a window and
 * what is remembered of those before. What is to follow from an ALERT, and when not to say it
 * again, is not decided here.
 *
 * <p>A column's D is held against the D of chunks of its own reference, not against a table: rows
 * that hang together in time make textbook tests fire in most quiet windows.
 */
public final class DriftJudge {

    /**
     * D over stored quantiles is exact to as much; a column that never varied has the threshold 0,
     * and would be beyond it with any one row.
     */
    private static final double LEAST_THRESHOLD = 1.0 / QuantileGrid.QUANTILES;

    private final DriftRules rules;

    /** Judges by rules. */
    public DriftJudge(DriftRules rules) {
        this.rules = rules;
    }

    /**
     * A judged window.
     *
     * @param report what is said of it
     * @param memory what the next window is to be judged with
     */
    public record Judged(WindowReport report, DriftMemory memory) {}

    /**
     * Judges a window.
     *
     * @param counts of its rows; none of a window without rows
     * @param memory of the windows before, of the same reference; {@link DriftMemory#empty} for the
     *     first
     */
    public Judged judge(LiveReference reference, WindowCounts counts, DriftMemory memory) {
        LiveReference.Comparison compared = reference.compare(counts);
        DriftMemory next = memory.copyOf(compared.columns().length);
        List<ColumnReport> reports = new ArrayList<>();
        for (int i = 0; i < compared.columns().length; i++) {
            reports.add(judge(reference.column(i), compared.columns()[i], next, i));
        }
        return new Judged(
                new WindowReport(
                        overall(reports),
                        counts.rows(),
                        coverage(reference, compared.rowsOfGroup()),
                        reports,
                        driftedShare(reference, reports),
                        estimate(reference, compared, counts)),
                next);
    }

    private ColumnReport judge(
            LiveColumn column, ColumnComparison compared, DriftMemory memory, int place) {
        ColumnProfile profile = column.profile();
        double effectiveRows = profile.effectiveRows(compared.weightedRows());
        double threshold = threshold(profile);
        Verdict verdict =
                switch (column.watched().watching()) {
                    case DISTRIBUTION ->
                            byDistribution(compared, effectiveRows, threshold, memory, place);
                    case RANGE -> byRange(compared, memory, place);
                    case CALENDAR -> Verdict.UNWATCHED;
                };
        return new ColumnReport(
                profile.name(),
                column.watched().watching(),
                verdict,
                compared.rows(),
                effectiveRows,
                compared.missingShare(),
                compared.missingShare() - (double) profile.missing() / profile.rows(),
                compared.below(),
                compared.above(),
                compared.ks(),
                threshold,
                compared.ks() / threshold * ColumnReport.SCORE_AT_THRESHOLD,
                profile.ks().p(compared.ks()),
                compared.psi().value(),
                compared.psi().corrected(),
                compared.psi().level(),
                memory.timesBeyond(place),
                memory.judged()[place]);
    }

    private static double threshold(ColumnProfile profile) {
        // NaN stays NaN.
        return Math.max(LEAST_THRESHOLD, profile.ks().threshold());
    }

    private Verdict byDistribution(
            ColumnComparison compared,
            double effectiveRows,
            double threshold,
            DriftMemory memory,
            int place) {
        if (Double.isNaN(threshold)
                || Double.isNaN(compared.ks())
                || compared.weightedRows() < (double) rules.rowsPerBin() * compared.psi().bins()
                || effectiveRows < rules.effectiveRows()) {
            return Verdict.INSUFFICIENT;
        }
        if (threshold >= ChunkSpread.BLIND) {
            return Verdict.BLIND;
        }
        return remember(compared.ks() > threshold, memory, place);
    }

    /**
     * A value beyond all that the reference has shown is no rarity either: where each stretch of
     * time is like another, its extremes lie in the latest of n+1 with probability {@code 1/(n+1)}
     * a side. So it takes as many windows as a distance does.
     */
    private Verdict byRange(ColumnComparison compared, DriftMemory memory, int place) {
        if (compared.rows() == 0) {
            return Verdict.INSUFFICIENT;
        }
        return remember(compared.below() + compared.above() > 0, memory, place);
    }

    private Verdict remember(boolean isBeyond, DriftMemory memory, int place) {
        memory.put(place, isBeyond, rules.windows());
        if (memory.timesBeyond(place) >= rules.beyond()) {
            return Verdict.ALERT;
        }
        return isBeyond ? Verdict.WARN : Verdict.OK;
    }

    /** The first that any column has. */
    private static Verdict overall(List<ColumnReport> reports) {
        for (Verdict verdict : List.of(Verdict.ALERT, Verdict.WARN, Verdict.OK, Verdict.BLIND)) {
            if (reports.stream().anyMatch(report -> report.verdict() == verdict)) {
                return verdict;
            }
        }
        return Verdict.INSUFFICIENT;
    }

    private static double coverage(LiveReference reference, long[] rowsOfGroup) {
        double[] shares = reference.profile().mix().shares();
        double sum = rowsOfGroup[shares.length] > 0 ? reference.profile().mix().rest() : 0;
        for (int group = 0; group < shares.length; group++) {
            sum += rowsOfGroup[group] > 0 ? shares[group] : 0;
        }
        return sum;
    }

    private static double driftedShare(LiveReference reference, List<ColumnReport> reports) {
        double beyond = 0;
        double judged = 0;
        double importanceBeyond = 0;
        double importance = 0;
        for (int i = 0; i < reports.size(); i++) {
            ColumnReport report = reports.get(i);
            if (isJudged(report)) {
                double ofColumn = reference.column(i).watched().importance();
                judged++;
                importance += ofColumn;
                if (report.isBeyond()) {
                    beyond++;
                    importanceBeyond += ofColumn;
                }
            }
        }
        // NaN where one is not known.
        return importance > 0 ? importanceBeyond / importance : beyond / judged;
    }

    private static boolean isJudged(ColumnReport report) {
        return report.watching() == Watching.DISTRIBUTION
                && switch (report.verdict()) {
                    case OK, WARN, ALERT -> true;
                    case INSUFFICIENT, BLIND, UNWATCHED -> false;
                };
    }

    private EstimatedAccuracy estimate(
            LiveReference reference, LiveReference.Comparison compared, WindowCounts counts) {
        ChunkSpread chunks = reference.profile().confidence();
        double value = compared.confidence();
        long rows = 0;
        for (GroupCounts group : counts.groups) {
            rows += group == null ? 0 : group.confident;
        }
        Verdict verdict = Verdict.OK;
        // As many rows as a chunk has at least.
        if (chunks.chunks() < ChunkSpread.MIN_CHUNKS
                || compared.confidentRows() < (double) rules.rowsPerBin() * Bins.TENTHS) {
            verdict = Verdict.INSUFFICIENT;
        } else if (value < chunks.lowerThreshold() || value > chunks.threshold()) {
            verdict = Verdict.ALERT;
        }
        return new EstimatedAccuracy(
                verdict, value, chunks.lowerThreshold(), chunks.threshold(), rows);
    }
}
