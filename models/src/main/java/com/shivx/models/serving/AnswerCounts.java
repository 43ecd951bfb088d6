package com.shivx.models.serving;

import com.shivx.models.PredictionStatus;

/**
 * What became of the vectors that a version was asked about. Counts add up. Its all-zero self has
 * none. Public fields, because it travels and lives in checkpoints.
 */
public final class AnswerCounts {

    /** Answered. */
    public long answered;

    /** Answered by what is no answer: not finite, or no probabilities. */
    public long invalid;

    /** Calls failed, or the version is not asked any more and had to answer. */
    public long failed;

    /** Calls took too long and were ended. */
    public long timedOut;

    /** So many more of a status. */
    public void add(PredictionStatus status, long vectors) {
        switch (status) {
            case OK -> answered += vectors;
            case INVALID_OUTPUT -> invalid += vectors;
            case FAILED -> failed += vectors;
            case TIMEOUT -> timedOut += vectors;
        }
    }

    /** All of another, which stays as it is. */
    public void add(AnswerCounts other) {
        answered += other.answered;
        invalid += other.invalid;
        failed += other.failed;
        timedOut += other.timedOut;
    }

    /** Vectors in all. */
    public long total() {
        return answered + invalid + errors();
    }

    /** Vectors whose call gave nothing. */
    public long errors() {
        return failed + timedOut;
    }
}
