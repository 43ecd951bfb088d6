package com.shivx.models.contract;

/** What the numbers of a model's output row mean. */
public enum OutputKind {
    /** One probability a class, each in [0, 1], together 1. */
    PROBABILITIES,
    /**
     * Decision scores: the highest names the class, none is a probability. A single score of a
     * two-class model names the second class where it is above 0.
     */
    SCORES,
    /**
     * Decision scores with a label beside them that names the class. The highest score need not:
     * one-against-one classifiers vote, and some exports give one number a pair of classes.
     */
    LABELLED_SCORES,
    /** The one number of a regression. */
    VALUE;

    /**
     * Float sums of a few hundred classes stay within this of 1; one-vs-rest models normalise in
     * float.
     */
    private static final float SUM_TOLERANCE = 1e-3f;

    private static final float RANGE_TOLERANCE = 1e-5f;

    /**
     * Completes the single number of a two-class model: a probability p to (1 − p, p), a decision
     * score s to (−s, s), as scikit-learn's exports have it.
     *
     * @param at where the row begins
     * @param given numbers that the model gives a row
     * @param width numbers that a row shall have
     */
    public void complete(float[] values, int at, int given, int width) {
        if (given < width) {
            values[at + 1] = values[at];
            values[at] = this == PROBABILITIES ? 1 - values[at] : -values[at];
        }
    }

    /** Whether a row of numbers is what this kind promises. */
    public boolean isAnswer(float[] values, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
            // Written so that NaN fails.
            boolean inRange = values[i] >= -RANGE_TOLERANCE && values[i] <= 1 + RANGE_TOLERANCE;
            if (!(this == PROBABILITIES ? inRange : Float.isFinite(values[i]))) {
                return false;
            }
        }
        return this != PROBABILITIES || Math.abs(sum - 1) <= SUM_TOLERANCE;
    }

    /** What {@link #isAnswer} asks for, in words. */
    public String promise() {
        return this == PROBABILITIES ? "probabilities that sum to 1" : "finite numbers";
    }
}
