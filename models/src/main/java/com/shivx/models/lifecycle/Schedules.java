package com.shivx.models.lifecycle;

import com.shivx.models.deployment.LifecycleEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which schedules are in force, and what becomes due. */
final class Schedules {

    /** More would train all day. */
    private static final int MOST = 16;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Retraining retraining;

    Schedules(Retraining retraining) {
        this.retraining = retraining;
    }

    /** One is set; another of the same name is replaced. */
    void set(LifecycleCommand command, Turn turn) {
        String name = command.schedule();
        String times = command.times();
        if (name == null || !NAME.matcher(name).matches()) {
            refuse(
                    command,
                    "a schedule needs a name of [A-Za-z0-9._-], at most 64, such as nightly",
                    turn);
            return;
        }
        if (times == null) {
            refuse(
                    command,
                    "schedule %s has no times; such as 'daily 06:30'".formatted(name),
                    turn);
            return;
        }
        OptionalLong next;
        try {
            next = ScheduleTimes.parse(times).after(turn.nowMillis());
        } catch (IllegalArgumentException e) {
            refuse(command, String.valueOf(e.getMessage()), turn);
            return;
        }
        if (next.isEmpty()) {
            refuse(command, "times '%s' never come".formatted(times), turn);
            return;
        }
        List<Schedule> schedules = new ArrayList<>(turn.schedules());
        schedules.removeIf(schedule -> schedule.name().equals(name));
        if (schedules.size() == MOST) {
            refuse(
                    command,
                    "%s has %d schedules already, the most there may be; remove one first"
                            .formatted(command.model(), MOST),
                    turn);
            return;
        }
        schedules.add(
                new Schedule(
                        name,
                        times,
                        command.fromMicros(),
                        command.requestedBy(),
                        next.getAsLong()));
        turn.schedules(schedules);
        turn.tell(Kind.SCHEDULE_SET, Asker.of(command), null, name, times, next(next.getAsLong()));
    }

    /** One is removed. */
    void remove(LifecycleCommand command, Turn turn) {
        List<Schedule> schedules = new ArrayList<>(turn.schedules());
        String name = command.schedule();
        if (name == null || !schedules.removeIf(schedule -> schedule.name().equals(name))) {
            refuse(
                    command,
                    "%s has no schedule '%s'; there are: %s"
                            .formatted(
                                    command.model(),
                                    name,
                                    turn.schedules().isEmpty()
                                            ? "none"
                                            : turn.schedules().stream()
                                                    .map(Schedule::name)
                                                    .collect(Collectors.joining(", "))),
                    turn);
            return;
        }
        turn.schedules(schedules);
        turn.tell(
                Kind.SCHEDULE_REMOVED,
                Asker.of(command),
                null,
                name,
                "it is no longer in force",
                Map.of());
    }

    /** What is due by now; once, however often its time was missed. */
    void onTime(Turn turn) {
        for (Schedule due : turn.schedules()) {
            if (due.nextMillis() > turn.nowMillis()) {
                continue;
            }
            OptionalLong next = ScheduleTimes.parse(due.times()).after(turn.nowMillis());
            turn.schedules(
                    turn.schedules().stream()
                            .filter(each -> !each.name().equals(due.name()) || next.isPresent())
                            .map(
                                    each ->
                                            each.name().equals(due.name())
                                                    ? new Schedule(
                                                            due.name(),
                                                            due.times(),
                                                            due.fromMicros(),
                                                            due.requestedBy(),
                                                            next.getAsLong())
                                                    : each)
                            .toList());
            turn.tell(
                    Kind.SCHEDULE_DUE,
                    Asker.nobody("schedule~" + due.name()),
                    null,
                    due.name(),
                    "it was due at " + Instant.ofEpochMilli(due.nextMillis()),
                    next.isPresent() ? next(next.getAsLong()) : Map.of());
            retraining.onSchedule(due, turn);
        }
    }

    private static Map<String, Double> next(long millis) {
        return Map.of("next_millis", (double) millis);
    }

    private static void refuse(LifecycleCommand command, String reason, Turn turn) {
        turn.tell(Kind.REFUSED, Asker.of(command), null, command.schedule(), reason, Map.of());
    }
}
