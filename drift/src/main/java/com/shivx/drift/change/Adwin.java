package com.shivx.drift.change;

import java.util.Arrays;

/**
 * Adaptive windowing: finds where the mean of a stream has changed (A. Bifet and R. Gavaldà,
 * "Learning from time-changing data with adaptive windowing", SDM 2007). Of all ways to cut the
 * window in two, at the ends of buckets, it looks for one whose means differ by more than
 *
 * <pre>
 * ε = √(2·m·σ²·ln(2·ln W / δ)) + 2/3·m·ln(2·ln W / δ),   m = 1/(n₀−l+1) + 1/(n₁−l+1)
 * </pre>
 *
 * <p>for a window of W values with variance σ², parts of n₀ and n₁ values and the least length l.
 * Conventions are those of River 0.26, so that both find the same changes in the same streams: it
 * looks once in {@code clock} values, the oldest bucket goes for each cut that is found, and after
 * a change the stream begins anew with the next value.
 *
 * <p>Values should be independent and of bounded range, such as 0/1 errors or log-loss scaled to 0
 * to 1, one a horizon: outcomes that overlap fire it many times over. Memory and time are O(log W).
 */
public final class Adwin {

    private final AdwinConfig config;

    /** Room for buckets of one size: one more than may stay. */
    private final int room;

    /** By a configuration. */
    public Adwin(AdwinConfig config) {
        this.config = config;
        this.room = config.maxBuckets() + 1;
    }

    /**
     * Takes the next value.
     *
     * @param value finite
     * @return whether the mean has changed
     */
    public boolean update(AdwinState state, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "value is %s; leave out what is not known".formatted(value));
        }
        if (state.changed) {
            clear(state);
        }
        insert(state, value);
        compress(state);
        state.ticks++;
        if (state.ticks % config.clock() == 0 && state.width > config.gracePeriod()) {
            while (cut(state)) {
                state.changed = true;
            }
        }
        return state.changed;
    }

    private static void clear(AdwinState state) {
        state.width = 0;
        state.total = 0;
        state.variance = 0;
        state.ticks = 0;
        state.changed = false;
        state.buckets = new int[0];
        state.totals = new double[0];
        state.variances = new double[0];
    }

    private void insert(AdwinState state, double value) {
        push(state, 0, value, 0);
        state.width++;
        if (state.width > 1) {
            double before = state.width - 1.0;
            double delta = value - state.total / before;
            state.variance += before * delta * delta / state.width;
        }
        state.total += value;
    }

    private void push(AdwinState state, int row, double total, double variance) {
        if (row == state.buckets.length) {
            state.buckets = Arrays.copyOf(state.buckets, row + 1);
            state.totals = Arrays.copyOf(state.totals, (row + 1) * room);
            state.variances = Arrays.copyOf(state.variances, (row + 1) * room);
        }
        int at = row * room + state.buckets[row]++;
        state.totals[at] = total;
        state.variances[at] = variance;
    }

    /** Takes the oldest buckets of a size away. */
    private void drop(AdwinState state, int row, int count) {
        int from = row * room;
        int left = state.buckets[row] - count;
        System.arraycopy(state.totals, from + count, state.totals, from, left);
        System.arraycopy(state.variances, from + count, state.variances, from, left);
        Arrays.fill(state.totals, from + left, from + room, 0);
        Arrays.fill(state.variances, from + left, from + room, 0);
        state.buckets[row] = left;
    }

    /** Makes one of the two oldest buckets of each size that has one too many. */
    private void compress(AdwinState state) {
        for (int row = 0; row < state.buckets.length && state.buckets[row] == room; row++) {
            int at = row * room;
            double size = Math.scalb(1.0, row);
            double delta = state.totals[at] / size - state.totals[at + 1] / size;
            push(
                    state,
                    row + 1,
                    state.totals[at] + state.totals[at + 1],
                    state.variances[at]
                            + state.variances[at + 1]
                            + size * size * delta * delta / (size + size));
            drop(state, row, 2);
        }
    }

    /** Looks for a cut; at the first, the oldest bucket goes. */
    private boolean cut(AdwinState state) {
        double olderCount = 0;
        double older = 0;
        double newerCount = state.width;
        double newer = state.total;
        for (int row = state.buckets.length - 1; row >= 0; row--) {
            double size = Math.scalb(1.0, row);
            for (int k = 0; k < state.buckets[row]; k++) {
                double total = state.totals[row * room + k];
                olderCount += size;
                older += total;
                newerCount -= size;
                newer -= total;
                if (olderCount >= config.minLength()
                        && newerCount >= config.minLength()
                        && differ(
                                state,
                                olderCount,
                                newerCount,
                                older / olderCount - newer / newerCount)) {
                    dropOldest(state);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean differ(AdwinState state, double older, double newer, double difference) {
        double logarithm = Math.log(2 * Math.log((double) state.width) / config.delta());
        double m = 1 / (older - config.minLength() + 1) + 1 / (newer - config.minLength() + 1);
        double epsilon =
                Math.sqrt(2 * m * (state.variance / state.width) * logarithm)
                        + 2.0 / 3 * logarithm * m;
        return Math.abs(difference) > epsilon;
    }

    private void dropOldest(AdwinState state) {
        int row = state.buckets.length - 1;
        int at = row * room;
        double size = Math.scalb(1.0, row);
        double total = state.totals[at];
        state.width -= 1L << row;
        state.total -= total;
        double delta = total / size - state.total / state.width;
        state.variance -=
                state.variances[at] + size * state.width * delta * delta / (size + state.width);
        drop(state, row, 1);
        if (state.buckets[row] == 0) {
            state.buckets = Arrays.copyOf(state.buckets, row);
            state.totals = Arrays.copyOf(state.totals, row * room);
            state.variances = Arrays.copyOf(state.variances, row * room);
        }
    }
}
