package com.shivx.operators.features;

import com.shivx.features.FeatureVector;
import com.shivx.features.tick.TickQuality;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the feature stage counts, a subtask each. */
final class FeatureMetrics {

    /** Vectors in which a feature was still warming up. */
    private static final String NOT_READY = "vectorsNotReady";

    /** Vectors that can be scored. */
    private static final String READY = "vectorsReady";

    /** Ticks by quality, label {@code quality}. */
    private static final String TICKS = "ticks";

    /** Symbols whose features were freed after a long silence. */
    private static final String FREED = "symbolsFreed";

    private final Map<TickQuality, Counter> byQuality = new EnumMap<>(TickQuality.class);
    private final Counter ready;
    private final Counter notReady;
    private final Counter freed;

    FeatureMetrics(MetricGroup group) {
        for (TickQuality quality : TickQuality.values()) {
            byQuality.put(quality, group.addGroup("quality", quality.name()).counter(TICKS));
        }
        ready = group.counter(READY);
        notReady = group.counter(NOT_READY);
        freed = group.counter(FREED);
    }

    void onTick(TickQuality quality) {
        Counter counter = byQuality.get(quality);
        if (counter != null) {
            counter.inc();
        }
    }

    void onVector(FeatureVector vector) {
        (vector.ready() ? ready : notReady).inc();
    }

    void onSymbolFreed() {
        freed.inc();
    }
}
