package com.shivx.models.serving;

/**
 * Buckets of durations, whole numbers of whatever unit: of one value each below {@code exact},
 * above of {@code 2/exact} of the value, up to {@code exact · 2^octaves − 1}. What is longer is in
 * the last, what is below 0 in the first.
 *
 * @param exact a power of two, at least 2
 * @param octaves from a power of two to the next, so many times
 */
public record DurationBuckets(int exact, int octaves) {

    /** How many there are. */
    public int count() {
        return exact + octaves * perOctave();
    }

    /** The bucket of a duration, from 0. */
    public int of(long duration) {
        if (duration < exact) {
            return (int) Math.max(0, duration);
        }
        long within = Math.min(duration, ((long) exact << octaves) - 1);
        int octave = Long.numberOfLeadingZeros(exact) + 1 - Long.numberOfLeadingZeros(within);
        return exact + (octave - 1) * perOctave() + (int) (within >>> octave) - perOctave();
    }

    /** The least duration of a bucket. */
    public long lowest(int bucket) {
        if (bucket < exact) {
            return bucket;
        }
        int octave = (bucket - exact) / perOctave() + 1;
        return (long) ((bucket - exact) % perOctave() + perOctave()) << octave;
    }

    private int perOctave() {
        return exact / 2;
    }
}
