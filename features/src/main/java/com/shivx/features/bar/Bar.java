package com.shivx.features.bar;

/**
 * One closed interval in which the symbol ticked.
 *
 * @param startMicros its first microsecond
 * @param open first price in it, or the last close before it where no tick in it had a price
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param volume size traded in it
 * @param turnover price times size traded in it
 * @param notional value traded in it, in quote currency
 */
public record Bar(
        long startMicros,
        double open,
        double high,
        double low,
        double close,
        double volume,
        double turnover,
        double notional) {}
