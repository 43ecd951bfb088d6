package com.shivx.drift.reference;

/**
 * What a distance is when nothing has changed: over chunks of the reference, each as long as a live
 * window, against the reference as a whole.
 *
 * @param mean NaN without chunks
 * @param sd of a sample (n − 1); NaN below two chunks
 * @param chunks how many there were
 */
public record ChunkSpread(double mean, double sd, int chunks) {

    /** Fewer chunks than that say too little of the spread. */
    public static final int MIN_CHUNKS = 30;

    /** A distance cannot be told from the reference's own beyond this threshold. */
    public static final double BLIND = 0.95;

    /** Of the distances of all chunks. */
    static ChunkSpread of(double[] distances, int chunks) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < chunks; i++) {
            double delta = distances[i] - mean;
            mean += delta / (i + 1);
            squares += delta * (distances[i] - mean);
        }
        return new ChunkSpread(
                chunks == 0 ? Double.NaN : mean,
                chunks < 2 ? Double.NaN : Math.sqrt(squares / (chunks - 1)),
                chunks);
    }

    /** Mean + 3 sd; NaN, beyond which nothing lies, below {@link #MIN_CHUNKS} chunks. */
    public double threshold() {
        return chunks < MIN_CHUNKS ? Double.NaN : mean + 3 * sd;
    }
}
