package com.shivx.models.drift;

import com.shivx.drift.live.ColumnReport;
import com.shivx.drift.live.EstimatedAccuracy;
import com.shivx.drift.live.Verdict;
import com.shivx.models.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a version's window looks like beside its reference. There is one for every window while the
 * version is deployed, windows without rows included, and a single one without a window for a
 * version that cannot be watched.
 *
 * @param modelId the model line
 * @param modelVersion the semantic version
 * @param role the part that it plays, or played last
 * @param generation of the deployment that says so
 * @param windowStartMicros first microsecond of the window; 0 without one
 * @param windowEndMicros first microsecond after it; 0 without one
 * @param verdict ALERT or WARN if a column is; else OK if one is; else BLIND if one is;
 *     INSUFFICIENT if nothing could be judged
 * @param reason why nothing ever can be judged; null where the columns say it all
 * @param vectors rows that features were counted of
 * @param predictions rows that answers were counted of
 * @param symbolCoverage share of the reference's rows whose symbols have rows, 0 to 1; NaN without
 *     a reference
 * @param driftedShare share of the judged features that are beyond their threshold, weighted by
 *     importance where it is known; NaN if none was judged
 * @param driftScore the greatest of a column that was judged by its distribution: above 0.25 is
 *     beyond its threshold; NaN if none was
 * @param columns features, then probabilities and the predicted class, in the reference's order
 * @param estimatedAccuracy before outcomes
 */
public record DriftReport(
        String modelId,
        String modelVersion,
        Role role,
        long generation,
        long windowStartMicros,
        long windowEndMicros,
        Verdict verdict,
        @Nullable String reason,
        long vectors,
        long predictions,
        double symbolCoverage,
        double driftedShare,
        double driftScore,
        List<ColumnReport> columns,
        EstimatedAccuracy estimatedAccuracy) {

    /** Of a version that cannot be watched. */
    static DriftReport unwatched(
            String model, String version, Role role, long generation, String reason) {
        return new DriftReport(
                model,
                version,
                role,
                generation,
                0,
                0,
                Verdict.INSUFFICIENT,
                reason,
                0,
                0,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                List.of(),
                new EstimatedAccuracy(Verdict.INSUFFICIENT, Double.NaN, Double.NaN, Double.NaN, 0));
    }
}
