package com.shivx.features.trend;

/** What an exponential average starts from; sources differ. */
public enum Seed {
    /** The simple average of as many values as it is long: TA-Lib, Lean, Wilder's book. */
    AVERAGE,
    /** The first value: StockCharts' older sheets, pandas' {@code ewm(adjust=False)}. */
    FIRST
}
