package com.shivx.features.market;

import com.shivx.features.Contract;
import com.shivx.features.ContractRules;
import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSetProvider;
import com.shivx.features.WarmUp;
import com.shivx.features.Watch;
import com.shivx.features.book.TopOfBook;
import java.util.List;

/** {@code market-v1}: what the last seconds and minute say of one symbol. */
public final class MarketV1 implements FeatureSetProvider {

    /** Name of the set. */
    public static final String NAME = "market-v1";

    /** Coin-margined futures of Binance: contracts of 100 USD for BTC, of 10 USD for the rest. */
    static final ContractRules CONTRACTS =
            new ContractRules(
                    List.of(
                            new ContractRules.Rule("cm:BTC", Contract.inverse(100)),
                            new ContractRules.Rule("cm:", Contract.inverse(10))));

    @Override
    public FeatureSet featureSet() {
        TopOfBook book = new TopOfBook();
        return FeatureSet.builder(NAME)
                .contracts(CONTRACTS)
                .feature(
                        new Feature(
                                "spread_bps",
                                "bps",
                                0,
                                20_000,
                                WarmUp.NONE,
                                Watch.DISTRIBUTION,
                                "Ask minus bid over mid"),
                        book,
                        TopOfBook::spreadBps)
                .feature(
                        new Feature(
                                "queue_imbalance",
                                "1",
                                -1,
                                1,
                                WarmUp.NONE,
                                Watch.DISTRIBUTION,
                                "Size at bid minus size at ask over their sum"),
                        book,
                        TopOfBook::queueImbalance)
                .feature(
                        new Feature(
                                "microprice_deviation_bps",
                                "bps",
                                -10_000,
                                10_000,
                                WarmUp.NONE,
                                Watch.DISTRIBUTION,
                                "Size-weighted price between bid and ask against the mid"),
                        book,
                        TopOfBook::micropriceDeviationBps)
                .build();
    }
}
