package com.shivx.models.lifecycle;

import com.shivx.models.Alarm;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent.Kind;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.lifecycle.RolloutStep.Stage;
import com.shivx.models.outcome.AccuracyRow;
import java.time.Duration;
import java.util.Locale;

/**
 * Brings a version from shadow to champion by steps, or back. A step is over when its time has
 * passed, counted in windows in which the candidate had outcomes, and the evidence says better: E⁺
 * of all votes since the rollout began. It goes back when E⁻ of the step's own votes says worse, a
 * guardrail is broken, or the longest hold is over. As champion it is only watched: the one before
 * it goes on as a shadow, so that votes go on too.
 *
 * <p>E⁺ is one process over the whole rollout, so that one that is no better is promoted with
 * probability α at most, however often and in however many steps it is looked at. E⁻ begins anew
 * with each step, so that a good past does not hide a bad present; an equal version is sent back
 * with at most α for each.
 */
final class Rollouts {

    private final RolloutRules rules;
    private final double bound;

    Rollouts(RolloutRules rules) {
        this.rules = rules;
        bound = -Math.log(rules.alpha());
    }

    /**
     * One begins, whose first deployment is in force.
     *
     * @param symbols how many there are, by which its shares are of symbols or of slices to its
     *     end; 0 where nobody knows
     */
    void start(
            DeploymentRequest request,
            ModelRef base,
            Deployment deployment,
            int symbols,
            Turn turn) {
        RoutingUnit unit = RoutingUnit.among(symbols);
        RolloutPlan plan =
                new RolloutPlan(
                        request.version(),
                        base,
                        request.requestId(),
                        request.requestedBy(),
                        deployment.generation(),
                        rules.steps(),
                        unit);
        long clock = turn.clock().micros();
        RolloutState state =
                new RolloutState(
                        plan,
                        0,
                        false,
                        clock,
                        0,
                        0,
                        StepEvidence.none(clock, deadlineMillis(plan.steps().get(0), turn)));
        turn.rollout(state);
        RolloutWords.tell(
                Kind.ROLLOUT_STARTED,
                plan.asker(),
                state,
                "%s; %s"
                        .formatted(
                                RolloutWords.of(state.current()),
                                RolloutWords.shares(
                                        unit, symbols, deployment.routingSliceMicros())),
                turn);
    }

    private long deadlineMillis(RolloutStep step, Turn turn) {
        return turn.nowMillis() + millis(step) + rules.maxHold().toMillis();
    }

    private static long millis(RolloutStep step) {
        return step.minMicros() / 1_000;
    }

    /** Accuracy of a window, of whichever version. */
    void onRow(AccuracyRow row, Turn turn) {
        RolloutState state = turn.rollout();
        if (state == null || row.key().horizonMicros() != rules.horizonMicros()) {
            return;
        }
        if (turn.clock().micros() < state.step().fromMicros()) {
            state = state.from(turn.clock().micros());
            turn.rollout(state);
        }
        if (row.windowStartMicros() < state.fromMicros()) {
            return;
        }
        state = RolloutEvidence.with(row, state);
        turn.rollout(state);
        judge(state, turn);
    }

    private void judge(RolloutState state, Turn turn) {
        StepEvidence step = state.step();
        long told = step.answered() + step.unanswered();
        if (told + step.missing() >= RolloutRules.JUDGED_TOGETHER) {
            if (step.unanswered() > RolloutRules.MAX_UNANSWERED * told) {
                rollBack(
                        state,
                        "%d of its last %d predictions are no answers, more than %s %%"
                                .formatted(
                                        step.unanswered(),
                                        told,
                                        RolloutWords.percent(RolloutRules.MAX_UNANSWERED)),
                        turn);
                return;
            }
            if (told < RolloutRules.MIN_COVERAGE * (told + step.missing())) {
                rollBack(
                        state,
                        "%d of its last %d predictions met no outcome: coverage is below %s %%"
                                .formatted(
                                        step.missing(),
                                        told + step.missing(),
                                        RolloutWords.percent(RolloutRules.MIN_COVERAGE)),
                        turn);
                return;
            }
            turn.rollout(state.with(step.judged()));
        }
        RolloutState now = turn.rollout();
        if (now != null && !now.isPaused()) {
            weigh(now, turn);
        }
    }

