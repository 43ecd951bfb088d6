package com.shivx.models.outcome;

import com.shivx.features.label.Threshold;
import java.io.Serializable;

/**
 * What decides what happened: outcomes of different ones answer different questions.
 *
 * @param horizonMicros how long after an entry, microseconds
 * @param thresholdKind how far a price must go
 * @param takerFeeBps fee of one side, basis points
 */
public record Labelling(long horizonMicros, Threshold thresholdKind, double takerFeeBps)
        implements Serializable {

    /** Whether it decided that outcome. */
    public boolean decides(Outcome outcome) {
        return outcome.horizonMicros() == horizonMicros
                && outcome.thresholdKind() == thresholdKind
                && Double.compare(outcome.takerFeeBps(), takerFeeBps) == 0;
    }
}
