package com.shivx.models.lifecycle;

/**
 * How far a rollout has come.
 *
 * @param plan what it is to do
 * @param index of its step among the plan's
 * @param isPaused whether it stays there, whatever the evidence
 * @param fromMicros rows of windows that begin before are not of it, microseconds of event time
 * @param better votes for the candidate against the base since its beginning
 * @param worse votes for the base
 * @param step what has come in since its step began
 */
public record RolloutState(
        RolloutPlan plan,
        int index,
        boolean isPaused,
        long fromMicros,
        long better,
        long worse,
        StepEvidence step) {

    RolloutStep current() {
        return plan.steps().get(index);
    }

    RolloutState with(StepEvidence evidence) {
        return new RolloutState(plan, index, isPaused, fromMicros, better, worse, evidence);
    }

    RolloutState voted(long forCandidate, long forBase) {
        return new RolloutState(
                plan, index, isPaused, fromMicros, better + forCandidate, worse + forBase, step);
    }

    /** Event time has turned out to be earlier than was thought: the tape is played again. */
    RolloutState from(long micros) {
        return new RolloutState(
                plan,
                index,
                isPaused,
                Math.min(fromMicros, micros),
                better,
                worse,
                step.from(micros));
    }

    RolloutState paused(boolean paused, long deadlineMillis) {
        return new RolloutState(
                plan, index, paused, fromMicros, better, worse, step.until(deadlineMillis));
    }

    RolloutState next(long clockMicros, long deadlineMillis) {
        return new RolloutState(
                plan,
                index + 1,
                isPaused,
                fromMicros,
                better,
                worse,
                StepEvidence.none(clockMicros, deadlineMillis));
    }
}
