package com.shivx.features.bar;

/**
 * Highest high and lowest low of the last bars, in a slice of a symbol's array; a slice of zeros
 * has seen none.
 *
 * @param bars how many
 */
public record HighLow(int bars) {

    private static final int HIGHEST = 0;
    private static final int LOWEST = 1;
    private static final int RINGS = 2;

    /** Numbers of state. */
    public int slots() {
        return RINGS + 2 * ring().slots();
    }

    /** Adds the same bar that many times. */
    public void add(double high, double low, long times, double[] state, int at) {
        Ring ring = ring();
        int highs = at + RINGS;
        int lows = highs + ring.slots();
        double highest = state[at + HIGHEST];
        double lowest = state[at + LOWEST];
        // Only an extreme that leaves the window, and is not renewed, has to be looked for.
        boolean all = times > 1 || ring.size(state, highs) == 0;
        boolean noHighest = all || (high < highest && ring.back(bars, state, highs) == highest);
        boolean noLowest = all || (low > lowest && ring.back(bars, state, lows) == lowest);
        ring.add(high, times, state, highs);
        ring.add(low, times, state, lows);
        state[at + HIGHEST] = noHighest ? ring.max(state, highs) : Math.max(highest, high);
        state[at + LOWEST] = noLowest ? ring.min(state, lows) : Math.min(lowest, low);
    }

    /** Highest high. */
    public double highest(double[] state, int at) {
        return state[at + HIGHEST];
    }

    /** Lowest low. */
    public double lowest(double[] state, int at) {
        return state[at + LOWEST];
    }

    /** Whether as many bars as asked for have been added. */
    public boolean isFull(double[] state, int at) {
        return ring().isFull(state, at + RINGS);
    }

    private Ring ring() {
        return new Ring(bars);
    }
}
