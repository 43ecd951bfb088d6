package com.shivx.operators;

import com.shivx.models.Alarm;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Alarms that a subtask has raised: {@code alarmsRaised}, label {@code kind}. */
public final class AlarmCounters {

    private static final String RAISED = "alarmsRaised";

    private final MetricGroup group;
    private final Map<Alarm.Kind, Counter> byKind = new EnumMap<>(Alarm.Kind.class);

    /** None yet. */
    public AlarmCounters(MetricGroup group) {
        this.group = group;
    }

    /** Counts one that is raised; clearing is none. */
    public void onAlarm(Alarm alarm) {
        if (alarm.raised()) {
            byKind.computeIfAbsent(
                            alarm.kind(),
                            kind -> group.addGroup("kind", kind.name()).counter(RAISED))
                    .inc();
        }
    }
}
