package com.shivx.operators.lifecycle;

import com.shivx.models.deployment.LifecycleEvent;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** What the lifecycle counts. */
final class LifecycleMetrics {

    /** Deployment requests by what became of them, label {@code outcome}. */
    private static final String REQUESTS = "deploymentRequests";

    /** Every decision by what it was, label {@code kind}. */
    private static final String DECISIONS = "lifecycleDecisions";

    private final Map<LifecycleEvent.Kind, Counter> requests =
            new EnumMap<>(LifecycleEvent.Kind.class);
    private final Map<LifecycleEvent.Kind, Counter> decisions =
            new EnumMap<>(LifecycleEvent.Kind.class);

    LifecycleMetrics(MetricGroup group) {
        for (LifecycleEvent.Kind kind : LifecycleEvent.Kind.values()) {
            decisions.put(kind, group.addGroup("kind", kind.name()).counter(DECISIONS));
        }
        for (LifecycleEvent.Kind kind :
                new LifecycleEvent.Kind[] {
                    LifecycleEvent.Kind.DEPLOYED,
                    LifecycleEvent.Kind.REFUSED,
                    LifecycleEvent.Kind.REPEATED
                }) {
            requests.put(kind, group.addGroup("outcome", kind.name()).counter(REQUESTS));
        }
    }

    void onDecision(LifecycleEvent event) {
        count(decisions.get(event.kind()));
        if (event.mode() != null) {
            count(requests.get(event.kind()));
        }
    }

    private static void count(@Nullable Counter counter) {
        if (counter != null) {
            counter.inc();
        }
    }
}
