package com.shivx.models.serving;

/**
 * What one place has counted of one version. Counts add up, in any order. Its all-zero self has
 * none. Public fields, because it travels.
 */
public final class ServingCounts {

    /** What became of vectors. */
    public AnswerCounts answers = new AnswerCounts();

    /** How long a batch took the version, microseconds. */
    public DurationHistogram callMicros = new DurationHistogram();

    /**
     * From the write of a tick's record to its prediction, milliseconds, of those predictions that
     * are to be acted on.
     */
    public DurationHistogram latencyMillis = new DurationHistogram();

    /** All of another, which stays as it is. */
    public void add(ServingCounts other) {
        answers.add(other.answers);
        callMicros.add(other.callMicros);
        latencyMillis.add(other.latencyMillis);
    }
}
