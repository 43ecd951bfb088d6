package com.shivx.operators.lifecycle;

import com.shivx.models.deployment.LifecycleEvent;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the lifecycle counts. */
final class LifecycleMetrics {

    /** Requests by what became of them, label {@code outcome}. */
    private static final String REQUESTS = "deploymentRequests";

    private final Map<LifecycleEvent.Kind, Counter> byKind =
            new EnumMap<>(LifecycleEvent.Kind.class);

    LifecycleMetrics(MetricGroup group) {
        for (LifecycleEvent.Kind kind : LifecycleEvent.Kind.values()) {
            byKind.put(kind, group.addGroup("outcome", kind.name()).counter(REQUESTS));
        }
    }

    void onRequest(LifecycleEvent event) {
        Counter counter = byKind.get(event.kind());
        if (counter != null) {
            counter.inc();
        }
    }
}
