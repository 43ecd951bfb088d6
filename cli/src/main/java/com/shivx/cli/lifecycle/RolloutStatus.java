package com.shivx.cli.lifecycle;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.models.Role;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.outcome.AccuracyRow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the latest rollout of a model has come, as of its latest decision.
 *
 * @param model the model line
 * @param version on its way
 * @param state what it does
 * @param latest its latest decision
 */
public record RolloutStatus(String model, String version, State state, LifecycleEvent latest) {

    /** What a rollout does. */
    public enum State {
        /** It goes on by time and evidence. */
        RUNNING,
        /** It is neither better nor worse so far. */
        HELD,
        /** It waits for somebody. */
        PAUSED,
        /** What served before serves again, by what was seen. */
        ROLLED_BACK,
        /** The same, because somebody wanted it. */
        ABORTED,
        /** It is champion. */
        ENDED
    }

    /** Of every model that had one, in the order of their names. */
    public static List<RolloutStatus> of(List<LifecycleEvent> events) {
        Map<String, RolloutStatus> latest = new TreeMap<>();
        for (LifecycleEvent event : events) {
            RolloutStatus before = latest.get(event.model());
            State state = state(event.kind(), before == null ? null : before.state);
            if (state != null) {
                latest.put(
                        event.model(),
                        new RolloutStatus(
                                event.model(), String.valueOf(event.version()), state, event));
            }
        }
        return List.copyOf(latest.values());
    }

    private static @Nullable State state(LifecycleEvent.Kind kind, @Nullable State before) {
        return switch (kind) {
            case ROLLOUT_STARTED, ROLLOUT_RESUMED -> State.RUNNING;
            // A paused one that takes a step by hand stays paused.
            case ROLLOUT_ADVANCED, ROLLOUT_PROMOTED ->
                    before == State.PAUSED ? State.PAUSED : State.RUNNING;
            case ROLLOUT_HELD -> State.HELD;
            case ROLLOUT_PAUSED -> State.PAUSED;
            case ROLLOUT_ROLLED_BACK -> State.ROLLED_BACK;
            case ROLLOUT_ABORTED -> State.ABORTED;
            case ROLLOUT_ENDED -> State.ENDED;
            case DEPLOYED,
                    REFUSED,
                    REPEATED,
                    RETRAIN_REQUESTED,
                    RETRAIN_REFUSED,
                    RETRAIN_ENDED,
                    RETRAIN_READY,
                    SCHEDULE_SET,
                    SCHEDULE_REMOVED,
                    SCHEDULE_DUE ->
                    null;
        };
    }

    /**
     * Share of the vectors that the candidate has scored as a canary in its step, and that it was
     * the one to act on; NaN in a step without a canary, and before the first row of it.
     *
     * @param rows of accuracy, of any version
     */
    public double servedShare(List<AccuracyRow> rows) {
        double fromMicros = figure("step_from_micros");
        AccuracyCounts sum = new AccuracyCounts();
        for (AccuracyRow row : rows) {
            if (row.key().modelId().equals(model)
                    && row.key().modelVersion().equals(version)
                    && row.key().role() == Role.CANARY
                    && row.windowStartMicros() >= fromMicros) {
                sum.add(row.counts());
            }
        }
        return sum.servedShare();
    }

    /** A figure of its evidence; NaN where it has none of that name. */
    public double figure(String name) {
        Double value = latest.evidence() == null ? null : latest.evidence().get(name);
        return value == null ? Double.NaN : value;
    }
}
