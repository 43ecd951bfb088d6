package com.shivx.jobs;

import static com.shivx.models.testing.DirectionModels.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureVector;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.DriftOptions;
import com.shivx.jobs.options.IngestOptions;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.options.LifecycleOptions;
import com.shivx.jobs.options.OutcomeOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.ControlTail;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.KilledJobs;
import com.shivx.jobs.testing.MeasuredVersions;
import com.shivx.jobs.testing.RolledOut;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.TickFeed;
import com.shivx.jobs.testing.Until;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Alarm;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.drift.DriftReport;
import com.shivx.models.lifecycle.LifecycleCommand;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.wire.AccuracyRowJson;
import com.shivx.models.wire.AlarmJson;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.DeploymentRequestJson;
import com.shivx.models.wire.DriftReportJson;
import com.shivx.models.wire.LifecycleCommandJson;
import com.shivx.models.wire.LifecycleEventJson;
import com.shivx.models.wire.RetrainRequestJson;
import com.shivx.models.wire.TrainingResultJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rollout by what really happens: ticks are scored, predictions meet their outcomes, and what
 * accuracy tells takes a candidate on. In each of its steps every job loses its JobManager and all
 * TaskManagers, and what is on the topics in the end is as if none ever had.
 */
class KilledRolloutITCase {

    private static final int TASK_MANAGERS = 2;
    private static final int SUBTASKS = 2;

    /** So many that each partition has some. */
    private static final int SYMBOLS = 8;

    /** Ticks of a second of event time. */
    private static final int SECOND = 10 * SYMBOLS;

    /** Seconds of a window, of accuracy and of drift alike: enough rows to be judged by. */
    private static final int WINDOW = 10;

    private static final long SECOND_MICROS = 1_000_000;
    private static final long WINDOW_MICROS = WINDOW * SECOND_MICROS;

    /** How far event time lags behind ticks, {@code ingest.predictions.disorder} and some more. */
    private static final long LAG_MICROS = 11 * SECOND_MICROS;

    /** After so many ticks vectors are ready. */
    private static final int WARM = 61 * SECOND;

    /** Ticks of a symbol: several times what a rollout takes. */
    private static final int TAPE = 12_000;

    /** So short that enough votes are in before a rollout is held for them. */
    private static final Duration HORIZON = Duration.ofMillis(500);

    /** The request. */
    private static final String ROLLOUT = "second";

    private static final String BASE = "1.0.0";
    private static final String CANDIDATE = "2.0.0";

    /** A candidate of this one follows prices; the champion, of the opposite, is mostly wrong. */
    private static final float WEIGHT = 2_000;

    /** What the versions were measured on: forty windows. */
    private static final List<FeatureVector> PAST =
            Scoring.vectorsOf(Tape.trending(SYMBOLS, 4_700, 1));

    /** As decisions tell of them. */
    private static final List<String> STEPS =
            List.of(
                    "shadow",
                    "canary for 10 %",
                    "canary for 50 %",
                    "champion, watched for 20 s",
                    "champion, watched for 20 s");

    /** What the candidate is in each. */
    private static final List<Role> ROLES =
            List.of(Role.SHADOW, Role.CANARY, Role.CANARY, Role.CHAMPION, Role.CHAMPION);

    /** The champion, the candidate, its rollout, and a training meanwhile. */
    private static final int FIRST_DECISIONS = 4;

    /** Rows of a window in the end: both versions in all their parts, and the built-in one. */
    private static final int TOLD_OF = 6;

    private static final LifecycleCommand RETRAIN =
            new LifecycleCommand(
                    "retrain-1",
                    MODEL,
                    LifecycleCommand.Kind.RETRAIN,
                    null,
                    null,
                    null,
                    null,
                    "a test");

    private static final TrainingResult TRAINED =
            new TrainingResult(
                    "retrain-1", MODEL, TrainingResult.Kind.REFUSED, 1, null, "it is no better");

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static KafkaProbe probe;

    @TempDir private Path folder;
    @TempDir private Path store;

