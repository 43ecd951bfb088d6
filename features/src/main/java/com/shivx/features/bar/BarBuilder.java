package com.shivx.features.bar;

/**
 * Tumbling open-high-low-close bars, aligned to the epoch, from prices in order of time.
 *
 * <p>One bar is open at a time. It closes when a tick of a later interval comes, never by a clock;
 * a tick that comes late joins it. Constant time and {@value #SLOTS} numbers of state; a slice of
 * zeros has no open bar.
 *
 * @param intervalMicros length of a bar
 */
public record BarBuilder(long intervalMicros) {

    /** Numbers of state. */
    public static final int SLOTS = 10;

    private static final int STARTED = 0;
    private static final int INDEX = 1;
    private static final int PRICED = 2;
    private static final int OPEN = 3;
    private static final int HIGH = 4;
    private static final int LOW = 5;
    private static final int CLOSE = 6;
    private static final int VOLUME = 7;
    private static final int TURNOVER = 8;
    private static final int NOTIONAL = 9;

    public BarBuilder {
        if (intervalMicros <= 0) {
            throw new IllegalArgumentException(
                    "A bar lasts a positive time, not " + intervalMicros + " µs");
        }
    }

    /** Intervals from the open bar's to that of a time; 0 while the bar stays open or none is. */
    public long intervalsUntil(long micros, double[] state, int at) {
        return state[at + STARTED] == 0 ? 0 : Math.max(0, index(micros) - (long) state[at + INDEX]);
    }

    /** The open bar as it stands. */
    public Bar bar(double[] state, int at) {
        return new Bar(
                ((long) state[at + INDEX]) * intervalMicros,
                state[at + OPEN],
                state[at + HIGH],
                state[at + LOW],
                state[at + CLOSE],
                state[at + VOLUME],
                state[at + TURNOVER],
                state[at + NOTIONAL]);
    }

    /** Opens the bar of a time; until a price comes in it, the one from before stands. */
    public void open(long micros, double carried, double[] state, int at) {
        state[at + STARTED] = 1;
        state[at + INDEX] = index(micros);
        state[at + PRICED] = 0;
        state[at + OPEN] = carried;
        state[at + HIGH] = carried;
        state[at + LOW] = carried;
        state[at + CLOSE] = carried;
        state[at + VOLUME] = 0;
        state[at + TURNOVER] = 0;
        state[at + NOTIONAL] = 0;
    }

    /** Adds a price to the open bar. */
    public void price(double price, double[] state, int at) {
        if (state[at + PRICED] == 0) {
            state[at + PRICED] = 1;
            state[at + OPEN] = price;
            state[at + HIGH] = price;
            state[at + LOW] = price;
        } else {
            state[at + HIGH] = Math.max(state[at + HIGH], price);
            state[at + LOW] = Math.min(state[at + LOW], price);
        }
        state[at + CLOSE] = price;
    }

    /** Adds a trade to the open bar's volume. */
    public void trade(double price, double size, double notional, double[] state, int at) {
        state[at + VOLUME] += size;
        state[at + TURNOVER] += price * size;
        state[at + NOTIONAL] += notional;
    }

    private long index(long micros) {
        return Math.floorDiv(micros, intervalMicros);
    }
}
