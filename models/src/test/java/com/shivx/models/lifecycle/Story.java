package com.shivx.models.lifecycle;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.models.Alarm;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentPolicy;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.LifecycleState;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.lifecycle.LifecycleCommand.Kind;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One model's life as a test tells it: what comes, what time it is, and what was decided. */
final class Story {

    static final String MODEL = "direction";
    static final long HORIZON = 60_000_000;
    static final long MINUTE = 60_000_000;
    static final long TAPE_START = Instant.parse("2014-05-01T00:00:00Z").toEpochMilli() * 1_000;
    static final RetrainRules RETRAIN =
            new RetrainRules(
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    RetrainFrom.HISTORY,
                    Duration.ofDays(30));
    static final RolloutRules ROLLOUT =
            new RolloutRules(
                    0.05,
                    Duration.ofMinutes(10),
                    List.of(0.1, 0.5),
                    Duration.ofMinutes(10),
                    List.of(Duration.ofMinutes(20), Duration.ofMinutes(30)),
                    Duration.ofHours(3),
                    HORIZON);

    final List<LifecycleEvent> events = new ArrayList<>();
    final List<Deployment> deployments = new ArrayList<>();
    final List<RetrainRequest> retrainRequests = new ArrayList<>();
    long nowMillis = Instant.parse("2026-11-28T12:00:00Z").toEpochMilli();
    LifecycleState deployed = LifecycleState.of(null);
    ModelLife life = ModelLife.from(0);

    private final Lifecycle lifecycle;
    private long tapeMicros = TAPE_START;
    private int requests;

    Story() {
        this(RETRAIN);
    }

    Story(RetrainRules retrain) {
        lifecycle = new Lifecycle(new DeploymentPolicy(List.of("/models")), retrain, ROLLOUT);
    }

    static ModelRef ref(String version) {
        return new ModelRef(version, "/models/" + version, version.substring(0, 1).repeat(64));
    }

    void take(LifecycleInput input) {
        take(lifecycle.decide(deployed, life, input, nowMillis));
    }

    private void take(LifecycleDecisions decisions) {
        if (decisions.isRemembered()) {
            deployed = decisions.deployed();
            life = decisions.life();
        }
        events.addAll(decisions.events());
        deployments.addAll(decisions.deployments());
        retrainRequests.addAll(decisions.retrainRequests());
    }

    /** The clock goes on, and what becomes due by then is woken, as timers do. */
    void pass(Duration duration) {
        long until = nowMillis + duration.toMillis();
        while (life.wakeMillis() <= until) {
            nowMillis = Math.max(nowMillis, life.wakeMillis());
            take(lifecycle.wake(MODEL, deployed, life, nowMillis));
        }
        nowMillis = until;
    }

    /** The job is down for so long, and what became due is woken once when it is back. */
    void beDown(Duration duration) {
        nowMillis += duration.toMillis();
        take(lifecycle.wake(MODEL, deployed, life, nowMillis));
    }

    void deploy(DeploymentMode mode, String version) {
        take(
                LifecycleInput.of(
                        new DeploymentRequest(
                                "r" + requests++,
                                MODEL,
                                mode,
                                ref(version),
                                0,
                                null,
                                null,
                                "anna")));
    }

    void command(Kind kind, @Nullable String schedule, @Nullable String times) {
        take(
                LifecycleInput.of(
                        new LifecycleCommand(
                                "c" + requests++,
                                MODEL,
                                kind,
                                schedule,
                                times,
                                null,
                                null,
                                "anna")));
    }

    void command(Kind kind) {
        command(kind, null, null);
    }

    void alarm(Alarm.Kind kind, boolean raised, String version) {
        alarm(kind, raised, version, Map.of(Alarm.DRIFTED_ANSWERS, 1.0));
    }

    void alarm(Alarm.Kind kind, boolean raised, String version, Map<String, Double> evidence) {
        take(
                LifecycleInput.of(
                        new Alarm(
                                kind + "~" + version,
                                kind,
                                raised,
                                MODEL,
                                version,
                                1,
                                "seen",
                                TAPE_START + 5 * MINUTE,
                                evidence)));
    }

    void result(TrainingResult.Kind kind, String requestId) {
        take(LifecycleInput.of(new TrainingResult(requestId, MODEL, kind, 1, null, "so it is")));
    }

    void serving(DeploymentEvent.Kind kind, String version, long generation) {
        take(
                LifecycleInput.of(
                        new DeploymentEvent(
                                MODEL, generation, kind, version, Role.CANARY, "because", 0, 2)));
    }

    /** A window of the two versions, with votes from the view of the challenger. */
    void window(String champion, String challenger, Role role, long better, long worse) {
        window(champion, challenger, role, better, worse, counts(60, 0, 0));
    }

    void window(
            String champion,
            String challenger,
            Role role,
            long better,
            long worse,
            AccuracyCounts counts) {
        row(champion, Role.CHAMPION, List.of(), counts);
        row(challenger, role, List.of(new VoteCount(champion, better, worse, 0)), counts);
        tapeMicros += MINUTE;
    }

    private void row(String version, Role role, List<VoteCount> votes, AccuracyCounts counts) {
        row(tapeMicros, version, role, votes, counts);
    }

    void row(
            long startMicros,
            String version,
            Role role,
            List<VoteCount> votes,
            AccuracyCounts counts) {
        take(
                LifecycleInput.of(
                        new AccuracyRow(
                                new AccuracyKey(MODEL, version, role, HORIZON),
                                startMicros,
                                startMicros + MINUTE,
                                counts,
                                votes)));
    }

    static AccuracyCounts counts(long known, long unanswered, long missing) {
        AccuracyCounts counts = new AccuracyCounts();
        counts.known = known;
        counts.unanswered = unanswered;
        counts.missing = missing;
        return counts;
    }

    LifecycleEvent last() {
        return events.get(events.size() - 1);
    }

    List<LifecycleEvent.Kind> kinds() {
        return events.stream().map(LifecycleEvent::kind).toList();
    }

    Deployment inForce() {
        Deployment inForce = deployed.inForce();
        if (inForce == null) {
            throw new AssertionError("nothing is deployed");
        }
        return inForce;
    }
}
