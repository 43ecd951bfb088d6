package com.shivx.cli.reconcile;

/**
 * Vectors in which a feature was still warming up, and who has counted them.
 *
 * @param vectors how many; 0 where nobody knows
 * @param source who says so
 */
public record NotReady(long vectors, Source source) {

    /** Where the number comes from. */
    public enum Source {
        /** Found in the topic {@code features}. */
        KAFKA,
        /**
         * Counted by the job itself, whose vectors are written nowhere: complete unless the job was
         * restarted, which forgets the count.
         */
        FLINK,
        /** Nobody has a complete count. */
        NOBODY
    }

    /** What nobody has counted. */
    public static final NotReady UNKNOWN = new NotReady(0, Source.NOBODY);

    public NotReady {
        if (source == Source.NOBODY && vectors != 0) {
            throw new IllegalArgumentException("an unknown number is not " + vectors);
        }
    }

    boolean isKnown() {
        return source != Source.NOBODY;
    }
}
