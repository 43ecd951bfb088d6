package com.shivx.drift.comparison;

/**
 * Votes of instants a horizon apart, so that no outcome overlaps another's: one vote an instant
 * over all symbols together, because symbols move together.
 *
 * @param newer instants at which the newer model was right more often where the two differed
 * @param older instants at which the older one was
 */
public record PairedVotes(long newer, long older) {

    /** Before any evidence. */
    public static final PairedVotes NONE = new PairedVotes(0, 0);

    public PairedVotes {
        if (newer < 0 || older < 0) {
            throw new IllegalArgumentException(
                    "%d votes for the newer and %d for the older: count from 0"
                            .formatted(newer, older));
        }
    }

    /**
     * With the vote of one more instant; a tie gives none.
     *
     * @param newerAloneRight outcomes of the instant that only the newer model had right
     * @param olderAloneRight outcomes of the instant that only the older one had right
     */
    public PairedVotes plus(long newerAloneRight, long olderAloneRight) {
        int vote = Long.compare(newerAloneRight, olderAloneRight);
        return new PairedVotes(newer + (vote > 0 ? 1 : 0), older + (vote < 0 ? 1 : 0));
    }

    /** Both together. */
    public PairedVotes plus(PairedVotes other) {
        return new PairedVotes(newer + other.newer, older + other.older);
    }
}
