package com.shivx.models.outcome;

import com.shivx.features.SymbolQuality;
import com.shivx.features.label.LabelRules;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How predictions are joined with what happens.
 *
 * @param quality which ticks are good, as for the features
 * @param labels what decides a label
 * @param horizons how long after a prediction; each longer than ticks may come late
 * @param lateness how long a tick is remembered for predictions that come after it
 * @param labelDelay how long a decided prediction is remembered for labels from outside
 */
public record OutcomeRules(
        SymbolQuality quality,
        LabelRules labels,
        List<Duration> horizons,
        Duration lateness,
        Duration labelDelay)
        implements Serializable {

    public OutcomeRules {
        horizons = List.copyOf(horizons);
        if (horizons.isEmpty()) {
            throw new IllegalArgumentException("there is no horizon: name at least one");
        }
        if (horizons.stream().distinct().count() < horizons.size()) {
            throw new IllegalArgumentException(
                    "a horizon stands twice in " + horizons + ": name each once");
        }
        for (Duration horizon : horizons) {
            if (micros(horizon) <= quality.rules().allowedDisorderMicros()) {
                throw new IllegalArgumentException(
                        "a horizon of %s is no longer than ticks may come late (%d ms): name a longer one"
                                .formatted(
                                        horizon, quality.rules().allowedDisorderMicros() / 1_000));
            }
        }
        requireSeconds(lateness, "ticks are remembered for");
        requireSeconds(labelDelay, "decided predictions are remembered for");
        requireSeconds(labels.maxDelay(), "outcomes are waited for");
    }

    long[] horizonsMicros() {
        return horizons.stream().mapToLong(OutcomeRules::micros).toArray();
    }

    long latenessMicros() {
        return micros(lateness);
    }

    long labelDelayMicros() {
        return micros(labelDelay);
    }

    private static void requireSeconds(Duration duration, String what) {
        if (duration.toSeconds() <= 0 || duration.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    what + " " + duration + ", which must be a whole number of seconds");
        }
    }

    private static long micros(Duration duration) {
        return TimeUnit.MICROSECONDS.convert(duration);
    }
}
