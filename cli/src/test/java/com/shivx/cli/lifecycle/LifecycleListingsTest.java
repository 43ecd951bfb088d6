package com.shivx.cli.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.models.Role;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.LifecycleEvent.Kind;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LifecycleListingsTest {

    private static LifecycleEvent event(
            Kind kind, @Nullable String schedule, String reason, Map<String, Double> evidence) {
        return new LifecycleEvent(
                "direction~1",
                "r",
                "direction",
                kind,
                1,
                null,
                "2.0.0",
                schedule,
                reason,
                "anna",
                evidence);
    }

    private static LifecycleEvent rollout(Kind kind) {
        return event(kind, null, "because", Map.of("share", 0.1));
    }

    @Test
    void listsSchedulesAsTheLatestEventsHaveThem() {
        List<LifecycleEvent> events =
                List.of(
                        event(Kind.SCHEDULE_SET, "a", "daily 01:00", Map.of("next_millis", 1e3)),
                        event(Kind.SCHEDULE_SET, "b", "daily 02:00", Map.of("next_millis", 2e3)),
                        event(Kind.SCHEDULE_SET, "b", "daily 03:00", Map.of("next_millis", 3e3)),
                        event(Kind.SCHEDULE_DUE, "b", "due", Map.of("next_millis", 9e3)),
                        event(Kind.RETRAIN_REFUSED, "b", "no", Map.of()),
                        event(Kind.SCHEDULE_REMOVED, "a", "gone", Map.of()));

        assertThat(ScheduleInForce.of(events))
                .containsExactly(
                        new ScheduleInForce(
                                "direction", "b", "daily 03:00", Instant.ofEpochSecond(9), "anna"));
    }

    /** Rows before the step, of other parts, versions and models are left out. */
    @Test
    void addsUpWhatACanaryHasServedInItsStep() {
        RolloutStatus status =
                RolloutStatus.of(
                                List.of(
                                        event(
                                                Kind.ROLLOUT_ADVANCED,
                                                null,
                                                "better",
                                                Map.of("step_from_micros", 120e6))))
                        .get(0);
        List<AccuracyRow> rows = new ArrayList<>();
        assertThat(status.servedShare(rows)).isNaN();
        rows.add(row(60, "direction", "2.0.0", Role.CANARY, 50, 50));
        rows.add(row(120, "direction", "2.0.0", Role.SHADOW, 0, 100));
        rows.add(row(120, "direction", "1.0.0", Role.CANARY, 100, 0));
        rows.add(row(120, "volatility", "2.0.0", Role.CANARY, 100, 0));
        assertThat(status.servedShare(rows)).isNaN();
        rows.add(row(120, "direction", "2.0.0", Role.CANARY, 12, 88));
        rows.add(row(180, "direction", "2.0.0", Role.CANARY, 9, 91));

        assertThat(status.servedShare(rows)).isEqualTo(0.105);
        // Of an event that does not say when its step began.
        assertThat(RolloutStatus.of(List.of(rollout(Kind.ROLLOUT_HELD))).get(0).servedShare(rows))
                .isNaN();
    }

    private static AccuracyRow row(
            long startSecond, String model, String version, Role role, int served, int unserved) {
        AccuracyCounts counts = new AccuracyCounts();
        counts.served = served;
        counts.unserved = unserved;
        return new AccuracyRow(
                new AccuracyKey(model, version, role, 60_000_000),
                startSecond * 1_000_000,
                (startSecond + 60) * 1_000_000,
                counts,
                List.of());
    }

    @Test
    void followsARolloutThroughItsEvents() {
        List<LifecycleEvent> events = new ArrayList<>();
        assertThat(RolloutStatus.of(events)).isEmpty();
        List<Kind> kinds =
                List.of(
                        Kind.ROLLOUT_STARTED,
                        Kind.ROLLOUT_HELD,
                        Kind.RETRAIN_REFUSED,
                        Kind.ROLLOUT_PAUSED,
                        Kind.ROLLOUT_PROMOTED,
                        Kind.ROLLOUT_ADVANCED,
                        Kind.ROLLOUT_RESUMED,
                        Kind.ROLLOUT_ADVANCED,
                        Kind.ROLLOUT_ROLLED_BACK,
                        Kind.ROLLOUT_STARTED,
                        Kind.ROLLOUT_ABORTED,
                        Kind.ROLLOUT_ENDED);
        List<RolloutStatus.State> states = new ArrayList<>();
        for (Kind kind : kinds) {
            events.add(rollout(kind));
            states.add(RolloutStatus.of(events).get(0).state());
        }

        assertThat(states)
                .extracting(Enum::name)
                .containsExactly(
                        "RUNNING",
                        "HELD",
                        "HELD",
                        "PAUSED",
                        "PAUSED",
                        "PAUSED",
                        "RUNNING",
                        "RUNNING",
                        "ROLLED_BACK",
                        "RUNNING",
                        "ABORTED",
                        "ENDED");
        assertThat(RolloutStatus.of(events).get(0).figure("share")).isEqualTo(0.1);
        assertThat(RolloutStatus.of(events).get(0).figure("none")).isNaN();
    }
}
