package com.shivx.features.label;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What decides a label.
 *
 * @param threshold how far a price must go
 * @param takerFeeBps fee of one side in basis points of the price; 0 or more
 * @param maxDelay how long after the horizon the deciding tick may come; 0 or more
 */
public record LabelRules(Threshold threshold, double takerFeeBps, Duration maxDelay)
        implements Serializable {

    /** Volatility, no fees, an hour. */
    public static final LabelRules DEFAULT = new LabelRules(Threshold.VOL, 0, Duration.ofHours(1));

    private static final double VOL_MULTIPLE = 0.43;
    private static final double BPS = 1e4;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final long FRESH_MICROS = TimeUnit.SECONDS.toMicros(10);

    public LabelRules {
        if (!(takerFeeBps >= 0 && takerFeeBps < BPS)) {
            throw new IllegalArgumentException(
                    "fees of a side in basis points must be 0 to 10000, not " + takerFeeBps);
        }
        if (maxDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "the longest delay of an outcome must not be negative, as " + maxDelay);
        }
    }

    /**
     * The label of an entry.
     *
     * @param entry the market at the entry
     * @param entryMicros event time of the entry
     * @param horizonMicros microseconds; above 0
     * @param exit the market after the last good tick before the deciding one
     * @param decidedMicros event time of the deciding tick: the symbol's first good one after
     *     {@code entryMicros + horizonMicros}
     * @return {@link Label#MISSING} where the deciding tick came too late, the price was older than
     *     the horizon and ten seconds, or volatility is not known
     */
    public Label label(
            Mark entry, long entryMicros, long horizonMicros, Mark exit, long decidedMicros) {
        long dueMicros = entryMicros + horizonMicros;
        boolean inTime = decidedMicros - dueMicros <= maxDelayMicros();
        boolean fresh = dueMicros - exit.pricedMicros() <= Math.max(horizonMicros, FRESH_MICROS);
        double limit = threshold(entry, horizonMicros, exit);
        if (!inTime || !fresh || Double.isNaN(limit)) {
            return Label.MISSING;
        }
        double logReturn = StrictMath.log(exit.price() / entry.price());
        Direction direction =
                logReturn > limit
                        ? Direction.UP
                        : logReturn < -limit ? Direction.DOWN : Direction.FLAT;
        double fees = 2 * takerFeeBps;
        return new Label(
                direction,
                logReturn,
                limit,
                (exit.bid() / entry.ask() - 1) * BPS - fees,
                (1 - exit.ask() / entry.bid()) * BPS - fees);
    }

    /** When an entry without a deciding tick is given up, microseconds since the epoch. */
    public long givenUpMicros(long entryMicros, long horizonMicros) {
        return entryMicros + horizonMicros + maxDelayMicros();
    }

    private double threshold(Mark entry, long horizonMicros, Mark exit) {
        return switch (threshold) {
            case VOL ->
                    VOL_MULTIPLE
                            * entry.volatility()
                            * Math.sqrt(horizonMicros / MICROS_PER_SECOND);
            case COST -> entry.halfSpread() + exit.halfSpread() + 2 * takerFeeBps / BPS;
        };
    }

    private long maxDelayMicros() {
        return TimeUnit.MICROSECONDS.convert(maxDelay);
    }
}
