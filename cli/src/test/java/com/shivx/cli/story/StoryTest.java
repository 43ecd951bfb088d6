package com.shivx.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.cli.deploy.ModelStatus;
import com.shivx.cli.story.StageStatus.State;
import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.models.Alarm;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import com.shivx.operators.training.TrainingEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoryTest {

    private static final String MODEL = "sim-direction";
    private static final long MINUTE = 60_000_000;
    private static final long CHANGE = 45 * MINUTE;
    private static final ModelRef OLD = new ModelRef("0.1.0", "file:/old", "aa");
    private static final ModelRef NEW = new ModelRef("0.2.0", "file:/new", "bb");

    private final Story story = new Story(MODEL, Plot.CURE, CHANGE);
    private long generation;

    @Test
    void isToldStageByStageUntilAccuracyHasRecovered() {
        assertThat(story.status().stages()).allMatch(each -> each.state() == State.AHEAD);

        story.on(TrainingEvent.progress(10, 500, "round 10"));
        assertStage(Stage.LEARN, State.UNDER_WAY, "round 10");
        learnAndDeploy();
        story.on(row(OLD, Role.CHAMPION, 41, 320, 720));
        assertStage(Stage.SCORE, State.DONE, "accuracy 0.444 [0.409, 0.481]");

        story.onFeed(CHANGE);
        assertThat(state(Stage.CHANGE)).isEqualTo(State.DONE);
        story.on(alarm(Alarm.Kind.DRIFT, true, "log_return_tick in 3 of 5 windows"));
        assertStage(Stage.DRIFT, State.DONE, "log_return_tick in 3 of 5 windows");
        story.on(alarm(Alarm.Kind.ESTIMATED_ACCURACY, true, "0.404"));
        story.on(alarm(Alarm.Kind.ACCURACY, true, "0.285"));
        story.on(row(OLD, Role.CHAMPION, 46, 1_140, 4_000));
        assertThat(state(Stage.ESTIMATE)).isEqualTo(State.DONE);
        assertThat(state(Stage.ACCURACY)).isEqualTo(State.DONE);

        story.on(result(TrainingResult.Kind.STARTED, null, ""));
        assertStage(Stage.RETRAIN, State.UNDER_WAY, "attempt 1");
        story.on(result(TrainingResult.Kind.SUCCEEDED, "0.2.0", "better by 0.04 nats"));
        assertStage(Stage.VALIDATE, State.DONE, "better by 0.04 nats");

        story.on(status(deployment(OLD, null, 0, List.of(NEW)), 2));
        assertStage(Stage.ROLLOUT, State.UNDER_WAY, "0.2.0 in the shadow");
        story.on(status(deployment(OLD, NEW, 0.1, List.of()), 2));
        assertStage(Stage.ROLLOUT, State.UNDER_WAY, "0.2.0 10 % of the vectors");
        story.on(
                row(
                        NEW,
                        Role.CANARY,
                        60,
                        320,
                        720,
                        new VoteCount(OLD.version(), 8, 3, 1),
                        new VoteCount("0.0.9", 7, 7, 7)));
        story.on(row(NEW, Role.CANARY, 61, 320, 720, new VoteCount(OLD.version(), 9, 2, 1)));
        assertThat(story.status().votes()).isEqualTo(new StoryStatus.Votes(17, 5, 2));
        assertThat(story.status().ending()).isNull();

        story.on(status(deployment(NEW, null, 0, List.of(OLD)), 1));
        assertStage(Stage.ROLLOUT, State.UNDER_WAY, "0.2.0 all vectors");
        story.on(status(deployment(NEW, null, 0, List.of(OLD)), 2));
        assertThat(story.status().ending()).isEqualTo(Ending.PROMOTED);
        assertThat(story.status().isTold()).isFalse();

        story.on(row(NEW, Role.CHAMPION, 70, 22, 70));
        assertThat(state(Stage.RECOVER)).isEqualTo(State.UNDER_WAY);
        story.on(row(NEW, Role.CHAMPION, 71, 298, 650));
        assertStage(
                Stage.RECOVER,
                State.DONE,
                "accuracy 0.444 [0.409, 0.481], after accuracy 0.285 [0.271, 0.299]");
        assertThat(story.status().isTold()).isTrue();
        assertThat(story.status().current()).isNull();
        assertThat(story.status().accuracies())
                .extracting(StoryStatus.VersionAccuracy::version)
                .containsExactly("0.1.0", "0.2.0");
    }

    @Test
    void endsWithTheReasonWhenTheNewVersionIsTakenBack() {
        learnAndDeploy();
        story.on(status(deployment(OLD, NEW, 0.1, List.of()), 2));
        story.on(status(deployment(OLD, null, 0, List.of()), 2));
        assertThat(story.status().ending()).isNull();
        story.on(event(LifecycleEvent.Kind.ROLLOUT_ROLLED_BACK, NEW, "worse by 14 of 16 votes"));

        assertThat(story.status().ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(story.status().reason())
                .isEqualTo("0.2.0 was taken back: worse by 14 of 16 votes");
        assertThat(story.status().isTold()).isTrue();
        assertThat(state(Stage.ROLLOUT)).isEqualTo(State.FAILED);
    }

    @Test
    void countsAnAlarmThatStandsThroughTheChangeFromTheNextOneOn() {
        learnAndDeploy();
        story.on(alarm(Alarm.Kind.DRIFT, true, "a flurry"));
        story.on(alarm(Alarm.Kind.DRIFT, false, "over"));
        story.on(alarm(Alarm.Kind.ESTIMATED_ACCURACY, true, "0.404"));
        story.onFeed(CHANGE);
        assertThat(state(Stage.ESTIMATE)).isEqualTo(State.AHEAD);

        story.on(alarm(Alarm.Kind.ACCURACY, true, "0.285"));

        assertThat(state(Stage.DRIFT)).isEqualTo(State.AHEAD);
        assertStage(Stage.ESTIMATE, State.DONE, "0.404");
        assertStage(Stage.ACCURACY, State.DONE, "0.285");
    }

    @Test
    void isInTheStageThatGoesOnThoughAnEarlierOneNeverCame() {
        learnAndDeploy();
        assertThat(current()).isEqualTo(Stage.SCORE);
        story.onFeed(CHANGE);
        story.on(row(OLD, Role.CHAMPION, 41, 320, 720));
        assertThat(current()).isEqualTo(Stage.DRIFT);
        story.on(alarm(Alarm.Kind.ACCURACY, true, "0.285"));
        assertThat(current()).isEqualTo(Stage.RETRAIN);
        story.on(result(TrainingResult.Kind.STARTED, null, ""));
        assertThat(current()).isEqualTo(Stage.RETRAIN);
        story.on(result(TrainingResult.Kind.REFUSED, null, "too few rows"));
        assertThat(current()).isEqualTo(Stage.VALIDATE);
        story.on(result(TrainingResult.Kind.SUCCEEDED, "0.2.0", "better"));
        assertThat(current()).isEqualTo(Stage.ROLLOUT);
        story.on(status(deployment(NEW, null, 0, List.of(OLD)), 2));
        assertThat(current()).isEqualTo(Stage.RECOVER);
    }

    private Stage current() {
        StageStatus current = story.status().current();
        assertThat(current).isNotNull();
        return current.stage();
    }

    @Test
    void tellsOfNoStageThatIsNoPartOfIt() {
        Story bad = new Story(MODEL, Plot.BAD_CANDIDATE, Long.MAX_VALUE);
        bad.onFeed(Long.MAX_VALUE);
        bad.on(alarm(Alarm.Kind.DRIFT, true, "spread_bps beyond its threshold"));

        assertThat(bad.status().stages())
                .extracting(StageStatus::stage)
                .containsExactly(
                        Stage.LEARN, Stage.DEPLOY, Stage.SCORE, Stage.ROLLOUT, Stage.PROMOTE);
        assertThat(bad.status().stages()).allMatch(stage -> stage.state() == State.AHEAD);
    }

    @Test
    void endsOtherwiseWhenAPromotedVersionIsTakenBackAfterAll() {
        learnAndDeploy();
        story.on(status(deployment(NEW, null, 0, List.of()), 2));
        assertThat(story.status().ending()).isEqualTo(Ending.PROMOTED);

        story.on(event(LifecycleEvent.Kind.ROLLOUT_ROLLED_BACK, NEW, "worse"));

        assertThat(story.status().ending()).isEqualTo(Ending.ROLLED_BACK);
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "INCONCLUSIVE", "FAILED", "KEEP"})
    void breaksOffWithoutAFirstVersion(TrainingEvent.Kind kind) {
        story.on(ended(kind, "too few blocks", null));

        assertThat(story.status().ending()).isEqualTo(Ending.BROKEN_OFF);
        assertThat(story.status().reason()).contains("too few blocks");
        assertThat(state(Stage.LEARN)).isEqualTo(State.FAILED);
    }

    @Test
    void breaksOffWhenTheFirstVersionIsNotLetServe() {
        story.on(ended(TrainingEvent.Kind.REGISTERED, "learned", MODEL + "@0.1.0"));
        story.on(event(LifecycleEvent.Kind.REFUSED, OLD, "no such folder is allowed"));

        assertThat(story.status().ending()).isEqualTo(Ending.BROKEN_OFF);
        assertThat(story.status().reason()).isEqualTo("no such folder is allowed");
    }

    @Test
    void breaksOffWhenASubtaskRefusesTheFirstVersion() {
        story.on(ended(TrainingEvent.Kind.REGISTERED, "learned", MODEL + "@0.1.0"));
        DeploymentEvent refused =
                new DeploymentEvent(
                        MODEL,
                        1,
                        DeploymentEvent.Kind.REFUSED,
                        "0.1.0",
                        Role.CHAMPION,
                        "wrong checksum",
                        0,
                        2);
        story.on(
                new ModelStatus(
                        MODEL,
                        1,
                        deployment(OLD, null, 0, List.of()),
                        2,
                        List.of(new ModelStatus.Subtask(0, null, null, refused))));

        assertThat(story.status().reason()).isEqualTo("wrong checksum");
    }

    @Test
    void leavesAlarmsBeforeTheChangeAndOfOtherLinesOut() {
        learnAndDeploy();
        story.on(alarm(Alarm.Kind.DRIFT, true, "before the change"));
        story.onFeed(CHANGE - 1);
        assertThat(state(Stage.DRIFT)).isEqualTo(State.AHEAD);

        story.onFeed(CHANGE);
        story.on(new Alarm("id", Alarm.Kind.DRIFT, true, "other", "0.1.0", 1, "", 0, Map.of()));
        story.on(alarm(Alarm.Kind.DRIFT, false, "cleared"));
        story.on(alarm(Alarm.Kind.LATENCY, true, "late"));

        assertThat(state(Stage.DRIFT)).isEqualTo(State.AHEAD);
    }

    @Test
    void goesOnToTheNextTrainingAfterOneThatDidNotHelp() {
        learnAndDeploy();
        story.on(result(TrainingResult.Kind.STARTED, null, ""));
        story.on(result(TrainingResult.Kind.RETRYING, null, "12 blocks are fewer than 20"));
        assertStage(Stage.RETRAIN, State.UNDER_WAY, "12 blocks are fewer than 20");
        story.on(result(TrainingResult.Kind.FAILED, null, "registry down"));
        assertStage(Stage.RETRAIN, State.FAILED, "registry down");
        story.on(result(TrainingResult.Kind.STARTED, null, ""));
        story.on(result(TrainingResult.Kind.REFUSED, null, "not better"));
        assertStage(Stage.VALIDATE, State.FAILED, "not better");

        story.on(result(TrainingResult.Kind.SUCCEEDED, "0.2.0", "better"));

        assertStage(Stage.VALIDATE, State.DONE, "better");
        assertThat(story.status().ending()).isNull();
        assertThat(story.waitingFor()).contains("it is promoted").doesNotContain("validated");
    }

    private void learnAndDeploy() {
        story.on(ended(TrainingEvent.Kind.REGISTERED, "learned", MODEL + "@0.1.0"));
        assertStage(Stage.LEARN, State.DONE, MODEL + "@0.1.0: learned");
        story.on(status(deployment(OLD, null, 0, List.of()), 1));
        assertThat(state(Stage.DEPLOY)).isEqualTo(State.UNDER_WAY);
        story.on(status(deployment(OLD, null, 0, List.of()), 2));
        assertStage(Stage.DEPLOY, State.DONE, "serves in all 2 subtasks");
    }

    private void assertStage(Stage stage, State state, String remark) {
        assertThat(story.status().stages().get(stage.ordinal()))
                .isEqualTo(new StageStatus(stage, state, remark));
    }

    private State state(Stage stage) {
        return story.status().stages().get(stage.ordinal()).state();
    }

    private static TrainingEvent ended(
            TrainingEvent.Kind kind, String message, @Nullable String version) {
        return new TrainingEvent(kind, 0, 0, message, version, "", "", "");
    }

    private static TrainingResult result(
            TrainingResult.Kind kind, @Nullable String version, String reason) {
        return new TrainingResult("request", MODEL, kind, 1, version, reason);
    }

    private static Alarm alarm(Alarm.Kind kind, boolean raised, String reason) {
        return new Alarm("id", kind, raised, MODEL, "0.1.0", 1, reason, CHANGE, Map.of());
    }

    private static LifecycleEvent event(LifecycleEvent.Kind kind, ModelRef version, String reason) {
        return new LifecycleEvent(
                MODEL + "~1",
                "request",
                MODEL,
                kind,
                1,
                DeploymentMode.NOW,
                version.version(),
                null,
                reason,
                "me",
                Map.of());
    }

    private Deployment deployment(
            ModelRef champion, @Nullable ModelRef canary, double share, List<ModelRef> shadows) {
        Deployment initial = Deployment.initial(MODEL, champion);
        return new Deployment(
                MODEL,
                ++generation,
                DeploymentMode.CANARY,
                champion,
                canary,
                share,
                shadows,
                initial.symbols(),
                initial.routingUnit(),
                initial.routingSliceMicros(),
                "",
                "request");
    }

    /** A deployment that so many of two subtasks serve. */
    private static ModelStatus status(Deployment deployment, int serving) {
        String champion = deployment.champion().version();
        List<ModelStatus.Subtask> subtasks =
                List.of(
                        new ModelStatus.Subtask(0, deployment.generation(), champion, null),
                        new ModelStatus.Subtask(
                                1, serving == 2 ? deployment.generation() : null, champion, null));
        return new ModelStatus(MODEL, deployment.generation(), deployment, 2, subtasks);
    }

    private static AccuracyRow row(
            ModelRef version, Role role, long minute, int right, int known, VoteCount... votes) {
        AccuracyCounts counts = new AccuracyCounts();
        for (int i = 0; i < known; i++) {
            counts.add(1, i < right ? 1 : 0, 3, true);
        }
        return new AccuracyRow(
                new AccuracyKey(MODEL, version.version(), role, 5_000_000),
                minute * MINUTE,
                (minute + 1) * MINUTE,
                counts,
                List.of(votes));
    }
}
