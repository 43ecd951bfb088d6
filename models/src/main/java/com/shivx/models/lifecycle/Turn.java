package com.shivx.models.lifecycle;

import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentDecision;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.LifecycleState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One input's way through the policies: what is known, which each of them may replace, and what
 * they decide, in order.
 */
final class Turn {

    private final String model;
    private final long nowMillis;

    /** Whether anything is remembered, so that events can be numbered. */
    private final boolean isRemembered;

    private final List<LifecycleEvent> events = new ArrayList<>();
    private final List<Deployment> deployments = new ArrayList<>();
    private final List<RetrainRequest> retrainRequests = new ArrayList<>();
    private LifecycleState deployed;
    private long sequence;
    private EvidenceClock clock;
    private RetrainingState retraining;
    private List<Schedule> schedules;
    private @Nullable RolloutState rollout;
    private int symbols;

    Turn(
            String model,
            LifecycleState deployed,
            ModelLife life,
            long nowMillis,
            boolean isRemembered) {
        this.model = model;
        this.nowMillis = nowMillis;
        this.isRemembered = isRemembered;
        this.deployed = deployed;
        sequence = life.sequence();
        clock = life.clock() == null ? EvidenceClock.START : life.clock();
        retraining = life.retraining() == null ? RetrainingState.NONE : life.retraining();
        schedules = life.schedules() == null ? List.of() : life.schedules();
        rollout = life.rollout();
        symbols = life.symbols();
    }

    LifecycleDecisions decisions() {
        return new LifecycleDecisions(
                deployed,
                new ModelLife(sequence, clock, retraining, schedules, rollout, symbols),
                isRemembered,
                List.copyOf(events),
                List.copyOf(deployments),
                List.copyOf(retrainRequests));
    }

    String model() {
        return model;
    }

    long nowMillis() {
        return nowMillis;
    }

    long nextSequence() {
        return sequence + 1;
    }

    LifecycleState deployed() {
        return deployed;
    }

    @Nullable Deployment inForce() {
        return deployed.inForce();
    }

    EvidenceClock clock() {
        return clock;
    }

    void clock(EvidenceClock next) {
        clock = next;
    }

    RetrainingState retraining() {
        return retraining;
    }

    void retraining(RetrainingState next) {
        retraining = next;
    }

    List<Schedule> schedules() {
        return schedules;
    }

    void schedules(List<Schedule> next) {
        schedules = List.copyOf(next);
    }

    @Nullable RolloutState rollout() {
        return rollout;
    }

    void rollout(@Nullable RolloutState next) {
        rollout = next;
    }

    int symbols() {
        return symbols;
    }

    void symbols(int next) {
        symbols = next;
    }

    void remember(String requestId) {
        deployed = deployed.remembering(requestId);
    }

    /** Publishes what must serve from now on. */
    void deploy(Deployment deployment) {
        deployed = deployed.with(deployment);
        deployments.add(deployment);
    }

    void retrain(RetrainRequest request) {
        retrainRequests.add(request);
    }

    void tell(DeploymentRequest request, DeploymentDecision decision) {
        events.add(LifecycleEvent.of(nextId(), request, decision, deployed.generation()));
    }

    void tellRepeated(DeploymentRequest request) {
        events.add(LifecycleEvent.repeated(nextId(), request, deployed.generation()));
    }

    void tell(LifecycleEvent.Kind kind, Asker asker, @Nullable String version, String reason) {
        tell(kind, asker, version, null, reason, Map.of());
    }

    void tell(
            LifecycleEvent.Kind kind,
            Asker asker,
            @Nullable String version,
            @Nullable String schedule,
            String reason,
            Map<String, Double> evidence) {
        events.add(
                new LifecycleEvent(
                        nextId(),
                        asker.requestId(),
                        model,
                        kind,
                        deployed.generation(),
                        null,
                        version,
                        schedule,
                        reason,
                        asker.requestedBy(),
                        evidence));
    }

    private @Nullable String nextId() {
        if (!isRemembered) {
            return null;
        }
        sequence++;
        return model + "~" + sequence;
    }
}
