package com.shivx.models.outcome;

import com.shivx.models.Alarm;
import java.util.List;
import java.util.Map;

/**
 * Raises an alarm when no outcome of a model has come for too long, and clears it with the next.
 * Nothing that comes could tell of that, so it goes by the clock, which the caller reads.
 */
public final class RateAlarms {

    private final long timeoutMillis;

    /**
     * Alarms.
     *
     * @param timeoutMillis clock time without an outcome; 0 switches it off
     */
    public RateAlarms(long timeoutMillis) {
        if (timeoutMillis < 0) {
            throw new IllegalArgumentException(
                    "a timeout of %d ms; let it be 0 or more".formatted(timeoutMillis));
        }
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Whether the row has an outcome, so that the deadline is another and a timer is to be set for
     * it.
     */
    public boolean isNews(AccuracyRow row) {
        return timeoutMillis > 0
                && row.counts().known + row.counts().missing + row.counts().unanswered > 0;
    }

    /** What a row with an outcome clears. */
    public List<Alarm> onNews(AccuracyRow row, long generation, long clockMillis, RateState state) {
        boolean wasRaised = state.raised;
        state.seen = true;
        state.raised = false;
        state.deadlineMillis = clockMillis + timeoutMillis;
        state.lastMicros = Math.max(state.lastMicros, row.windowEndMicros());
        return wasRaised
                ? List.of(
                        alarm(
                                row.key().modelId(),
                                generation,
                                false,
                                "outcomes come again",
                                row.windowStartMicros()))
                : List.of();
    }

    /**
     * What a timer raises. A time in which the job was away is no silence.
     *
     * @param clockMillis what the clock says
     * @param awakeSinceMillis when the job was started or restored
     */
    public List<Alarm> onTimer(
            String model,
            long generation,
            long clockMillis,
            long awakeSinceMillis,
            RateState state) {
        state.deadlineMillis = Math.max(state.deadlineMillis, awakeSinceMillis + timeoutMillis);
        if (!state.seen || state.raised || clockMillis < state.deadlineMillis) {
            return List.of();
        }
        state.raised = true;
        return List.of(
                alarm(
                        model,
                        generation,
                        true,
                        "no outcome has come for %d s; are ticks sent, and does the scoring job run?"
                                .formatted(timeoutMillis / 1_000),
                        state.lastMicros));
    }

    /** Whether a timer must be set again, for {@link RateState#deadlineMillis}. */
    public boolean isWaiting(long clockMillis, RateState state) {
        return state.seen && !state.raised && clockMillis < state.deadlineMillis;
    }

    private Alarm alarm(
            String model, long generation, boolean raised, String reason, long sinceMicros) {
        return new Alarm(
                Alarm.Kind.RATE + "~" + model,
                Alarm.Kind.RATE,
                raised,
                model,
                null,
                generation,
                reason,
                sinceMicros,
                Map.of("timeout_millis", (double) timeoutMillis));
    }
}
