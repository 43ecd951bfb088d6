package com.shivx.cli.feed;

import com.shivx.cli.market.MarketConfig;
import com.shivx.cli.market.SimulatedMarket;

/** The simulated market, which never ends. */
public final class MarketFeed implements Feed {

    private final MarketConfig config;
    private final SimulatedMarket market;

    public MarketFeed(MarketConfig config) {
        this.config = config;
        market = new SimulatedMarket(config);
    }

    @Override
    public String title() {
        return "simulated market, seed " + config.seed();
    }

    @Override
    public boolean next(Receiver receiver) throws InterruptedException {
        receiver.tick(market.next());
        return true;
    }

    @Override
    public long rows() {
        return ENDLESS;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
