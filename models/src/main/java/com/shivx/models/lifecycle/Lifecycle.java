package com.shivx.models.lifecycle;

import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentDecision;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentPolicy;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.LifecycleEvent.Kind;
import com.shivx.models.deployment.LifecycleState;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.outcome.AccuracyRow;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one model after another input: what serves, when it is trained again, how a version
 * comes to serve. A total function of what is known, what has come and the clock; the clock only
 * counts where nothing comes, and each decision it makes is told as any other.
 */
public final class Lifecycle {

    /** Longer ones are cut where they are told. */
    private static final int MAX_TEXT = 1_024;

    private final DeploymentPolicy deployments;
    private final Retraining retraining;
    private final Schedules schedules;
    private final Rollouts rollouts;
    private final long horizonMicros;

    /** By those rules. */
    public Lifecycle(
            DeploymentPolicy deployments, RetrainRules retrainRules, RolloutRules rolloutRules) {
        this.deployments = deployments;
        retraining = new Retraining(retrainRules);
        schedules = new Schedules(retraining);
        rollouts = new Rollouts(rolloutRules);
        horizonMicros = rolloutRules.horizonMicros();
    }

    /**
     * What comes of an input.
     *
     * @param deployed what is known of the deployments of its model
     * @param life what is known beside them
     * @param nowMillis the clock, milliseconds since the epoch
     */
    public LifecycleDecisions decide(
            LifecycleState deployed, ModelLife life, LifecycleInput input, long nowMillis) {
        Turn turn = new Turn(input.model(), deployed, life, nowMillis, isNamed(input));
        boolean hadRollout = turn.rollout() != null;
        if (input.request() != null) {
            onRequest(input.request(), turn);
        } else if (input.command() != null) {
            onCommand(input.command(), turn);
        } else if (!DeploymentPolicy.isModelName(input.model())) {
            return turn.decisions();
        } else if (input.alarm() != null) {
            rollouts.onAlarm(input.alarm(), turn);
            retraining.onAlarm(input.alarm(), turn);
        } else if (input.accuracy() != null) {
            onRow(input.accuracy(), turn);
        } else if (input.result() != null) {
            retraining.onResult(input.result(), turn);
        } else if (input.serving() != null) {
            rollouts.onServing(input.serving(), turn);
        }
        return after(hadRollout, turn);
    }

    /**
     * What the clock has made due: nothing, if something else has changed that meanwhile.
     *
     * @param nowMillis the clock, milliseconds since the epoch
     */
    public LifecycleDecisions wake(
            String model, LifecycleState deployed, ModelLife life, long nowMillis) {
        Turn turn = new Turn(model, deployed, life, nowMillis, true);
        boolean hadRollout = turn.rollout() != null;
        rollouts.onTime(turn);
        retraining.onTime(turn);
        schedules.onTime(turn);
        return after(hadRollout, turn);
    }

    private LifecycleDecisions after(boolean hadRollout, Turn turn) {
        if (hadRollout && turn.rollout() == null) {
            retraining.askAgain(turn);
        }
        return turn.decisions();
    }

    /** Misspelt names come without end, and nothing will ever be done under them. */
    private static boolean isNamed(LifecycleInput input) {
        DeploymentRequest request = input.request();
        LifecycleCommand command = input.command();
        return DeploymentPolicy.isModelName(input.model())
                && (request == null || DeploymentPolicy.isRequestId(request.requestId()))
                && (command == null || DeploymentPolicy.isRequestId(command.requestId()));
    }

    private void onRequest(DeploymentRequest request, Turn turn) {
        if (turn.deployed().remembers(request.requestId())) {
            turn.tellRepeated(request);
            return;
        }
        turn.remember(request.requestId());
        Deployment before = turn.inForce();
        RolloutState rollout = turn.rollout();
        if (rollout != null && request.mode() != DeploymentMode.NOW) {
            turn.tell(
                    request,
                    DeploymentDecision.refused(
                            "the rollout of %s@%s is under way; wait for its end, or end it with 'shivx models rollout abort %s'"
                                    .formatted(
                                            request.model(),
                                            rollout.plan().candidate().version(),
                                            request.model())));
            return;
        }
        int symbols = symbols(before, request, turn);
        DeploymentDecision decision =
                deployments.decide(before, request, RoutingUnit.among(symbols));
        Deployment deployment = decision.deployment();
        if (deployment != null) {
            turn.deploy(deployment);
            turn.symbols(symbols);
        }
        turn.tell(request, decision);
        if (deployment != null) {
            rollouts.replaced(request.requestId(), turn);
            if (request.mode() == DeploymentMode.ROLLOUT && before != null) {
                rollouts.start(request, before.champion(), deployment, symbols, turn);
            }
        }
    }

    /** Among how many symbols a version begins; rows tell only of those that were deployed for. */
    private static int symbols(@Nullable Deployment before, DeploymentRequest request, Turn turn) {
        String symbols = request.symbols();
        boolean same = symbols == null || before == null || symbols.equals(before.symbols());
        return same ? turn.symbols() : 0;
    }

    private void onCommand(LifecycleCommand command, Turn turn) {
        Asker asker = Asker.of(command);
        if (!DeploymentPolicy.isModelName(command.model())
                || !DeploymentPolicy.isRequestId(command.requestId())) {
            turn.tell(
                    Kind.REFUSED,
                    asker,
                    null,
                    "a model is named by at most 128 of [A-Za-z0-9._-], a request by at most 128 visible ASCII characters");
            return;
        }
        if (turn.deployed().remembers(command.requestId())) {
            turn.tell(Kind.REPEATED, asker, null, LifecycleEvent.REPEATED_REASON);
            return;
        }
        turn.remember(command.requestId());
        String tooLong = tooLong(command);
        if (tooLong != null) {
            turn.tell(Kind.REFUSED, new Asker(command.requestId(), "unnamed"), null, tooLong);
            return;
        }
        switch (command.kind()) {
            case RETRAIN -> retraining.onCommand(command, turn);
            case SET_SCHEDULE -> schedules.set(command, turn);
            case REMOVE_SCHEDULE -> schedules.remove(command, turn);
            case PAUSE, RESUME, PROMOTE, ABORT -> rollouts.onCommand(command, turn);
        }
    }

    private static @Nullable String tooLong(LifecycleCommand command) {
        return length(command.requestedBy()) > MAX_TEXT
                        || length(command.reason()) > MAX_TEXT
                        || length(command.times()) > MAX_TEXT
                        || length(command.schedule()) > MAX_TEXT
                ? "a text of it has more than %d characters; shorten it".formatted(MAX_TEXT)
                : null;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private void onRow(AccuracyRow row, Turn turn) {
        turn.clock(turn.clock().after(row.windowEndMicros()));
        retraining.onClock(turn);
        if (turn.clock().doubtedMicros() == 0) {
            countSymbols(row, turn);
            rollouts.onRow(row, turn);
        }
    }

    /** The champion scores every vector, whoever serves it, so that its rows are of all symbols. */
    private void countSymbols(AccuracyRow row, Turn turn) {
        Deployment inForce = turn.inForce();
        int symbols = row.counts().symbols();
        if (inForce != null
                && symbols > 0
                && row.key().role() == Role.CHAMPION
                && row.key().modelVersion().equals(inForce.champion().version())
                && row.key().horizonMicros() == horizonMicros) {
            turn.symbols(symbols);
        }
    }
}
