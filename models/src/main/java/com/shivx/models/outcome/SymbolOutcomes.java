package com.shivx.models.outcome;

import com.shivx.features.SymbolState;
import com.shivx.features.label.Mark;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one symbol while its predictions wait for what happens. What grows with time
 * stands in buckets; the rest is small and stored as one.
 */
public final class SymbolOutcomes {

    /** About what a thing in a bucket takes on a heap, texts and numbers included. */
    private static final long BYTES_A_THING = 250;

    private static final long BYTES_OF_THE_REST = 2_000;

    /** The small rest. */
    public Head head = new Head();

    /** Good ticks that predictions may still refer to. */
    public final TimeBuckets<SeenTick> ticks = new TimeBuckets<>(SeenTick::micros);

    /** Predictions whose tick has not come yet, by the end of their horizon. */
    public final TimeBuckets<Expected> early = new TimeBuckets<>(Expected::dueMicros);

    /** Predictions whose horizon has not passed yet, by its end. */
    public final TimeBuckets<Expected> waiting = new TimeBuckets<>(Expected::dueMicros);

    /** Decided predictions, for labels and challengers that come after, by the horizon's end. */
    public final TimeBuckets<Outcome> decided = new TimeBuckets<>(Outcome::dueMicros);

    /** Labels from outside, for predictions that come after, by event time. */
    public final TimeBuckets<KnownLabel> labels = new TimeBuckets<>(KnownLabel::micros);

    /** Numbers that do not grow. Public fields, because it lives in checkpoints. */
    public static final class Head {

        /** Quality and market. */
        public SymbolState market = new SymbolState();

        /** The market after the last good tick; null before the first. */
        public @Nullable Mark last;

        /** Ticks up to there are forgotten, microseconds since the epoch; 0 if none are. */
        public long forgottenMicros;

        /** Where the last slice with a prediction began, microseconds, by version and horizon. */
        public Map<String, Long> slices = new HashMap<>();

        /** When the last position ended, microseconds, by version and horizon. */
        public Map<String, Long> positions = new HashMap<>();

        /** When it is next looked at though nothing comes, milliseconds; 0 if it is not. */
        public long wakesMillis;
    }

    /** About how many bytes it takes on the heap. */
    public long heapBytes() {
        int things = ticks.held() + early.held() + waiting.held() + decided.held() + labels.held();
        return BYTES_OF_THE_REST + BYTES_A_THING * things;
    }
}