    private void weigh(RolloutState state, Turn turn) {
        StepEvidence step = state.step();
        if (RolloutEvidence.logWorse(state) >= bound) {
            rollBack(
                    state,
                    "it is worse than %s: %d votes for it and %d against it in this step"
                            .formatted(state.plan().base().version(), step.better(), step.worse()),
                    turn);
            return;
        }
        long overtime = step.observedMicros() - state.current().minMicros();
        if (overtime < 0 || step.observedMicros() == 0) {
            return;
        }
        if (state.current().stage() == Stage.WATCHED) {
            advance(state, state.plan().asker(), "it is not worse", turn);
        } else if (RolloutEvidence.logBetter(state) >= bound) {
            advance(
                    state,
                    state.plan().asker(),
                    "it is better than %s: %d votes for it and %d against it"
                            .formatted(
                                    state.plan().base().version(), state.better(), state.worse()),
                    turn);
        } else if (overtime >= rules.maxHold().toMillis() * 1_000) {
            rollBack(state, inconclusive(state), turn);
        } else if (!step.isHeld()) {
            RolloutState held = state.with(step.held());
            turn.rollout(held);
            RolloutWords.tell(
                    Kind.ROLLOUT_HELD, state.plan().asker(), held, inconclusive(held), turn);
        }
    }

    private String inconclusive(RolloutState state) {
        return "it is neither better nor worse than %s so far: %d votes for it and %d against it; held for at most %s (rollout.max-hold)"
                .formatted(
                        state.plan().base().version(),
                        state.better(),
                        state.worse(),
                        Spans.words(rules.maxHold()));
    }

    private void advance(RolloutState state, Asker asker, String reason, Turn turn) {
        Deployment inForce = turn.inForce();
        RolloutPlan plan = state.plan();
        if (inForce == null) {
            throw new IllegalStateException("a rollout where nothing is deployed");
        }
        if (state.index() + 1 == plan.steps().size()) {
            turn.deploy(RolloutDeployments.ended(plan, inForce));
            turn.rollout(null);
            RolloutWords.tell(Kind.ROLLOUT_ENDED, asker, state, "it is champion: " + reason, turn);
            return;
        }
        RolloutStep next = plan.steps().get(state.index() + 1);
        if (next.stage() != Stage.WATCHED || state.current().stage() != Stage.WATCHED) {
            turn.deploy(RolloutDeployments.of(plan, next, inForce, plan.requestId()));
        }
        RolloutState moved =
                state.next(
                        turn.clock().micros(), state.isPaused() ? 0 : deadlineMillis(next, turn));
        turn.rollout(moved);
        RolloutWords.tell(
                Kind.ROLLOUT_ADVANCED,
                asker,
                moved,
                "%s: %s".formatted(RolloutWords.of(next), reason),
                turn);
    }

    private static void rollBack(RolloutState state, String reason, Turn turn) {
        end(Kind.ROLLOUT_ROLLED_BACK, state, state.plan().asker(), reason, turn);
    }

    private static void end(Kind kind, RolloutState state, Asker asker, String reason, Turn turn) {
        Deployment inForce = turn.inForce();
        if (inForce != null) {
            turn.deploy(RolloutDeployments.rolledBack(state.plan(), inForce, asker.requestId()));
        }
        turn.rollout(null);
        RolloutWords.tell(kind, asker, state, reason, turn);
    }

    /** Another deployment has taken the rollout's place. */
    void replaced(String requestId, Turn turn) {
        RolloutState state = turn.rollout();
        if (state != null) {
            turn.rollout(null);
            RolloutWords.tell(
                    Kind.ROLLOUT_ABORTED,
                    state.plan().asker(),
                    state,
                    "request %s has taken its place".formatted(requestId),
                    turn);
        }
    }

    /** The clock has moved. */
    void onTime(Turn turn) {
        RolloutState state = turn.rollout();
        if (state != null
                && state.step().deadlineMillis() != 0
                && turn.nowMillis() >= state.step().deadlineMillis()) {
            rollBack(
                    state,
                    "nothing has decided it within %s and %s more (rollout.max-hold): outcomes of %s were seen in this step, and %d votes for it and %d against it; does the accuracy job run, with the horizon of %s first in outcomes.horizons?"
                            .formatted(
                                    Spans.words(Duration.ofMillis(millis(state.current()))),
                                    Spans.words(rules.maxHold()),
                                    RolloutWords.micros(state.step().observedMicros()),
                                    state.better(),
                                    state.worse(),
                                    RolloutWords.micros(rules.horizonMicros())),
                    turn);
        }
    }

