package com.shivx.models.lifecycle;

/**
 * One step of a rollout. Lives in state, so that a rollout goes on by the steps that it began with.
 *
 * @param stage what the candidate is in it
 * @param share of the routing units that it serves: 0 as a shadow, 1 as champion
 * @param minMicros how long it takes at least, in windows with outcomes, microseconds of event time
 */
public record RolloutStep(Stage stage, double share, long minMicros) {

    /** What the candidate is. */
    public enum Stage {
        /** It scores everything and serves nothing. */
        SHADOW,
        /** It serves a share. */
        CANARY,
        /** It is champion, and the one before it goes on as a shadow, to be compared with. */
        WATCHED
    }
}
