package com.shivx.operators.outcomes;

import com.shivx.models.outcome.AccuracyPart;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the accuracy stage counts, a subtask each. */
final class AccuracyMetrics {

    /** Outcomes whose window had been told already. */
    private static final String LATE_OUTCOMES = "accuracyOutcomesLate";

    /** Parts of votes in slices that had been counted already. */
    private static final String LATE_VOTES = "accuracyVotesLate";

    private final Counter lateOutcomes;
    private final Counter lateVotes;

    AccuracyMetrics(MetricGroup group) {
        lateOutcomes = group.counter(LATE_OUTCOMES);
        lateVotes = group.counter(LATE_VOTES);
    }

    void onLate(AccuracyPart part) {
        if (part.counts() == null) {
            lateVotes.inc();
        } else {
            lateOutcomes.inc(
                    part.counts().known + part.counts().missing + part.counts().unanswered);
        }
    }
}
