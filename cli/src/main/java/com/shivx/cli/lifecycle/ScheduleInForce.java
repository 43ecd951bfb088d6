package com.shivx.cli.lifecycle;

import com.shivx.models.deployment.LifecycleEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as the latest events have it.
 *
 * @param model the model line
 * @param name of the schedule
 * @param times when it is due
 * @param next when it is due next; null where that is not known
 * @param requestedBy who set it
 */
public record ScheduleInForce(
        String model, String name, String times, @Nullable Instant next, String requestedBy) {

    /** Those in force after some events, in the order of models and names. */
    public static List<ScheduleInForce> of(List<LifecycleEvent> events) {
        Map<String, ScheduleInForce> inForce = new TreeMap<>();
        for (LifecycleEvent event : events) {
            String name = event.schedule();
            if (name == null) {
                continue;
            }
            String key = event.model() + "\0" + name;
            if (event.kind() == LifecycleEvent.Kind.SCHEDULE_SET) {
                inForce.put(
                        key,
                        new ScheduleInForce(
                                event.model(),
                                name,
                                String.valueOf(event.reason()),
                                next(event),
                                event.requestedBy()));
            } else if (event.kind() == LifecycleEvent.Kind.SCHEDULE_REMOVED) {
                inForce.remove(key);
            } else if (event.kind() == LifecycleEvent.Kind.SCHEDULE_DUE) {
                inForce.computeIfPresent(key, (same, set) -> set.due(next(event)));
            }
        }
        return List.copyOf(inForce.values());
    }

    private ScheduleInForce due(@Nullable Instant later) {
        return new ScheduleInForce(model, name, times, later, requestedBy);
    }

    private static @Nullable Instant next(LifecycleEvent event) {
        Double millis = event.evidence() == null ? null : event.evidence().get("next_millis");
        return millis == null ? null : Instant.ofEpochMilli(millis.longValue());
    }
}
