package com.shivx.features.testing;

import com.shivx.features.FeatureSet;
import com.shivx.features.Kernel;
import com.shivx.features.Reading;
import com.shivx.features.SymbolState;
import com.shivx.features.tick.Tick;

/**
 * Plays bars somebody else has published as ticks, a second each, through a feature set, so that a
 * published indicator is held against the whole path from tick to feature.
 */
public final class BarFeed {

    private static final String SYMBOL = "sheet";
    private static final long SECOND_MICROS = 1_000_000;

    private final FeatureSet set;
    private final SymbolState state = new SymbolState();
    private long bar;

    private BarFeed(FeatureSet set) {
        this.set = set;
    }

    /** A feed for one feature. */
    public static <K extends Kernel> BarFeed of(K kernel, Reading<K> reading) {
        return new BarFeed(Oracle.setOf(kernel, reading));
    }

    /** Trades within the bar that is open, in that order. */
    public BarFeed trades(double... prices) {
        for (double price : prices) {
            trade(price, 1);
        }
        return this;
    }

    /** One trade within the open bar. */
    public BarFeed trade(double price, double size) {
        set.update(tick(bar * SECOND_MICROS, price, size), state);
        return this;
    }

    /** The feature once the open bar is closed; the trade that closes it is taken back. */
    public double close(double lastPrice) {
        bar++;
        SymbolState after = state.copy();
        return set.update(tick(bar * SECOND_MICROS, lastPrice, 1), after).values()[0];
    }

    private static Tick tick(long micros, double price, double size) {
        return Tick.trade(SYMBOL, micros, micros, Tick.NO_SEQUENCE, price, size, null);
    }
}
