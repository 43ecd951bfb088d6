package com.shivx.operators.outcomes;

import com.shivx.features.tick.Tick;
import com.shivx.models.Prediction;
import com.shivx.models.outcome.ExternalLabel;
import org.jspecify.annotations.Nullable;

/**
 * What a symbol's outcomes are made of: a tick, a prediction or a label, exactly one of them.
 *
 * @param tick a tick, good or bad
 * @param prediction a prediction
 * @param label a label from outside
 */
public record OutcomeInput(
        @Nullable Tick tick, @Nullable Prediction prediction, @Nullable ExternalLabel label) {

    /** A tick. */
    public static OutcomeInput of(Tick tick) {
        return new OutcomeInput(tick, null, null);
    }

    /** A prediction. */
    public static OutcomeInput of(Prediction prediction) {
        return new OutcomeInput(null, prediction, null);
    }

    /** A label. */
    public static OutcomeInput of(ExternalLabel label) {
        return new OutcomeInput(null, null, label);
    }

    /** Whose it is. */
    public String symbol() {
        if (tick != null) {
            return tick.symbol();
        }
        if (prediction != null) {
            return prediction.symbol();
        }
        if (label != null) {
            return label.symbol();
        }
        throw new IllegalStateException("neither a tick nor a prediction nor a label");
    }
}
