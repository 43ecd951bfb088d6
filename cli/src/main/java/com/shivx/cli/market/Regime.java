package com.shivx.cli.market;

/**
 * How the market works for a while. A change of regime makes a model that learned the first one
 * wrong (the sign), moves what it sees (volatility, spread and imbalance), and leaves as much to be
 * learned anew as before.
 */
enum Regime {
    /** More bids than asks: the price rises. */
    FOLLOWING(1, 1, 1, 1),
    /** More bids than asks: the price falls; twice the volatility and spread, a flatter book. */
    FADING(-1, 2, 2, 0.6);

    /** Sign of the drift of the mid that a surplus of bids foretells. */
    final double driftSign;

    /** Multiplies the standard deviation of the mid. */
    final double volatility;

    /** Multiplies the spread. */
    final double spread;

    /** Multiplies the imbalance of the queues. */
    final double imbalance;

    Regime(double driftSign, double volatility, double spread, double imbalance) {
        this.driftSign = driftSign;
        this.volatility = volatility;
        this.spread = spread;
        this.imbalance = imbalance;
    }
}
