package com.shivx.models.lifecycle;

import static com.shivx.models.deployment.LifecycleEvent.Kind.REPEATED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.RETRAIN_ENDED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.RETRAIN_READY;
import static com.shivx.models.deployment.LifecycleEvent.Kind.RETRAIN_REFUSED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.RETRAIN_REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.shivx.models.Alarm;
import com.shivx.models.Role;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.lifecycle.LifecycleCommand.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetrainingTest {

    private static final String CHAMPION = "1.0.0";

    private static Story begun(RetrainRules rules) {
        Story story = new Story(rules);
        story.deploy(DeploymentMode.NOW, CHAMPION);
        story.events.clear();
        return story;
    }

    private static Story begun() {
        return begun(Story.RETRAIN);
    }

    @ParameterizedTest
    @EnumSource(Alarm.Kind.class)
    void isAskedForByAlarmsThatAnotherTrainingMayCure(Alarm.Kind kind) {
        Story story = begun();
        story.alarm(kind, true, CHAMPION);

        boolean cured =
                List.of(Alarm.Kind.DRIFT, Alarm.Kind.ACCURACY, Alarm.Kind.ESTIMATED_ACCURACY)
                        .contains(kind);
        assertThat(story.retrainRequests).hasSize(cured ? 1 : 0);
        assertThat(story.kinds()).isEqualTo(cured ? List.of(RETRAIN_REQUESTED) : List.of());
    }

    @Test
    void isMadeOneAtATimeAndNoneWithinTheCooldown() {
        Story story = begun();
        story.alarm(Alarm.Kind.DRIFT, true, CHAMPION);
        String id = story.retrainRequests.get(0).requestId();
        assertThat(story.retrainRequests.get(0))
                .isEqualTo(
                        new RetrainRequest(
                                "direction~retrain~2",
                                Story.MODEL,
                                RetrainRequest.Cause.ALARM,
                                "DRIFT of 1.0.0: seen",
                                null,
                                LifecycleEvent.LIFECYCLE));
        story.alarm(Alarm.Kind.DRIFT, true, CHAMPION);
        story.alarm(Alarm.Kind.ACCURACY, true, CHAMPION);
        assertThat(story.last().reason()).contains("training direction~retrain~2 has not ended");
        story.command(Kind.RETRAIN);
        story.result(TrainingResult.Kind.STARTED, id);
        story.result(TrainingResult.Kind.RETRYING, id);
        story.result(TrainingResult.Kind.SUCCEEDED, "another");
        story.result(TrainingResult.Kind.SUCCEEDED, id);
        story.alarm(Alarm.Kind.DRIFT, false, CHAMPION);
        story.alarm(Alarm.Kind.ACCURACY, false, CHAMPION);
        story.alarm(Alarm.Kind.DRIFT, true, CHAMPION);
        assertThat(story.last().reason()).contains("ended less than 1 h ago (retrain.cooldown)");
        story.command(Kind.RETRAIN);

        assertThat(story.kinds())
                .containsExactly(
                        RETRAIN_REQUESTED,
                        RETRAIN_REFUSED,
                        RETRAIN_REFUSED,
                        RETRAIN_ENDED,
                        RETRAIN_REFUSED,
                        RETRAIN_REQUESTED);
        assertThat(story.retrainRequests).hasSize(2);
        assertThat(story.retrainRequests.get(1).cause()).isEqualTo(RetrainRequest.Cause.COMMAND);
        assertThat(story.retrainRequests.get(1).requestId()).isEqualTo(story.last().requestId());
    }

    @Test
    void asksAgainForWhatStillIsSoAfterTheCooldown() {
        Story story = begun();
        story.alarm(Alarm.Kind.DRIFT, true, CHAMPION);
        story.result(TrainingResult.Kind.REFUSED, story.retrainRequests.get(0).requestId());
        story.pass(Duration.ofMinutes(59));
        assertThat(story.retrainRequests).hasSize(1);
        story.pass(Duration.ofMinutes(1));

        assertThat(story.kinds())
                .containsExactly(
                        RETRAIN_REQUESTED, RETRAIN_ENDED, RETRAIN_READY, RETRAIN_REQUESTED);
    }

    /** A replay goes faster than the clock. */
    @Test
    void coolsDownByEventTimeWhereThatIsKnown() {
        Story story = begun();
        story.window(CHAMPION, "0.9.0", Role.SHADOW, 0, 0);
        story.command(Kind.RETRAIN);
        story.result(TrainingResult.Kind.FAILED, story.last().requestId());
        for (int i = 0; i < 59; i++) {
            story.window(CHAMPION, "0.9.0", Role.SHADOW, 0, 0);
        }
        assertThat(story.kinds()).doesNotContain(RETRAIN_READY);
        story.window(CHAMPION, "0.9.0", Role.SHADOW, 0, 0);

        assertThat(story.last().kind()).isEqualTo(RETRAIN_READY);
        assertThat(story.life.wakeMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void isNotWaitedForForEver() {
        Story story = begun();
        story.command(Kind.RETRAIN);
        story.pass(Duration.ofHours(2));

        assertThat(story.kinds()).containsExactly(RETRAIN_REQUESTED, RETRAIN_ENDED);
        assertThat(story.last().reason()).contains("within 2 h (retrain.max-duration)");
        story.command(Kind.RETRAIN);
        assertThat(story.last().kind()).isEqualTo(RETRAIN_REQUESTED);
    }

    @Test
    void takesTheRowsThatAreConfigured() {
        Story history = begun();
        history.row(Story.TAPE_START, CHAMPION, Role.CHAMPION, List.of(), Story.counts(1, 0, 0));
        history.alarm(Alarm.Kind.DRIFT, true, CHAMPION);
        assertThat(history.retrainRequests.get(0).fromMicros())
                .isEqualTo(Story.TAPE_START + Story.MINUTE - 30L * 86_400 * 1_000_000);

        Story alarm =
                begun(
                        new RetrainRules(
                                Duration.ofHours(1),
                                Duration.ofHours(2),
                                RetrainFrom.ALARM,
                                Duration.ofDays(30)));
        alarm.alarm(Alarm.Kind.DRIFT, true, CHAMPION);
        assertThat(alarm.retrainRequests.get(0).fromMicros())
                .isEqualTo(Story.TAPE_START + 5 * Story.MINUTE);
    }

    /** It may be the cure. When it is over and the trouble is not, there is another. */
    @Test
    void waitsForARolloutToEnd() {
        Story story = begun();
        story.deploy(DeploymentMode.ROLLOUT, "2.0.0");
        story.events.clear();
        story.alarm(Alarm.Kind.ACCURACY, true, CHAMPION);
        assertThat(story.last().reason()).contains("the rollout of 2.0.0 is under way");
        story.command(Kind.ABORT);

        assertThat(story.last().kind()).isEqualTo(RETRAIN_REQUESTED);
    }

    @Test
    void heedsNoAlarmOfAVersionThatIsNotChampion() {
        Story story = begun();
        story.alarm(Alarm.Kind.DRIFT, true, "0.9.0");
        assertThat(story.events).isEmpty();
    }

    @Test
    void decidesACommandOnce() {
        Story story = begun();
        LifecycleCommand command =
                new LifecycleCommand(
                        "once", Story.MODEL, Kind.RETRAIN, null, null, 7L, "to see", "anna");
        story.take(LifecycleInput.of(command));
        story.take(LifecycleInput.of(command));

        assertThat(story.kinds()).containsExactly(RETRAIN_REQUESTED, REPEATED);
        assertThat(story.retrainRequests.get(0))
                .isEqualTo(
                        new RetrainRequest(
                                "once",
                                Story.MODEL,
                                RetrainRequest.Cause.COMMAND,
                                "to see",
                                7L,
                                "anna"));
    }

    @Test
    void remembersNothingOfNamesThatAreNone() {
        Story story = new Story();
        story.take(
                LifecycleInput.of(
                        new LifecycleCommand(
                                "c", "no model", Kind.RETRAIN, null, null, null, null, "anna")));
        assertThat(story.last())
                .returns(LifecycleEvent.Kind.REFUSED, LifecycleEvent::kind)
                .returns(null, LifecycleEvent::eventId);
        assertThat(story.life).isEqualTo(ModelLife.from(0));
        story.take(
                LifecycleInput.of(
                        new LifecycleCommand(
                                "c",
                                Story.MODEL,
                                Kind.RETRAIN,
                                null,
                                null,
                                null,
                                "x".repeat(2_000),
                                "anna")));
        assertThat(story.last().reason()).contains("more than 1024 characters");
    }

    @Test
    void refusesRulesThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new RetrainRules(
                                        Duration.ZERO,
                                        Duration.ofHours(2),
                                        RetrainFrom.ALARM,
                                        Duration.ofDays(30)))
                .withMessageContaining("retrain.cooldown PT0S is not above 0");
    }
}