    private final KilledJobs jobs = new KilledJobs(flink, TASK_MANAGERS);
    private final List<ControlTail<?>> tails = new ArrayList<>();
    private MeasuredVersions versions;
    private Scoring run;
    private TickFeed feed;
    private long warmMicros;
    private ControlTail<LifecycleEvent> events;
    private ControlTail<DeploymentEvent> served;
    private ControlTail<AccuracyRow> accuracy;
    private ControlTail<DriftReport> drift;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        probe = new KafkaProbe(kafka.bootstrapServers());
        flink = Cluster.shippedHighlyAvailable(TASK_MANAGERS);
    }

    @AfterAll
    static void stop() {
        flink.close();
        probe.close();
        kafka.close();
    }

    @AfterEach
    void letGo() throws Exception {
        jobs.cancel();
        for (ControlTail<?> tail : tails) {
            tail.close();
        }
    }

    @Test
    void goesOnWhereItWasAlthoughEveryJobDiesInEachStep() throws Exception {
        run = new Scoring(probe, kafka.bootstrapServers(), "rollout");
        feed = new TickFeed(run, Tape.trending(SYMBOLS, TAPE, 2));
        versions = new MeasuredVersions(folder, WINDOW_MICROS, PAST);
        events = tail(Topic.LIFECYCLE_EVENTS, new LifecycleEventJson());
        served = tail(Topic.DEPLOYMENT_EVENTS, new DeploymentEventJson());
        accuracy = tail(Topic.ACCURACY, new AccuracyRowJson());
        drift = tail(Topic.DRIFT_REPORTS, new DriftReportJson());
        Configuration options = options(run);
        JobClient lifecycle =
                jobs.submit(LifecycleJob.NAME, env -> LifecycleJob.build(env, options));
        ask("first", DeploymentMode.NOW, versions.write(BASE, -WEIGHT));
        Until.holds("a champion", () -> events.all().size() == 1);
        JobClient scoring = jobs.submit(ScoringJob.NAME, env -> ScoringJob.build(env, options));
        jobs.submit(AccuracyJob.NAME, env -> AccuracyJob.build(env, options));
        jobs.submit(DriftJob.NAME, env -> DriftJob.build(env, options));
        feed.send(WARM);
        warmMicros = sentMicros();
        flowUntil("what is told of the champion", () -> told() > 0 && isFollowed());
        ask(ROLLOUT, DeploymentMode.ROLLOUT, versions.write(CANDIDATE, WEIGHT));
        Until.holds("the rollout", () -> events.all().size() == 3);
        long startedMicros = told();
        run.send(Topic.LIFECYCLE_COMMANDS, new LifecycleCommandJson(), RETRAIN);
        Until.holds("the training", () -> events.all().size() == FIRST_DECISIONS);

        for (int step = 0; step < STEPS.size(); step++) {
            int decided = FIRST_DECISIONS + step;
            assertThat(events.all()).hasSize(decided);
            killAll();
            assertThat(events.all()).as("it is in no other step than before").hasSize(decided);
            flowUntil("the end of " + STEPS.get(step), () -> events.all().size() > decided);
        }
        long endedMicros = told();
        run.send(Topic.TRAINING_RESULTS, new TrainingResultJson(), TRAINED);
        flowUntil("the candidate alone to serve", () -> serving(6) >= SUBTASKS);
        comeToAnEnd();
        scoring.cancel().get();
        lifecycle.cancel().get();

        assertDecisions();
        RolledOut left = new RolledOut(probe, run, feed.sent());
        left.assertPredictions(versions.artifacts());
        left.assertServed(SUBTASKS, 6);
        left.assertDrift(versions.watched(), startedMicros, endedMicros);
        left.assertAccuracy(undisturbed(left), closedMicros());
        assertThat(probe.committed(run.topic(Topic.DEAD_LETTERS))).isEmpty();
        assertThat(run.read(Topic.ALARMS, new AlarmJson()))
                .as("a death makes late, and nothing else")
                .doesNotHaveDuplicates()
                .allMatch(alarm -> alarm.kind() == Alarm.Kind.LATENCY);
    }

    private <T> ControlTail<T> tail(Topic topic, ControlJson<T> json) {
        ControlTail<T> tail = new ControlTail<>(kafka.bootstrapServers(), run.topic(topic), json);
        tails.add(tail);
        return tail;
    }

    /**
     * While ticks are on their way, and again where jobs have begun anew. Fewer wait in the end
     * than {@code ingest.predictions.disorder} allows for.
     */
    private void killAll() throws Exception {
        Until.holds("every tick answered", () -> run.answered() >= feed.sent().size());
        feed.send(2 * SECOND);
        jobs.killJobManagers();
        feed.send(2 * SECOND);
        jobs.awaitOtherJobManagers();
        feed.send(2 * SECOND);
        jobs.killTaskManagers();
        feed.send(2 * SECOND);
        jobs.awaitRestarts();
    }

    /** Ticks flow, half a window at a time, and never far ahead of the last job. */
    private void flowUntil(String what, Callable<Boolean> condition) throws Exception {
        Until.holds(
                what,
                () -> {
                    if (isFollowed()) {
                        feed.send(WINDOW * SECOND / 2);
                    }
                    return condition.call();
                });
    }

    /**
     * Whether every tick is answered, all is told of every window that is closed, and nothing is
     * left to be decided.
     */
    private boolean isFollowed() {
        long closed = windowStart(sentMicros() - LAG_MICROS - SECOND_MICROS);
        return run.answered() >= feed.sent().size()
                && (closed <= warmMicros || (told() >= closed && reported() >= closed))
                && !isDue();
    }

    /**
     * Whether accuracy tells of all the time that the rollout's step takes, so that it ends now: no
     * other row comes before it has, and no step passes unseen.
     */
    private boolean isDue() {
        List<LifecycleEvent> steps =
                events.all().stream()
                        .filter(event -> event.requestId().equals(ROLLOUT))
                        .filter(event -> event.kind() != LifecycleEvent.Kind.DEPLOYED)
                        .toList();
        if (steps.isEmpty() || steps.size() > STEPS.size()) {
            return false;
        }
        LifecycleEvent step = steps.get(steps.size() - 1);
        Map<String, Double> evidence = Objects.requireNonNull(step.evidence());
        long seconds =
                accuracy.all().stream()
                                .filter(row -> row.key().modelVersion().equals(CANDIDATE))
                                .filter(row -> row.key().role() == ROLES.get(steps.size() - 1))
                                .filter(
                                        row ->
                                                row.windowStartMicros()
                                                        >= evidence.get("step_from_micros"))
                                .filter(row -> row.counts().known > 0)
                                .count()
                        * WINDOW;
        return seconds >= evidence.get("needed_seconds");
    }

    /** In the middle of a window, so that it is no question which were closed. */
    private void comeToAnEnd() throws Exception {
        while (feed.sent().size() % (WINDOW * SECOND) != WINDOW * SECOND / 2) {
            feed.send(SECOND);
        }
        long closed = closedMicros();
        Until.holds("the training's end", () -> events.all().size() == 10);
        Until.holds("every row", () -> isTold(run, closed));
        Until.holds("every report", () -> reported() >= closed);
        Until.holds("the last tick answered", () -> run.answered() >= feed.sent().size());
        int vectors = Scoring.vectorsOf(feed.sent()).size();
        Until.holds(
                "every prediction",
                () -> run.predictions(ScoringOptions.BASELINE).size() >= vectors);
    }

    private long sentMicros() {
        List<Tick> sent = feed.sent();
        return sent.get(sent.size() - 1).eventTimeMicros();
    }

    /** Up to when windows are closed in the end. */
    private long closedMicros() {
        return windowStart(sentMicros() - LAG_MICROS);
    }

    private static long windowStart(long micros) {
        return micros - Math.floorMod(micros, WINDOW_MICROS);
    }

    /** Up to when accuracy is told, event time. */
    private long told() {
        return accuracy.all().stream().mapToLong(AccuracyRow::windowEndMicros).max().orElse(0);
    }

    /** Whether accuracy is told up to then of all that it is told of. */
    private static boolean isTold(Scoring of, long micros) throws Exception {
        return of.read(Topic.ACCURACY, new AccuracyRowJson()).stream()
                        .filter(row -> row.windowEndMicros() == micros)
                        .count()
                == TOLD_OF;
    }

    /** Up to when drift is. */
    private long reported() {
        return drift.all().stream().mapToLong(DriftReport::windowEndMicros).max().orElse(0);
    }

    private long serving(long generation) {
        return served.all().stream()
                .filter(event -> event.model().equals(MODEL) && event.generation() == generation)
                .count();
    }

    private void ask(String id, DeploymentMode mode, ModelRef version) {
        run.send(
                Topic.DEPLOYMENT_REQUESTS,
                new DeploymentRequestJson(),
                new DeploymentRequest(id, MODEL, mode, version, 0, null, null, "a test"));
    }

    private Configuration options(Scoring of) {
        Configuration options = of.options();
        options.set(ScoringOptions.ALLOWED_URIS, List.of(folder.toString()));
        options.set(ScoringOptions.STORE, store.toUri().toString());
        options.set(OutcomeOptions.HORIZONS, List.of(HORIZON));
        options.set(OutcomeOptions.WINDOW, Duration.ofSeconds(WINDOW));
        options.set(LifecycleOptions.SHADOW_TIME, Duration.ofSeconds(3 * WINDOW));
        options.set(LifecycleOptions.SHARE_TIME, Duration.ofSeconds(2 * WINDOW));
        Duration watched = Duration.ofSeconds(2 * WINDOW);
        options.set(LifecycleOptions.WATCH_TIMES, List.of(watched, watched));
        // No partition is ever empty, however long a machine takes to begin anew.
        options.set(IngestOptions.IDLE_AFTER, Duration.ofMinutes(10));
        options.set(OutcomeOptions.IDLE_AFTER, Duration.ofMinutes(10));
        options.set(DriftOptions.IDLE_AFTER, Duration.ofMinutes(10));
        options.setString("execution.checkpointing.interval", "500 ms");
        options.setString("execution.checkpointing.min-pause", "0 ms");
        return options;
    }

    private void assertDecisions() throws Exception {
        assertThat(events.all())
                .extracting(
                        event -> event.eventId() + " " + event.kind() + " " + event.generation())
                .containsExactly(
                        "direction~1 DEPLOYED 1",
                        "direction~2 DEPLOYED 2",
                        "direction~3 ROLLOUT_STARTED 2",
                        "direction~4 RETRAIN_REQUESTED 2",
                        "direction~5 ROLLOUT_ADVANCED 3",
                        "direction~6 ROLLOUT_ADVANCED 4",
                        "direction~7 ROLLOUT_ADVANCED 5",
                        "direction~8 ROLLOUT_ADVANCED 5",
                        "direction~9 ROLLOUT_ENDED 6",
                        "direction~10 RETRAIN_ENDED 6");
        assertThat(events.all())
                .filteredOn(event -> event.requestId().equals(ROLLOUT))
                .filteredOn(event -> event.reason() != null)
                .extracting(LifecycleEvent::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith(STEPS.get(0)),
                        reason -> assertThat(reason).startsWith(STEPS.get(1)),
                        reason -> assertThat(reason).startsWith(STEPS.get(2)),
                        reason -> assertThat(reason).startsWith(STEPS.get(3)),
                        reason -> assertThat(reason).startsWith(STEPS.get(4)),
                        reason -> assertThat(reason).startsWith("it is champion"));
        assertThat(run.read(Topic.DEPLOYMENTS, new DeploymentJson()))
                .extracting(KilledRolloutITCase::members)
                .containsExactly(
                        "1: 1.0.0",
                        "2: 1.0.0, 2.0.0 SHADOW",
                        "3: 1.0.0, 2.0.0 CANARY 0.1",
                        "4: 1.0.0, 2.0.0 CANARY 0.5",
                        "5: 2.0.0, 1.0.0 SHADOW",
                        "6: 2.0.0");
        assertThat(run.read(Topic.RETRAIN_REQUESTS, new RetrainRequestJson()))
                .extracting(RetrainRequest::requestId)
                .containsExactly(RETRAIN.requestId());
    }

    /** Such as {@code 3: 1.0.0, 2.0.0 CANARY 0.1}. */
    private static String members(Deployment deployment) {
        StringBuilder members = new StringBuilder();
        members.append(deployment.generation()).append(": ");
        members.append(deployment.champion().version());
        ModelRef canary = deployment.canary();
        if (canary != null) {
            members.append(", ").append(canary.version());
            members.append(" CANARY ").append(deployment.canaryShare());
        }
        deployment
                .shadows()
                .forEach(shadow -> members.append(", ").append(shadow.version()).append(" SHADOW"));
        return members.toString();
    }

    /** Another accuracy job has read the same from its beginning to its end, and nobody died. */
    private Scoring undisturbed(RolledOut left) throws Exception {
        Scoring undisturbed = new Scoring(probe, kafka.bootstrapServers(), "undisturbed");
        Configuration options = options(undisturbed);
        for (Topic topic : List.of(Topic.TICKS, Topic.PREDICTIONS, Topic.DEPLOYMENTS)) {
            options.setString(KafkaOptions.TOPICS_PREFIX + topic.defaultName(), run.topic(topic));
        }
        jobs.submit(AccuracyJob.NAME, env -> AccuracyJob.build(env, options));
        long decided = left.decided(HORIZON);
        for (Scoring each : List.of(run, undisturbed)) {
            Until.holds("every outcome", () -> probe.count(each.topic(Topic.OUTCOMES)) >= decided);
            Until.holds("every row", () -> isTold(each, closedMicros()));
        }
        return undisturbed;
    }
}
