package com.shivx.features.book;

import com.shivx.features.Kernel;
import com.shivx.features.Moment;

/**
 * What the latest quote alone says. Every value is NaN before the symbol's first quote; those that
 * need sizes are NaN where a size is missing.
 */
public record TopOfBook() implements Kernel {

    private static final double BPS = 1e4;

    @Override
    public int slots() {
        return 0;
    }

    /**
     * {@code (ask − bid) / mid · 10⁴}, in basis points of the mid; 0 in a locked market, below
     * 20,000 in any.
     */
    public double spreadBps(Moment now, double[] state, int at) {
        return (now.askPrice() - now.bidPrice()) / mid(now) * BPS;
    }

    /** {@code (b − a) / (b + a)} of the sizes at bid and ask; −1 to 1. */
    public double queueImbalance(Moment now, double[] state, int at) {
        return (now.bidSize() - now.askSize()) / (now.bidSize() + now.askSize());
    }

    /**
     * {@code (microprice / mid − 1) · 10⁴}, in basis points; within half the spread. The microprice
     * {@code (bid·a + ask·b) / (b + a)} leans to the side with the smaller size (Gatheral and
     * Oomen, "Zero-intelligence realized variance estimation", 2010).
     */
    public double micropriceDeviationBps(Moment now, double[] state, int at) {
        double bid = now.bidPrice();
        double ask = now.askPrice();
        double bidSize = now.bidSize();
        double askSize = now.askSize();
        double microprice = (bid * askSize + ask * bidSize) / (bidSize + askSize);
        return (microprice / mid(now) - 1) * BPS;
    }

    private static double mid(Moment now) {
        return (now.bidPrice() + now.askPrice()) / 2;
    }
}
