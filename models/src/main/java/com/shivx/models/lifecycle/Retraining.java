package com.shivx.models.lifecycle;

import com.shivx.models.Alarm;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.LifecycleEvent.Kind;
import com.shivx.models.lifecycle.RetrainRequest.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a model is trained again: for an alarm, by a schedule, or because somebody wants it. One at
 * a time; for alarms and schedules none during a rollout, which may be the cure, and none within
 * the cooldown after the last. An alarm that still stands when those are over is asked for again.
 */
final class Retraining {

    /** A model has a few troubles at once; a sender of ever new ones is cut short. */
    private static final int MOST_ALARMS = 16;

    private final RetrainRules rules;

    Retraining(RetrainRules rules) {
        this.rules = rules;
    }

    /** Whether another version, trained on newer rows, may help. */
    private static boolean calls(Alarm.Kind kind) {
        return switch (kind) {
            case DRIFT, ACCURACY, ESTIMATED_ACCURACY -> true;
            case MODEL_REFUSED,
                    MODEL_WITHDRAWN,
                    COVERAGE,
                    RATE,
                    LATENCY,
                    INVALID_OUTPUT,
                    ERRORS,
                    INFERENCE_TIME ->
                    false;
        };
    }

    void onAlarm(Alarm alarm, Turn turn) {
        if (!calls(alarm.kind())) {
            return;
        }
        List<Alarm> standing = new ArrayList<>(turn.retraining().alarms());
        boolean isRepeated = standing.removeIf(each -> each.alarmId().equals(alarm.alarmId()));
        if (alarm.raised()) {
            standing.add(alarm);
        }
        turn.retraining(
                turn.retraining()
                        .with(
                                standing.subList(
                                        Math.max(0, standing.size() - MOST_ALARMS),
                                        standing.size())));
        if (alarm.raised() && !isRepeated && isOfChampion(alarm, turn)) {
            ask(alarm, turn);
        }
    }

    /** Of a version that only stands beside the champion nothing follows for the champion. */
    private static boolean isOfChampion(Alarm alarm, Turn turn) {
        Deployment inForce = turn.inForce();
        return alarm.modelVersion() == null
                || inForce == null
                || alarm.modelVersion().equals(inForce.champion().version());
    }

    private void ask(Alarm alarm, Turn turn) {
        Long since =
                rules.from() == RetrainFrom.ALARM && alarm.sinceMicros() > 0
                        ? alarm.sinceMicros()
                        : null;
        ask(
                Cause.ALARM,
                Asker.nobody(alarm.alarmId()),
                null,
                "%s of %s: %s"
                        .formatted(
                                alarm.kind(),
                                alarm.modelVersion() == null ? "the model" : alarm.modelVersion(),
                                alarm.reason()),
                since,
                turn);
    }

    void onSchedule(Schedule schedule, Turn turn) {
        ask(
                Cause.SCHEDULE,
                Asker.nobody("schedule~" + schedule.name()),
                schedule.name(),
                "schedule %s, %s".formatted(schedule.name(), schedule.times()),
                schedule.fromMicros(),
                turn);
    }

    void onCommand(LifecycleCommand command, Turn turn) {
        String reason = command.reason();
        ask(
                Cause.COMMAND,
                Asker.of(command),
                null,
                reason == null || reason.isBlank() ? "asked for" : reason,
                command.fromMicros(),
                turn);
    }

    private void ask(
            Cause cause,
            Asker asker,
            @Nullable String schedule,
            String reason,
            @Nullable Long fromMicros,
            Turn turn) {
        String refusal = refusal(cause, turn);
        if (refusal != null) {
            turn.tell(Kind.RETRAIN_REFUSED, asker, null, schedule, refusal, Map.of());
            return;
        }
        // A command's training bears its id, so that who asked can follow it.
        String id =
                cause == Cause.COMMAND
                        ? asker.requestId()
                        : turn.model() + "~retrain~" + turn.nextSequence();
        RetrainRequest request =
                new RetrainRequest(
                        id,
                        turn.model(),
                        cause,
                        reason,
                        fromMicros == null ? historyMicros(turn) : fromMicros,
                        asker.requestedBy());
        turn.retrain(request);
        turn.retraining(
                new RetrainingState(
                        request,
                        turn.nowMillis() + rules.maxDuration().toMillis(),
                        0,
                        0,
                        turn.retraining().alarms()));
        turn.tell(
                Kind.RETRAIN_REQUESTED,
                new Asker(id, asker.requestedBy()),
                null,
                schedule,
                reason,
                Map.of());
    }

