package com.shivx.models.lifecycle;

import static com.shivx.models.deployment.LifecycleEvent.Kind.REFUSED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.RETRAIN_REFUSED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.RETRAIN_REQUESTED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.SCHEDULE_DUE;
import static com.shivx.models.deployment.LifecycleEvent.Kind.SCHEDULE_REMOVED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.SCHEDULE_SET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.shivx.models.lifecycle.LifecycleCommand.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {

    /** By hand, from a Saturday. */
    @ParameterizedTest
    @CsvSource({
        "daily 06:30, 2026-11-28T12:00:00Z, 2026-11-29T06:30:00Z",
        "daily 12:00, 2026-11-28T12:00:00Z, 2026-11-29T12:00:00Z",
        "daily 12:00, 2026-11-28T11:59:59.999Z, 2026-11-28T12:00:00Z",
        "Weekly MON 7:05, 2026-11-28T12:00:00Z, 2026-11-30T07:05:00Z",
        "weekly sat 13:00, 2026-11-28T12:00:00Z, 2026-11-28T13:00:00Z",
        "weekly sun 00:00, 2026-11-28T12:00:00Z, 2026-11-29T00:00:00Z",
        "*/15 * * * *, 2026-11-28T12:01:00Z, 2026-11-28T12:15:00Z",
        "30 6 * * 1-5, 2026-11-28T12:00:00Z, 2026-11-30T06:30:00Z",
        "0 0 * * 7, 2026-11-28T12:00:00Z, 2026-11-29T00:00:00Z",
        "0 0 29 2 *, 2026-11-28T12:00:00Z, 2028-02-29T00:00:00Z",
        "0 0 1 * 3, 2026-11-28T12:00:00Z, 2026-12-01T00:00:00Z",
        "0 0 15 * 3, 2026-11-28T12:00:00Z, 2026-12-02T00:00:00Z"
    })
    void knowsWhenItIsDueNext(String times, String now, String next) {
        assertThat(ScheduleTimes.parse(times).after(Instant.parse(now).toEpochMilli()))
                .hasValue(Instant.parse(next).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "daily",
                "daily 25:00",
                "daily 06:61",
                "weekly 06:30",
                "weekly foo 06:30",
                "* * * *",
                "* * * * * *",
                "61 * * * *",
                "every day",
                "0 0 32 1 *"
            })
    void refusesWhatIsNoTimes(String times) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleTimes.parse(times))
                .withMessageContaining("write 'daily 06:30'")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void refusesWhatNeverComes() {
        assertThat(ScheduleTimes.parse("0 0 31 2 *").after(0)).isEmpty();
        Story story = new Story();
        story.command(Kind.SET_SCHEDULE, "never", "0 0 31 2 *");
        assertThat(story.last().reason()).isEqualTo("times '0 0 31 2 *' never come");
    }

    @Test
    void trainsEachTimeThatItIsDue() {
        Story story = new Story();
        story.command(Kind.SET_SCHEDULE, "nightly", "daily 02:00");
        assertThat(story.last().kind()).isEqualTo(SCHEDULE_SET);
        assertThat(story.last().schedule()).isEqualTo("nightly");
        assertThat(story.last().reason()).isEqualTo("daily 02:00");
        story.pass(Duration.ofHours(14).minusMillis(1));
        assertThat(story.retrainRequests).isEmpty();
        story.pass(Duration.ofMillis(1));
        assertThat(story.kinds()).containsExactly(SCHEDULE_SET, SCHEDULE_DUE, RETRAIN_REQUESTED);
        story.result(TrainingResult.Kind.FAILED, story.last().requestId());
        story.pass(Duration.ofHours(24));

        assertThat(story.retrainRequests).hasSize(2);
    }

    @Test
    void isDueOnceForWhatWasMissed() {
        Story story = new Story();
        story.command(Kind.SET_SCHEDULE, "hourly", "0 * * * *");
        story.beDown(Duration.ofDays(9));

        assertThat(story.kinds()).containsExactly(SCHEDULE_SET, SCHEDULE_DUE, RETRAIN_REQUESTED);
        assertThat(story.life.wakeMillis())
                .isEqualTo(Instant.parse("2026-12-07T13:00:00Z").toEpochMilli());
    }

    @Test
    void twoThatAreDueAtOnceMakeOneTraining() {
        Story story = new Story();
        story.command(Kind.SET_SCHEDULE, "a", "daily 13:00");
        story.command(Kind.SET_SCHEDULE, "b", "daily 13:00");
        story.events.clear();
        story.pass(Duration.ofHours(1));

        assertThat(story.kinds())
                .containsExactly(SCHEDULE_DUE, RETRAIN_REQUESTED, SCHEDULE_DUE, RETRAIN_REFUSED);
    }

    @Test
    void isReplacedAndRemovedByName() {
        Story story = new Story();
        story.command(Kind.SET_SCHEDULE, "a", "daily 13:00");
        story.command(Kind.SET_SCHEDULE, "a", "daily 15:00");
        story.pass(Duration.ofHours(2));
        assertThat(story.kinds()).containsExactly(SCHEDULE_SET, SCHEDULE_SET);
        story.command(Kind.REMOVE_SCHEDULE, "b", null);
        assertThat(story.last().reason()).isEqualTo("direction has no schedule 'b'; there are: a");
        story.command(Kind.REMOVE_SCHEDULE, "a", null);
        assertThat(story.last().kind()).isEqualTo(SCHEDULE_REMOVED);
        assertThat(story.life.wakeMillis()).isEqualTo(Long.MAX_VALUE);
        story.command(Kind.REMOVE_SCHEDULE, "a", null);
        assertThat(story.last().reason()).endsWith("there are: none");
    }

    @Test
    void isRefusedWithTheReason() {
        Story story = new Story();
        story.command(Kind.SET_SCHEDULE, "no name", "daily 13:00");
        story.command(Kind.SET_SCHEDULE, "a", null);
        story.command(Kind.SET_SCHEDULE, "a", "whenever");
        assertThat(story.kinds()).containsOnly(REFUSED);
        for (int i = 0; i < 16; i++) {
            story.command(Kind.SET_SCHEDULE, "s" + i, "daily 13:00");
        }
        story.command(Kind.SET_SCHEDULE, "s16", "daily 13:00");
        assertThat(story.last().reason()).contains("has 16 schedules already");
    }
}
