package com.shivx.drift.reference;

import java.util.Arrays;

/**
 * What a figure is when nothing has changed: over chunks of the reference, each as long as a live
 * window. Mostly the distance of each from the reference as a whole.
 *
 * @param mean NaN without chunks
 * @param sd of a sample (n − 1); NaN below two chunks
 * @param chunks how many there were
 * @param figures of the chunks, rising; none where they were not kept
 */
public record ChunkSpread(double mean, double sd, int chunks, double[] figures) {

    /** Fewer chunks than that say too little of the spread. */
    public static final int MIN_CHUNKS = 30;

    /** A distance cannot be told from the reference's own beyond this threshold. */
    public static final double BLIND = 0.95;

    /** How many standard deviations from the mean still are chance. */
    private static final double WIDTH = 3;

    /** Nothing was measured. */
    public static final ChunkSpread NONE =
            new ChunkSpread(Double.NaN, Double.NaN, 0, new double[0]);

    /** Of the figures of all chunks. */
    static ChunkSpread of(double[] figures, int chunks) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < chunks; i++) {
            double delta = figures[i] - mean;
            mean += delta / (i + 1);
            squares += delta * (figures[i] - mean);
        }
        double[] sorted = Arrays.copyOf(figures, chunks);
        Arrays.sort(sorted);
        return new ChunkSpread(
                chunks == 0 ? Double.NaN : mean,
                chunks < 2 ? Double.NaN : Math.sqrt(squares / (chunks - 1)),
                chunks,
                sorted);
    }

    /** Mean + 3 sd; NaN, beyond which nothing lies, below {@link #MIN_CHUNKS} chunks. */
    public double threshold() {
        return chunks < MIN_CHUNKS ? Double.NaN : mean + WIDTH * sd;
    }

    /** Mean − 3 sd; NaN, below which nothing lies, below {@link #MIN_CHUNKS} chunks. */
    public double lowerThreshold() {
        return chunks < MIN_CHUNKS ? Double.NaN : mean - WIDTH * sd;
    }

    /**
     * How often a window in which nothing has changed shows as much: its rank among the chunks,
     * {@code (1 + chunks with as much or more) / (1 + chunks)}, which holds whatever their
     * distribution, as far as one chunk is like another. Never below {@code 1/(chunks+1)}: 30
     * chunks cannot tell one in a hundred from one in a thousand.
     *
     * @return NaN if the chunks' figures were not kept, or of NaN
     */
    public double p(double figure) {
        if (figures.length == 0 || Double.isNaN(figure)) {
            return Double.NaN;
        }
        int asMuch = figures.length - Quantiles.below(figures, figure);
        return (1.0 + asMuch) / (1.0 + figures.length);
    }
}
