package com.shivx.features.label;

/**
 * A symbol's market right after one of its good ticks: all that a label needs to know of it.
 *
 * @param micros event time, microseconds since the epoch; that of the latest tick where this one
 *     came late
 * @param pricedMicros when the price was last told, the same unit: by this tick or one before
 * @param price mid of the last quote, or the last trade of a symbol never quoted; above 0
 * @param bid what a seller gets: the last bid, or the price of a symbol never quoted
 * @param ask what a buyer pays: the last ask, or the price of a symbol never quoted
 * @param volatility of a second, as a log return; NaN before the first return
 */
public record Mark(
        long micros, long pricedMicros, double price, double bid, double ask, double volatility) {

    /** Half the spread as a share of the price; 0 for a symbol never quoted. */
    public double halfSpread() {
        return (ask - bid) / 2 / price;
    }
}
