package com.shivx.operators.outcomes;

import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeSource;
import com.shivx.models.outcome.OutcomeStatus;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the outcomes stage counts, a subtask each. */
final class OutcomeMetrics {

    /** Outcomes at their first telling, label {@code status}. */
    private static final String OUTCOMES = "outcomes";

    /** Outcomes that a label from outside told again. */
    private static final String REVISED = "outcomesRevised";

    /** Outcomes that a label from outside told first. */
    private static final String LABELLED = "outcomesLabelled";

    /** Predictions that came after their tick was forgotten. */
    private static final String LATE = "predictionsLate";

    /** Predictions that came a second time. */
    private static final String REPEATED = "predictionsRepeated";

    /** Labels that no prediction came for while they were remembered. */
    private static final String UNUSED_LABELS = "labelsUnused";

    private final Map<OutcomeStatus, Counter> byStatus = new EnumMap<>(OutcomeStatus.class);
    private final Counter revised;
    private final Counter labelled;
    private final Counter late;
    private final Counter repeated;
    private final Counter unusedLabels;

    OutcomeMetrics(MetricGroup group) {
        for (OutcomeStatus status : OutcomeStatus.values()) {
            byStatus.put(status, group.addGroup("status", status.name()).counter(OUTCOMES));
        }
        revised = group.counter(REVISED);
        labelled = group.counter(LABELLED);
        late = group.counter(LATE);
        repeated = group.counter(REPEATED);
        unusedLabels = group.counter(UNUSED_LABELS);
    }

    void onOutcome(Outcome outcome) {
        if (outcome.revision() > 0) {
            revised.inc();
            return;
        }
        Counter counter = byStatus.get(outcome.status());
        if (counter != null) {
            counter.inc();
        }
        if (outcome.source() == OutcomeSource.LABEL) {
            labelled.inc();
        }
    }

    void onLatePrediction() {
        late.inc();
    }

    void onRepeatedPrediction() {
        repeated.inc();
    }

    void onUnusedLabel() {
        unusedLabels.inc();
    }
}