    private @Nullable Long historyMicros(Turn turn) {
        long now = turn.clock().micros();
        long from = now - micros(rules.history());
        return now == 0 || from < 0 ? null : from;
    }

    private @Nullable String refusal(Cause cause, Turn turn) {
        RetrainingState state = turn.retraining();
        RolloutState rollout = turn.rollout();
        if (state.running() != null) {
            return "training %s has not ended; one is made at a time"
                    .formatted(state.running().requestId());
        }
        return switch (cause) {
            case COMMAND -> null;
            case ALARM, SCHEDULE ->
                    rollout != null
                            ? "the rollout of %s is under way, which may be the cure"
                                    .formatted(rollout.plan().candidate().version())
                            : state.isCooling()
                                    ? "the last training ended less than %s ago (retrain.cooldown)"
                                            .formatted(Spans.words(rules.cooldown()))
                                    : null;
        };
    }

    void onResult(TrainingResult result, Turn turn) {
        RetrainRequest running = turn.retraining().running();
        if (running != null
                && running.requestId().equals(result.requestId())
                && result.kind().isFinal()) {
            end(running, result.version(), result.kind() + ": " + result.reason(), turn);
        }
    }

    /** Event time has moved. */
    void onClock(Turn turn) {
        RetrainingState state = turn.retraining();
        if (state.isCooling()
                && state.cooldownUntilMicros() != 0
                && turn.clock().micros() >= state.cooldownUntilMicros()) {
            endCooldown(turn);
        }
    }

    /** The clock has moved. */
    void onTime(Turn turn) {
        RetrainingState state = turn.retraining();
        RetrainRequest running = state.running();
        if (running != null && turn.nowMillis() >= state.deadlineMillis()) {
            end(
                    running,
                    null,
                    "nothing was heard of its end within %s (retrain.max-duration); the next may be made"
                            .formatted(Spans.words(rules.maxDuration())),
                    turn);
        } else if (state.isCooling() && turn.nowMillis() >= state.cooldownUntilMillis()) {
            endCooldown(turn);
        }
    }

    private void end(RetrainRequest running, @Nullable String version, String reason, Turn turn) {
        long clock = turn.clock().micros();
        turn.retraining(
                new RetrainingState(
                        null,
                        0,
                        clock == 0 ? 0 : clock + micros(rules.cooldown()),
                        turn.nowMillis() + rules.cooldown().toMillis(),
                        turn.retraining().alarms()));
        turn.tell(
                Kind.RETRAIN_ENDED,
                new Asker(running.requestId(), running.requestedBy()),
                version,
                reason);
    }

    private void endCooldown(Turn turn) {
        RetrainingState state = turn.retraining();
        turn.retraining(
                new RetrainingState(state.running(), state.deadlineMillis(), 0, 0, state.alarms()));
        turn.tell(
                Kind.RETRAIN_READY,
                Asker.nobody(LifecycleEvent.LIFECYCLE),
                null,
                "the cooldown of %s is over".formatted(Spans.words(rules.cooldown())));
        askAgain(turn);
    }

    /** What was refused for a reason that is over, and still is so. */
    void askAgain(Turn turn) {
        if (refusal(Cause.ALARM, turn) != null) {
            return;
        }
        for (Alarm alarm : turn.retraining().alarms()) {
            if (isOfChampion(alarm, turn)) {
                ask(alarm, turn);
                return;
            }
        }
    }

    private static long micros(Duration duration) {
        return TimeUnit.MILLISECONDS.toMicros(duration.toMillis());
    }
}
