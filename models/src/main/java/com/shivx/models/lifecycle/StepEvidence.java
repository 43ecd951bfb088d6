package com.shivx.models.lifecycle;

import com.shivx.drift.accuracy.AccuracyCounts;

/**
 * What has come in since a step of a rollout began.
 *
 * @param fromMicros rows of windows that begin before are of earlier steps, microseconds
 * @param observedMicros how much event time the windows cover in which the candidate had outcomes
 * @param better votes for the candidate
 * @param worse votes for the base
 * @param answered outcomes that were answered and are not judged yet
 * @param unanswered those that it gave no class for
 * @param missing those whose truth never came
 * @param isHeld whether it was told that its time is over and its evidence is not
 * @param deadlineMillis when it ends although nothing arrives, milliseconds of the clock; 0 while
 *     paused
 */
public record StepEvidence(
        long fromMicros,
        long observedMicros,
        long better,
        long worse,
        long answered,
        long unanswered,
        long missing,
        boolean isHeld,
        long deadlineMillis) {

    static StepEvidence none(long fromMicros, long deadlineMillis) {
        return new StepEvidence(fromMicros, 0, 0, 0, 0, 0, 0, false, deadlineMillis);
    }

    StepEvidence observed(long micros, AccuracyCounts counts) {
        return new StepEvidence(
                fromMicros,
                observedMicros + micros,
                better,
                worse,
                answered + counts.known,
                unanswered + counts.unanswered,
                missing + counts.missing,
                isHeld,
                deadlineMillis);
    }

    StepEvidence voted(long forCandidate, long forBase) {
        return new StepEvidence(
                fromMicros,
                observedMicros,
                better + forCandidate,
                worse + forBase,
                answered,
                unanswered,
                missing,
                isHeld,
                deadlineMillis);
    }

    /** So far nothing is wrong: what comes now is judged on its own. */
    StepEvidence judged() {
        return new StepEvidence(
                fromMicros, observedMicros, better, worse, 0, 0, 0, isHeld, deadlineMillis);
    }

    StepEvidence held() {
        return new StepEvidence(
                fromMicros,
                observedMicros,
                better,
                worse,
                answered,
                unanswered,
                missing,
                true,
                deadlineMillis);
    }

    StepEvidence until(long millis) {
        return new StepEvidence(
                fromMicros,
                observedMicros,
                better,
                worse,
                answered,
                unanswered,
                missing,
                isHeld,
                millis);
    }

    /** Event time has turned out to be earlier than was thought. */
    StepEvidence from(long micros) {
        return new StepEvidence(
                Math.min(fromMicros, micros),
                observedMicros,
                better,
                worse,
                answered,
                unanswered,
                missing,
                isHeld,
                deadlineMillis);
    }
}
