package com.shivx.features.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolState;
import com.shivx.features.WarmUp;
import com.shivx.features.Watch;
import com.shivx.features.testing.FeatureSetContract;
import com.shivx.features.testing.SimulatedTape;
import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MarketV1Test extends FeatureSetContract {

    private static final List<String> VOLUME =
            List.of(
                    "trade_intensity",
                    "volume_imbalance_10s",
                    "volume_imbalance_60s",
                    "volume_trend",
                    "vwap_deviation_60s_bps",
                    "trade_size_ratio",
                    "amihud_illiquidity",
                    "seconds_since_trade");

    private static final List<String> SIZED =
            List.of(
                    "queue_imbalance",
                    "microprice_deviation_bps",
                    "order_flow_imbalance_1s",
                    "order_flow_imbalance_10s");

    private static final List<String> BOOK =
            Stream.concat(
                            SIZED.stream(),
                            Stream.of("spread_bps", "quote_intensity", "spread_ratio"))
                    .toList();

    private final FeatureSet set = featureSet();

    @Override
    protected FeatureSet featureSet() {
        return MarketV1.define();
    }

    /** Models are bound to this hash: a change of it is a new feature set, not a new constant. */
    @Test
    void neverChanges() {
        assertThat(set.hash())
                .isEqualTo("f420d7e354904c8d83de6008e7d97431e6ee87cfec2087e0622d3bd437c07293");
    }

    @Test
    void hasTheFeaturesOfItsDesign() {
        assertThat(set.size()).isEqualTo(35);
        assertThat(set.warmUp()).isEqualTo(new WarmUp(2, 60, 60));
        assertThat(set.features())
                .filteredOn(feature -> feature.watch() == Watch.CALENDAR)
                .extracting(Feature::name)
                .containsExactly("time_of_day_sin", "time_of_day_cos");
    }

    @Test
    void aSymbolThatOnlyQuotesIsReadyWithoutVolume() {
        assertThat(missing(SimulatedTape.quotesOnly(1)))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(VOLUME.stream(), SIZED.stream()).toList());
    }

    @Test
    void aSymbolThatOnlyTradesIsReadyWithoutABook() {
        assertThat(missing(SimulatedTape.tradesOnly(1))).containsExactlyInAnyOrderElementsOf(BOOK);
    }

    @Test
    void aSymbolThatDoesBothMissesNothing() {
        assertThat(missing(SimulatedTape.mixed(1))).isEmpty();
    }

    /** Features that are NaN in every ready vector of a tape. */
    private List<String> missing(SimulatedTape tape) {
        SymbolState state = set.newState();
        List<FeatureVector> ready =
                tape.ticks(2_000).stream()
                        .map(tick -> set.update(tick, state))
                        .filter(FeatureVector::ready)
                        .toList();
        assertThat(ready).hasSizeGreaterThan(500);
        return set.features().stream()
                .map(Feature::name)
                .filter(
                        name ->
                                ready.stream()
                                        .allMatch(v -> Float.isNaN(v.values()[set.indexOf(name)])))
                .toList();
    }

    @Test
    void weighsTheContractsOfCoinMarginedFutures() {
        float linear = illiquidity("spot:BTCUSDT");
        assertThat(illiquidity("usdm:BTCUSDT")).isEqualTo(linear);
        // Prices of 50 make a unit worth 50, a contract of BTC 100 and one of ETH 10.
        assertThat(illiquidity("cm:BTCUSD_PERP") / linear).isBetween(0.49f, 0.51f);
        assertThat(illiquidity("cm:ETHUSD_PERP") / linear).isBetween(4.9f, 5.1f);
    }

    private float illiquidity(String symbol) {
        SymbolState state = set.newState();
        float last = Float.NaN;
        for (int second = 0; second < 100; second++) {
            long micros = second * 1_000_000L;
            double price = 50 + 0.01 * (second % 2);
            Tick trade = Tick.trade(symbol, micros, micros, second, price, 2, Aggressor.BUY);
            last = set.update(trade, state).values()[set.indexOf("amihud_illiquidity")];
        }
        return last;
    }
}
