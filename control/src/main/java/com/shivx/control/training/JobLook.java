package com.shivx.control.training;

import org.jspecify.annotations.Nullable;

/**
 * How a job is.
 *
 * @param state in the words that matter here
 * @param text what the training has left behind, of a job that has finished; why it failed, of one
 *     that has failed; null where there is nothing to say
 */
public record JobLook(State state, @Nullable String text) {

    /** Of a job that the cluster does not know. */
    public static final JobLook UNKNOWN = new JobLook(State.UNKNOWN, null);

    /** How a job can be. */
    public enum State {
        /** The cluster knows no such job. */
        UNKNOWN,
        /** It has no slot yet. */
        WAITING,
        RUNNING,
        /** It has come to its own end. */
        FINISHED,
        FAILED,
        /** Somebody has ended it. */
        CANCELED
    }
}
