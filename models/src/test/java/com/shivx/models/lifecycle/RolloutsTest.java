package com.shivx.models.lifecycle;

import static com.shivx.models.deployment.LifecycleEvent.Kind.ROLLOUT_ABORTED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.ROLLOUT_ADVANCED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.ROLLOUT_ENDED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.ROLLOUT_HELD;
import static com.shivx.models.deployment.LifecycleEvent.Kind.ROLLOUT_PAUSED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.ROLLOUT_PROMOTED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.ROLLOUT_RESUMED;
import static com.shivx.models.deployment.LifecycleEvent.Kind.ROLLOUT_ROLLED_BACK;
import static com.shivx.models.deployment.LifecycleEvent.Kind.ROLLOUT_STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.shivx.models.Alarm;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.lifecycle.LifecycleCommand.Kind;
import com.shivx.models.outcome.VoteCount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RolloutsTest {

    private static final String BASE = "1.0.0";
    private static final String CANDIDATE = "2.0.0";

    private static Story started() {
        Story story = new Story();
        story.deploy(DeploymentMode.NOW, BASE);
        story.deploy(DeploymentMode.SHADOW, "1.5.0");
        story.deploy(DeploymentMode.ROLLOUT, CANDIDATE);
        assertThat(story.last().kind()).isEqualTo(ROLLOUT_STARTED);
        story.events.clear();
        return story;
    }

    /** Windows of the part that it has now, until something is decided or so many have gone by. */
    private static void windows(Story story, int most, long better, long worse) {
        int before = story.events.size();
        for (int i = 0; i < most && story.events.size() == before; i++) {
            window(story, better, worse);
        }
    }

    private static void window(Story story, long better, long worse) {
        Deployment inForce = story.inForce();
        if (inForce.champion().version().equals(CANDIDATE)) {
            story.window(CANDIDATE, BASE, Role.SHADOW, worse, better);
        } else {
            Role role = inForce.canary() == null ? Role.SHADOW : Role.CANARY;
            story.window(BASE, CANDIDATE, role, better, worse);
        }
    }

    private static String serves(Deployment deployment) {
        return "%s %s %s %s"
                .formatted(
                        deployment.champion().version(),
                        version(deployment.canary()),
                        deployment.canaryShare(),
                        deployment.shadows().stream().map(each -> each.version()).toList());
    }

    private static String version(@Nullable ModelRef ref) {
        return ref == null ? "-" : ref.version();
    }

    @Test
    void bringsABetterVersionByStepsToChampion() {
        Story story = started();
        assertThat(serves(story.inForce())).isEqualTo("1.0.0 - 0.0 [1.5.0, 2.0.0]");
        for (int i = 0; i < 5; i++) {
            windows(story, 100, 4, 1);
        }

        assertThat(story.kinds())
                .containsExactly(
                        ROLLOUT_ADVANCED,
                        ROLLOUT_ADVANCED,
                        ROLLOUT_ADVANCED,
                        ROLLOUT_ADVANCED,
                        ROLLOUT_ENDED);
        assertThat(story.deployments.stream().map(RolloutsTest::serves))
                .containsExactly(
                        "1.0.0 - 0.0 []",
                        "1.0.0 - 0.0 [1.5.0]",
                        "1.0.0 - 0.0 [1.5.0, 2.0.0]",
                        "1.0.0 2.0.0 0.1 [1.5.0]",
                        "1.0.0 2.0.0 0.5 [1.5.0]",
                        "2.0.0 - 0.0 [1.5.0, 1.0.0]",
                        "2.0.0 - 0.0 [1.5.0]");
        assertThat(story.deployments.subList(3, 5))
                .extracting(Deployment::salt)
                .containsOnly("direction/3");
        assertThat(story.deployments.get(3).routingUnit()).isEqualTo(RoutingUnit.SYMBOL_SLICE);
        assertThat(story.inForce().generation()).isEqualTo(7);
        assertThat(story.life.rollout()).isNull();
        assertThat(story.life.wakeMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void numbersEveryDecisionOnce() {
        Story story = started();
        windows(story, 100, 4, 1);
        windows(story, 100, 4, 1);

        assertThat(story.events)
                .extracting(LifecycleEvent::eventId)
                .containsExactly("direction~5", "direction~6");
        assertThat(story.events.get(0).evidence())
                .containsEntry("step", 2.0)
                .containsEntry("share", 0.1)
                .containsEntry("better", 40.0)
                .containsEntry("worse", 10.0);
    }

    /** Ten minutes of the step, although the evidence was there after three. */
    @Test
    void everyStepTakesItsTime() {
        Story story = started();
        for (int i = 0; i < 9; i++) {
            window(story, 50, 0);
        }
        assertThat(story.events).isEmpty();
        window(story, 50, 0);
        assertThat(story.kinds()).containsExactly(ROLLOUT_ADVANCED);
    }

    /** Windows without outcomes are no time that it has stood. */
    @Test
    void silenceIsNoTime() {
        Story story = started();
        for (int i = 0; i < 60; i++) {
            story.window(BASE, CANDIDATE, Role.SHADOW, 50, 0, Story.counts(0, 0, 0));
        }
        assertThat(story.events).isEmpty();
    }

    @Test
    void holdsWhatIsNeitherBetterNorWorseAndSendsItBackInTheEnd() {
        Story story = started();
        windows(story, 10, 1, 1);
        assertThat(story.kinds()).containsExactly(ROLLOUT_HELD);
        assertThat(story.last().reason()).contains("neither better nor worse");
        windows(story, 178, 1, 1);
        assertThat(story.events).hasSize(1);
        windows(story, 2, 1, 1);

        assertThat(story.kinds()).containsExactly(ROLLOUT_HELD, ROLLOUT_ROLLED_BACK);
        assertThat(serves(story.inForce())).isEqualTo("1.0.0 - 0.0 [1.5.0]");
    }

    @Test
    void sendsAWorseOneBackAtOnce() {
        Story story = started();
        windows(story, 9, 0, 5);

        assertThat(story.kinds()).containsExactly(ROLLOUT_ROLLED_BACK);
        assertThat(story.last().reason()).contains("it is worse than 1.0.0");
    }

    /** What it won in the steps before does not hide that it is worse now. */
    @Test
    void goesBackToTheOneBeforeWhenItIsWorseAsChampion() {
        Story story = started();
        windows(story, 100, 9, 1);
        windows(story, 100, 9, 1);
        windows(story, 100, 9, 1);
        assertThat(story.inForce().champion().version()).isEqualTo(CANDIDATE);
        windows(story, 19, 0, 3);

        assertThat(story.last().kind()).isEqualTo(ROLLOUT_ROLLED_BACK);
        assertThat(serves(story.inForce())).isEqualTo("1.0.0 - 0.0 [1.5.0]");
    }

    /** Rows of the step before come late, and those of another champion are of another question. */
    @Test
    void takesNoEvidenceOfAnotherPairOrAnotherStep() {
        Story story = started();
        windows(story, 100, 4, 1);
        long before = Story.TAPE_START;
        story.events.clear();
        for (int i = 0; i < 60; i++) {
            story.row(
                    before,
                    CANDIDATE,
                    Role.SHADOW,
                    List.of(new VoteCount(BASE, 0, 9, 0)),
                    Story.counts(60, 0, 0));
            story.row(
                    before + (100 + i) * Story.MINUTE,
                    CANDIDATE,
                    Role.SHADOW,
                    List.of(new VoteCount("0.9.0", 0, 9, 0)),
                    Story.counts(60, 0, 0));
        }
        assertThat(story.events).isEmpty();
        RolloutState state = story.life.rollout();
        assertThat(state).isNotNull();
        assertThat(state.step().worse()).isZero();
        assertThat(state.step().observedMicros()).isZero();
    }

    /** One row stamped years ahead moves neither time nor step; the tape goes on. */
    @Test
    void aRowFromAnotherTimeEndsNothing() {
        Story story = started();
        window(story, 50, 0);
        story.row(
                Story.TAPE_START + 12L * 365 * 86_400 * 1_000_000,
                CANDIDATE,
                Role.SHADOW,
                List.of(new VoteCount(BASE, 900, 0, 0)),
                Story.counts(60, 0, 0));
        for (int i = 0; i < 8; i++) {
            window(story, 50, 0);
        }
        assertThat(story.events).isEmpty();
        window(story, 50, 0);
        assertThat(story.kinds()).containsExactly(ROLLOUT_ADVANCED);
    }

    @Test
    void goesBackWhenTooManyAnswersAreNone() {
        Story story = started();
        story.window(BASE, CANDIDATE, Role.SHADOW, 9, 0, Story.counts(59, 1, 0));
        assertThat(story.events).as("of 60 one says nothing yet").isEmpty();
        story.window(BASE, CANDIDATE, Role.SHADOW, 9, 0, Story.counts(59, 1, 0));

        assertThat(story.kinds()).containsExactly(ROLLOUT_ROLLED_BACK);
        assertThat(story.last().reason()).contains("2 of its last 120 predictions are no answers");
    }

    @Test
    void goesBackWhenTooFewMeetAnOutcome() {
        Story story = started();
        story.window(BASE, CANDIDATE, Role.SHADOW, 9, 0, Story.counts(88, 0, 12));

        assertThat(story.kinds()).containsExactly(ROLLOUT_ROLLED_BACK);
        assertThat(story.last().reason()).contains("coverage is below 90 %");
    }

    @ParameterizedTest
    @EnumSource(Alarm.Kind.class)
    void goesBackForAlarmsThatAreTheCandidatesOwn(Alarm.Kind kind) {
        Story story = started();
        story.alarm(kind, true, BASE);
        story.alarm(kind, false, CANDIDATE);
        assertThat(story.kinds()).doesNotContain(ROLLOUT_ROLLED_BACK);
        story.alarm(kind, true, CANDIDATE);

        boolean votesTell =
                List.of(
                                Alarm.Kind.ACCURACY,
                                Alarm.Kind.ESTIMATED_ACCURACY,
                                Alarm.Kind.RATE,
                                Alarm.Kind.LATENCY)
                        .contains(kind);
        assertThat(story.kinds().contains(ROLLOUT_ROLLED_BACK)).isEqualTo(!votesTell);
    }

    /** What it takes is the market's doing, and perhaps what it is the cure of. */
    @Test
    void goesOnWhereOnlyFeaturesDrift() {
        Story story = started();
        story.alarm(Alarm.Kind.DRIFT, true, CANDIDATE, Map.of(Alarm.DRIFTED_ANSWERS, 0.0));

        assertThat(story.kinds()).doesNotContain(ROLLOUT_ROLLED_BACK);
    }

    @Test
    void goesBackWhenASubtaskRefusesItButNotForWhatWasSaidBefore() {
        Story story = started();
        story.serving(DeploymentEvent.Kind.REFUSED, CANDIDATE, 2);
        story.serving(DeploymentEvent.Kind.SERVING, CANDIDATE, 3);
        story.serving(DeploymentEvent.Kind.WITHDRAWN, "1.5.0", 3);
        assertThat(story.events).isEmpty();
        story.serving(DeploymentEvent.Kind.REFUSED, CANDIDATE, 3);

        assertThat(story.kinds()).containsExactly(ROLLOUT_ROLLED_BACK);
        assertThat(story.last().reason()).contains("subtask 0 of 2 has refused it: because");
    }

    @Test
    void goesBackWhenNothingArrives() {
        Story story = started();
        story.pass(Duration.ofMinutes(189));
        assertThat(story.events).isEmpty();
        story.pass(Duration.ofMinutes(1));

        assertThat(story.kinds()).containsExactly(ROLLOUT_ROLLED_BACK);
        assertThat(story.last().reason())
                .contains("nothing has decided it within 10 min and 3 h more")
                .contains("outcomes.horizons");
    }

    @Test
    void staysWhereItIsWhilePausedButForGuardrails() {
        Story story = started();
        story.command(Kind.PAUSE);
        story.command(Kind.PAUSE);
        for (int i = 0; i < 30; i++) {
            window(story, 9, 0);
        }
        story.pass(Duration.ofDays(9));
        story.command(Kind.RESUME);
        window(story, 9, 0);
        assertThat(story.kinds())
                .containsExactly(
                        ROLLOUT_PAUSED,
                        LifecycleEvent.Kind.REFUSED,
                        ROLLOUT_RESUMED,
                        ROLLOUT_ADVANCED);

        story.command(Kind.PAUSE);
        story.alarm(Alarm.Kind.DRIFT, true, CANDIDATE);
        assertThat(story.kinds()).contains(ROLLOUT_ROLLED_BACK);
    }

    @Test
    void takesAStepByHandWhateverTheEvidence() {
        Story story = started();
        for (int i = 0; i < 5; i++) {
            story.command(Kind.PROMOTE);
        }

        assertThat(story.kinds().subList(0, 3))
                .containsExactly(ROLLOUT_PROMOTED, ROLLOUT_ADVANCED, ROLLOUT_PROMOTED);
        assertThat(story.last().kind()).isEqualTo(ROLLOUT_ENDED);
        assertThat(story.inForce().champion().version()).isEqualTo(CANDIDATE);
    }

    @Test
    void isEndedByHandOrByAnotherDeploymentAlone() {
        Story story = started();
        story.deploy(DeploymentMode.SHADOW, "3.0.0");
        assertThat(story.last().kind()).isEqualTo(LifecycleEvent.Kind.REFUSED);
        assertThat(story.last().reason()).contains("shivx models rollout abort");
        story.command(Kind.ABORT);
        assertThat(story.last().kind()).isEqualTo(ROLLOUT_ABORTED);
        assertThat(serves(story.inForce())).isEqualTo("1.0.0 - 0.0 [1.5.0]");
        story.command(Kind.ABORT);
        assertThat(story.last().reason()).contains("no rollout of direction is under way");

        Story other = started();
        other.deploy(DeploymentMode.NOW, "3.0.0");
        assertThat(other.kinds()).containsExactly(LifecycleEvent.Kind.DEPLOYED, ROLLOUT_ABORTED);
        assertThat(serves(other.inForce())).isEqualTo("3.0.0 - 0.0 []");
    }

    @Test
    void isRefusedWithoutAChampionAndBesideAnotherCanary() {
        Story story = new Story();
        story.deploy(DeploymentMode.ROLLOUT, CANDIDATE);
        assertThat(story.last().reason()).contains("has no champion");
        story.deploy(DeploymentMode.NOW, BASE);
        story.take(
                LifecycleInput.of(
                        new DeploymentRequest(
                                "canary",
                                Story.MODEL,
                                DeploymentMode.CANARY,
                                Story.ref("1.5.0"),
                                0.1,
                                null,
                                null,
                                "anna")));
        story.deploy(DeploymentMode.ROLLOUT, CANDIDATE);
        assertThat(story.last().reason()).contains("direction@1.5.0 is a canary");
        story.deploy(DeploymentMode.ROLLOUT, "1.5.0");
        assertThat(story.last().kind()).isEqualTo(ROLLOUT_STARTED);
        assertThat(serves(story.inForce())).isEqualTo("1.0.0 - 0.0 [1.5.0]");
    }

    /** A tape that is played again from its beginning goes on counting. */
    @Test
    void followsATapeThatIsPlayedAgain() {
        Story story = new Story();
        story.deploy(DeploymentMode.NOW, BASE);
        story.row(
                Story.TAPE_START + 365L * 86_400 * 1_000_000,
                BASE,
                Role.CHAMPION,
                List.of(),
                Story.counts(60, 0, 0));
        story.deploy(DeploymentMode.ROLLOUT, CANDIDATE);
        story.events.clear();
        windows(story, 12, 9, 1);

        assertThat(story.kinds()).containsExactly(ROLLOUT_ADVANCED);
    }

    @Test
    void refusesRulesThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules(1, List.of(0.1)))
                .withMessageContaining("rollout.alpha");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules(0.05, List.of(0.5, 0.1)))
                .withMessageContaining("rollout.shares");
        assertThat(rules(0.05, List.of()).steps()).hasSize(2);
    }

    private static RolloutRules rules(double alpha, List<Double> shares) {
        return new RolloutRules(
                alpha, Duration.ZERO, shares, Duration.ZERO, List.of(), Duration.ofDays(1), 1);
    }
}