    void onAlarm(Alarm alarm, Turn turn) {
        RolloutState state = turn.rollout();
        if (state != null
                && alarm.raised()
                && state.plan().candidate().version().equals(alarm.modelVersion())
                && isGuardrail(alarm)) {
            rollBack(state, "alarm %s: %s".formatted(alarm.kind(), alarm.reason()), turn);
        }
    }

    /** What a candidate goes back for at once. */
    private static boolean isGuardrail(Alarm alarm) {
        return switch (alarm.kind()) {
            // Features that drift are the market's, and a new version is the cure of that.
            case DRIFT -> alarm.isDriftOfAnswers();
            case COVERAGE, INVALID_OUTPUT, ERRORS, INFERENCE_TIME, MODEL_REFUSED, MODEL_WITHDRAWN ->
                    true;
            // Of these the votes tell more, or the market or the machine is to blame.
            case ACCURACY, ESTIMATED_ACCURACY, RATE, LATENCY -> false;
        };
    }

    void onServing(DeploymentEvent event, Turn turn) {
        RolloutState state = turn.rollout();
        if (state == null
                || event.generation() < state.plan().firstGeneration()
                || !state.plan().candidate().version().equals(event.version())) {
            return;
        }
        switch (event.kind()) {
            case SERVING -> {
                // As it shall.
            }
            case REFUSED, WITHDRAWN ->
                    rollBack(
                            state,
                            "subtask %d of %d has %s it: %s"
                                    .formatted(
                                            event.subtask(),
                                            event.parallelism(),
                                            event.kind().name().toLowerCase(Locale.ROOT),
                                            event.reason()),
                            turn);
        }
    }

    void onCommand(LifecycleCommand command, Turn turn) {
        RolloutState state = turn.rollout();
        Asker asker = Asker.of(command);
        if (state == null) {
            turn.tell(
                    Kind.REFUSED,
                    asker,
                    null,
                    "no rollout of %s is under way; 'shivx models deploy --rollout' starts one"
                            .formatted(command.model()));
            return;
        }
        switch (command.kind()) {
            case PAUSE -> pause(state, asker, turn);
            case RESUME -> resume(state, asker, turn);
            case PROMOTE -> {
                RolloutWords.tell(
                        Kind.ROLLOUT_PROMOTED, asker, state, why(command, "asked for"), turn);
                advance(state, asker, "it was promoted by hand", turn);
            }
            case ABORT -> end(Kind.ROLLOUT_ABORTED, state, asker, why(command, "asked for"), turn);
            case RETRAIN, SET_SCHEDULE, REMOVE_SCHEDULE ->
                    throw new IllegalArgumentException(command.kind() + " is of no rollout");
        }
    }

    private static void pause(RolloutState state, Asker asker, Turn turn) {
        if (state.isPaused()) {
            turn.tell(
                    Kind.REFUSED,
                    asker,
                    state.plan().candidate().version(),
                    "the rollout is paused already");
            return;
        }
        RolloutState paused = state.paused(true, 0);
        turn.rollout(paused);
        RolloutWords.tell(
                Kind.ROLLOUT_PAUSED,
                asker,
                paused,
                "it stays at %s; guardrails still hold".formatted(RolloutWords.of(state.current())),
                turn);
    }

    private void resume(RolloutState state, Asker asker, Turn turn) {
        if (!state.isPaused()) {
            turn.tell(
                    Kind.REFUSED,
                    asker,
                    state.plan().candidate().version(),
                    "the rollout is not paused");
            return;
        }
        RolloutState resumed = state.paused(false, deadlineMillis(state.current(), turn));
        turn.rollout(resumed);
        RolloutWords.tell(
                Kind.ROLLOUT_RESUMED,
                asker,
                resumed,
                "it goes on from %s".formatted(RolloutWords.of(state.current())),
                turn);
    }

    private static String why(LifecycleCommand command, String otherwise) {
        String reason = command.reason();
        return reason == null || reason.isBlank() ? otherwise : reason;
    }
}
