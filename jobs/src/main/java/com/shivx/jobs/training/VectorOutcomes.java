package com.shivx.jobs.training;

import com.shivx.features.FeatureVector;
import com.shivx.features.label.Label;
import com.shivx.jobs.log.LogRows;
import com.shivx.models.Prediction;
import com.shivx.models.outcome.Labelling;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeSource;
import com.shivx.models.outcome.OutcomeStatus;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a log's outcomes say happened after vectors, each asked for once and in the log's order.
 * Outcomes stand in the order of their vectors, at the vector's own event time however long the
 * horizon is, so only those of one vector are held at a time.
 */
final class VectorOutcomes {

    private final LogRows<Outcome> outcomes;
    private final Labelling labelling;
    private final Map<Labelling, Long> others = new LinkedHashMap<>();
    private @Nullable Outcome next;
    private @Nullable String orphan;
    private long known;
    private long orphans;

    /**
     * From the first on.
     *
     * @param labelling of the outcomes that count
     */
    VectorOutcomes(LogRows<Outcome> outcomes, Labelling labelling) throws IOException {
        this.outcomes = outcomes;
        this.labelling = labelling;
        advance();
    }

    /**
     * What happened after a vector: the same for every version that has predicted from it, and what
     * was said last where it was said again.
     *
     * @return {@link Label#MISSING} where nobody knows; null where no outcome is there yet
     */
    @Nullable Label of(FeatureVector vector) throws IOException {
        Label label = null;
        Outcome last = null;
        for (Outcome outcome = next;
                outcome != null && compare(outcome.prediction(), vector) <= 0;
                outcome = advance()) {
            if (compare(outcome.prediction(), vector) < 0) {
                countOrphan(outcome.prediction().vectorId());
            } else if (labelling.decides(outcome)) {
                label = label == null ? Label.MISSING : label;
                if (outcome.status() == OutcomeStatus.OK) {
                    last = last == null || isLater(outcome, last) ? outcome : last;
                    label = label(last, label, outcome);
                }
            }
        }
        known += label == null ? 0 : 1;
        return label;
    }

    /** A version whose prediction met a label has no revision of it, and is no older for that. */
    private static boolean isLater(Outcome outcome, Outcome than) {
        return outcome.revision() != than.revision()
                ? outcome.revision() > than.revision()
                : outcome.source() == OutcomeSource.LABEL && than.source() == OutcomeSource.TICKS;
    }

    /** A label from outside says no prices: what ticks said of them stays. */
    private static Label label(Outcome last, Label before, Outcome outcome) {
        boolean tells = !Double.isNaN(outcome.buyBps());
        return new Label(
                last.direction(),
                last.logReturn(),
                last.threshold(),
                tells ? outcome.buyBps() : before.buyBps(),
                tells ? outcome.sellBps() : before.sellBps());
    }

    /** Reads to the end: what is left has no vector in the log. */
    void finish() throws IOException {
        for (Outcome outcome = next; outcome != null; outcome = advance()) {
            countOrphan(outcome.prediction().vectorId());
        }
    }

    private void countOrphan(String vectorId) {
        if (!vectorId.equals(orphan)) {
            orphan = vectorId;
            orphans++;
        }
    }

    /** How many vectors outcomes were found for, those that nobody knows as well. */
    long known() {
        return known;
    }

    /** How many vectors there are outcomes of and that the log does not hold. */
    long orphans() {
        return orphans;
    }

    /** How many outcomes were passed over because something else decided them. */
    Map<Labelling, Long> others() {
        return Collections.unmodifiableMap(others);
    }

    private @Nullable Outcome advance() throws IOException {
        Outcome outcome = outcomes.next();
        if (outcome != null && !labelling.decides(outcome)) {
            others.merge(outcome.labelling(), 1L, Long::sum);
        }
        next = outcome;
        return outcome;
    }

    /** As {@code LoggedVectors} and {@code LoggedOutcomes} order them. */
    private static int compare(Prediction prediction, FeatureVector vector) {
        int byTime = Long.compare(prediction.eventTimeMicros(), vector.eventTimeMicros());
        if (byTime != 0) {
            return byTime;
        }
        int bySymbol = prediction.symbol().compareTo(vector.symbol());
        return bySymbol != 0 ? bySymbol : prediction.vectorId().compareTo(vector.vectorId());
    }
}
