package com.shivx.cli.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.LifecycleEvent.Kind;
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
