package com.shivx.operators.training;

import com.shivx.features.FeatureSet;
import com.shivx.features.PrefixInvariance;
import com.shivx.features.tick.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets no model be trained on features that see the future: holds the set against the first ticks
 * of the tape itself. A split of time cannot tell such a feature, however far apart its spans are.
 */
final class FutureGuard {

    /** Looked at first; four times as many, and so on, while no vector of them is ready. */
    private static final int FIRST = 4_000;

    /** Beyond, the tape is too slow to warm anything up. */
    private static final int LAST = 64_000;

    private final FeatureSet features;
    private final List<Tick> ticks = new ArrayList<>();
    private int next = FIRST;

    FutureGuard(FeatureSet features) {
        this.features = features;
    }

    /**
     * Takes the tape's next tick.
     *
     * @throws IllegalArgumentException if a feature depends on what comes after it
     */
    void onTick(Tick tick) {
        if (next > LAST) {
            return;
        }
        ticks.add(tick);
        if (ticks.size() == next) {
            next = isJudged() ? Integer.MAX_VALUE : 4 * next;
            if (next > LAST) {
                ticks.clear();
            }
        }
    }

    private boolean isJudged() {
        Optional<PrefixInvariance.Difference> difference;
        try {
            difference = PrefixInvariance.firstDifference(features, List.copyOf(ticks));
        } catch (IllegalArgumentException tooShort) {
            return false;
        }
        if (difference.isPresent()) {
            throw new IllegalArgumentException(difference.get().toString());
        }
        return true;
    }
}
