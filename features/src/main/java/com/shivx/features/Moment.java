package com.shivx.features;

import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;

/**
 * What every kernel may know about the present besides its own numbers: the tick, the time since
 * the one before, the price, the book, and decays.
 *
 * <p>The price is that of the last trade until the symbol's first quote, and the mid of the last
 * quote for ever after: a price that hops between the two would show the spread, not the market.
 */
public final class Moment {

    /** Numbers that open a symbol's array: what is remembered from one moment to the next. */
    public static final int SLOTS = 13;

    /** Tells whose numbers these are: left alone here, not 0 in an array that is in use. */
    public static final int STAMP = 0;

    private static final int TICKS = 1;
    private static final int START = 2;
    private static final int LAST = 3;
    private static final int PRICE = 4;
    private static final int LOG_PRICE = 5;
    private static final int QUOTED = 6;
    private static final int BID = 7;
    private static final int BID_SIZE = 8;
    private static final int ASK = 9;
    private static final int ASK_SIZE = 10;
    private static final int MULTIPLIER = 11;
    private static final int INVERSE = 12;

    private static final double LN_2 = StrictMath.log(2);
    private static final double MICROS_PER_SECOND = 1e6;

    /** More distinct half-lives than any set of ours has; beyond, a decay is computed each time. */
    private static final int REMEMBERED_DECAYS = 4;

    /**
     * Smaller sums are none; the numbers without full precision further down are slow to handle.
     */
    private static final double NEGLIGIBLE = 1e-300;

    private final Tick tick;
    private final double[] state;
    private final long micros;
    private final double secondsElapsed;
    private final double logReturn;
    private final boolean sessionStart;

    private final double[] halfLives = new double[REMEMBERED_DECAYS];
    private final double[] decays = new double[REMEMBERED_DECAYS];
    private int decaysKnown;

    /**
     * Takes the tick into the opening numbers of the symbol's array.
     *
     * @param tick good by {@link com.shivx.features.tick.TickQuality}
     * @param state the symbol's array, of which the first {@link #SLOTS} are read and changed; all
     *     zero but the stamp before the first tick
     * @param sessionGapSeconds a longer silence starts a session
     */
    public Moment(Tick tick, double[] state, ContractRules contracts, double sessionGapSeconds) {
        this.tick = tick;
        this.state = state;
        boolean first = state[TICKS] == 0;
        if (first) {
            Contract contract = contracts.of(tick.symbol());
            state[MULTIPLIER] = contract.multiplier();
            state[INVERSE] = contract.inverse() ? 1 : 0;
            state[START] = tick.eventTimeMicros();
            state[LAST] = tick.eventTimeMicros();
        }
        long last = (long) state[LAST];
        micros = Math.max(last, tick.eventTimeMicros());
        secondsElapsed = (micros - last) / MICROS_PER_SECOND;
        boolean firstOfSource = first || (isQuote() && state[QUOTED] == 0);
        sessionStart = firstOfSource || secondsElapsed > sessionGapSeconds;
        state[LAST] = micros;
        state[TICKS]++;
        if (isQuote()) {
            state[QUOTED] = 1;
            state[BID] = tick.bidPrice();
            state[BID_SIZE] = tick.bidSize();
            state[ASK] = tick.askPrice();
            state[ASK_SIZE] = tick.askSize();
        }
        logReturn = takePrice(firstOfSource);
    }

    private double takePrice(boolean firstOfSource) {
        double before = state[PRICE];
        double logBefore = state[LOG_PRICE];
        if (isPriced()) {
            double price = isQuote() ? tick.mid() : tick.price();
            if (price != before) {
                state[PRICE] = price;
                state[LOG_PRICE] = StrictMath.log(price);
            }
        }
        return firstOfSource ? Double.NaN : state[LOG_PRICE] - logBefore;
    }

    /** The tick; good by {@link com.shivx.features.tick.TickQuality}. */
    public Tick tick() {
        return tick;
    }

    /** Whether the tick is a trade. */
    public boolean isTrade() {
        return tick.kind() == TickKind.TRADE;
    }

    /** Whether the tick is a quote. */
    public boolean isQuote() {
        return tick.kind() == TickKind.QUOTE;
    }

    /** Whether the tick brought a price: a quote, or a trade of a symbol never quoted. */
    public boolean isPriced() {
        return isQuote() || state[QUOTED] == 0;
    }

    /** Event time; that of the latest tick where this one comes late. */
    public long micros() {
        return micros;
    }

    /** Seconds since the tick before; 0 for the first and for a late one. */
    public double secondsElapsed() {
        return secondsElapsed;
    }

    /** Seconds since the symbol's first tick. */
    public double secondsSinceStart() {
        return (micros - state[START]) / MICROS_PER_SECOND;
    }

    /** Good ticks since the symbol's start, this one included. */
    public double ticks() {
        return state[TICKS];
    }

    /** The price as of now. */
    public double price() {
        return state[PRICE];
    }

    /** Natural logarithm of {@link #price()}. */
    public double logPrice() {
        return state[LOG_PRICE];
    }

    /** Log return since the tick before; NaN for the first and where the price changed source. */
    public double logReturn() {
        return logReturn;
    }

    /**
     * Whether what came before is no measure for what comes: the symbol's first tick, the first
     * after a session gap, and the first quote of a symbol that only traded until now.
     */
    public boolean isSessionStart() {
        return sessionStart;
    }

    /** Best bid as of now; NaN before the first quote. */
    public double bidPrice() {
        return quoted(BID);
    }

    /** Size at the best bid as of now; NaN where missing. */
    public double bidSize() {
        return quoted(BID_SIZE);
    }

    /** Best ask as of now; NaN before the first quote. */
    public double askPrice() {
        return quoted(ASK);
    }

    /** Size at the best ask as of now; NaN where missing. */
    public double askSize() {
        return quoted(ASK_SIZE);
    }

    private double quoted(int slot) {
        return state[QUOTED] == 0 ? Double.NaN : state[slot];
    }

    /** Value of the trade in quote currency, by the symbol's contract; NaN for a quote. */
    public double notional() {
        double value = tick.size() * state[MULTIPLIER];
        return state[INVERSE] == 0 ? tick.price() * value : value;
    }

    /** What {@link #decay} leaves of a sum; 0 below 10⁻³⁰⁰. */
    public double decayed(double sum, double halfLifeSeconds) {
        double left = sum * decay(halfLifeSeconds);
        return Math.abs(left) < NEGLIGIBLE ? 0 : left;
    }

    /**
     * What is left of a weight of 1 after {@link #secondsElapsed()}: {@code exp(-Δt·ln2/halfLife)}.
     * Computed once a moment for each half-life.
     */
    public double decay(double halfLifeSeconds) {
        for (int i = 0; i < decaysKnown; i++) {
            if (halfLives[i] == halfLifeSeconds) {
                return decays[i];
            }
        }
        double decay =
                secondsElapsed == 0 ? 1 : StrictMath.exp(-secondsElapsed * LN_2 / halfLifeSeconds);
        if (decaysKnown < REMEMBERED_DECAYS) {
            halfLives[decaysKnown] = halfLifeSeconds;
            decays[decaysKnown++] = decay;
        }
        return decay;
    }
}
