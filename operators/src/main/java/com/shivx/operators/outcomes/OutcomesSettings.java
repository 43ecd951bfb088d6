package com.shivx.operators.outcomes;

import com.shivx.models.outcome.OutcomeRules;
import com.shivx.operators.state.CacheLimits;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the outcomes stage works by.
 *
 * @param rules how predictions are joined with what happens
 * @param window length of a window of accuracy
 * @param cache symbols kept as live objects; null for none
 */
public record OutcomesSettings(OutcomeRules rules, Duration window, @Nullable CacheLimits cache)
        implements Serializable {

    public OutcomesSettings {
        if (window.toSeconds() <= 0 || window.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    "a window of accuracy must be a whole number of seconds, not " + window);
        }
    }

    long windowMicros() {
        return TimeUnit.MICROSECONDS.convert(window);
    }
}
