package com.shivx.cli.market;

import java.util.List;

/**
 * One symbol of the simulated market. Prices and sizes are whole numbers of their smallest decimal;
 * that of the price is far below what the price moves between two quotes, so rounding adds no noise
 * worth modelling.
 *
 * @param symbol its name; the venue {@code sim} keeps it apart from anything real
 * @param price the mid it starts from, in quote currency
 * @param priceDecimals decimals of its prices
 * @param sizeDecimals decimals of its sizes
 * @param depth median size at the best bid and ask
 * @param quotesPerSecond mean rate of quotes, event time
 * @param tradesPerSecond mean rate of trades, event time
 * @param volatilityBps standard deviation of the log mid over one second, in basis points
 * @param spreadBps median spread, in basis points of the mid
 */
record Instrument(
        String symbol,
        double price,
        int priceDecimals,
        int sizeDecimals,
        double depth,
        double quotesPerSecond,
        double tradesPerSecond,
        double volatilityBps,
        double spreadBps) {

    /**
     * The twelve symbols of the demo: 90 quotes and 30 trades per second of event time together.
     */
    static final List<Instrument> ALL =
            List.of(
                    new Instrument("sim:BTCUSD", 61_250, 1, 3, 2.5, 12, 5, 0.9, 0.6),
                    new Instrument("sim:ETHUSD", 2_640, 3, 2, 40, 11, 4, 1.1, 0.7),
                    new Instrument("sim:SOLUSD", 154, 4, 1, 300, 9, 3, 1.5, 1.2),
                    new Instrument("sim:XRPUSD", 0.61, 6, 0, 20_000, 8, 3, 1.4, 1.5),
                    new Instrument("sim:ADAUSD", 0.34, 6, 0, 25_000, 7, 2, 1.4, 1.8),
                    new Instrument("sim:AVAXUSD", 22, 5, 1, 500, 6, 2, 1.6, 2.0),
                    new Instrument("sim:LINKUSD", 10.4, 5, 1, 900, 6, 2, 1.5, 1.9),
                    new Instrument("sim:LTCUSD", 62, 4, 2, 200, 6, 2, 1.2, 1.6),
                    new Instrument("sim:BCHUSD", 340, 3, 2, 60, 6, 2, 1.3, 1.7),
                    new Instrument("sim:DOTUSD", 4.6, 5, 1, 2_500, 6, 2, 1.5, 2.1),
                    new Instrument("sim:UNIUSD", 6.1, 5, 1, 1_800, 6, 1, 1.6, 2.3),
                    new Instrument("sim:XAUUSD", 2_410, 3, 1, 90, 7, 2, 0.6, 0.9));
}
