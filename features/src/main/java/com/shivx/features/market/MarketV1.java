package com.shivx.features.market;

import com.shivx.features.Contract;
import com.shivx.features.ContractRules;
import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSetProvider;
import com.shivx.features.Kernel;
import com.shivx.features.Reading;
import com.shivx.features.WarmUp;
import com.shivx.features.Watch;
import com.shivx.features.book.OrderFlow;
import com.shivx.features.book.QuoteIntensity;
import com.shivx.features.book.SpreadRatio;
import com.shivx.features.book.TopOfBook;
import com.shivx.features.calendar.SinceLastTrade;
import com.shivx.features.calendar.TimeOfDay;
import com.shivx.features.oscillator.Bollinger;
import com.shivx.features.oscillator.Rsi;
import com.shivx.features.oscillator.Stochastic;
import com.shivx.features.returns.LogReturns;
import com.shivx.features.returns.TickReturn;
import com.shivx.features.trend.Macd;
import com.shivx.features.trend.PriceZScore;
import com.shivx.features.trend.RateOfChange;
import com.shivx.features.trend.Seed;
import com.shivx.features.volatility.Atr;
import com.shivx.features.volatility.EwmaVolatility;
import com.shivx.features.volatility.HighLowRange;
import com.shivx.features.volume.Amihud;
import com.shivx.features.volume.RollingVwap;
import com.shivx.features.volume.TradeFlow;
import java.util.List;

/**
 * {@code market-v1}: what the last seconds and the last minute say of one symbol.
 *
 * <p>It never changes: a feature more, less or other is {@code market-v2}. Bars last a second and
 * start anew after ten minutes of silence. Volume features of a symbol that never trades and book
 * features of one that is never quoted are ready as NaN, which is why they ask for seconds only.
 * The class is a table, and as long as its rows.
 */
public final class MarketV1 implements FeatureSetProvider {

    /** Name of the set. */
    public static final String NAME = "market-v1";

    /** Binance's coin-margined futures: contracts of 100 USD for BTC, of 10 USD for the rest. */
    private static final ContractRules CONTRACTS =
            new ContractRules(
                    List.of(
                            new ContractRules.Rule("cm:BTC", Contract.inverse(100)),
                            new ContractRules.Rule("cm:", Contract.inverse(10))));

    private static final FeatureSet SET = define();

    private final FeatureSet.Builder set = FeatureSet.builder(NAME).contracts(CONTRACTS);

    @Override
    public FeatureSet featureSet() {
        return SET;
    }

    /** The set built anew, for tests that it holds nothing. */
    static FeatureSet define() {
        return new MarketV1().build();
    }

    private FeatureSet build() {
        addReturns();
        addTrend();
        addOscillators();
        addVolatility();
        addVolume();
        addBook();
        addCalendar();
        return set.build();
    }

    private void addReturns() {
        LogReturns returns = new LogReturns(60);
        add(
                "log_return_1s",
                "1",
                -1,
                1,
                WarmUp.bars(1),
                "Log return of the price since the close of the bar before",
                returns,
                (kernel, now, state, at) -> kernel.over(1, now, state, at));
        add(
                "log_return_10s",
                "1",
                -1,
                1,
                WarmUp.bars(10),
                "Log return of the price since the close of the bar 10 s before",
                returns,
                (kernel, now, state, at) -> kernel.over(10, now, state, at));
        add(
                "log_return_60s",
                "1",
                -1,
                1,
                WarmUp.bars(60),
                "Log return of the price since the close of the bar 60 s before",
                returns,
                (kernel, now, state, at) -> kernel.over(60, now, state, at));
        add(
                "log_return_tick",
                "1",
                -1,
                1,
                WarmUp.ticks(2),
                "Log return of the price since the tick before",
                new TickReturn(),
                TickReturn::value);
    }

    private void addTrend() {
        Macd macd = new Macd(12, 26, 9, Seed.AVERAGE);
        add(
                "macd",
                "1",
                -1,
                1,
                WarmUp.bars(26),
                "EMA(12) minus EMA(26) of one-second closes, over the close",
                macd,
                Macd::line);
        add(
                "macd_signal",
                "1",
                -1,
                1,
                WarmUp.bars(34),
                "EMA(9) of the MACD line, over the close",
                macd,
                Macd::signal);
        add(
                "macd_histogram",
                "1",
                -1,
                1,
                WarmUp.bars(34),
                "MACD line minus signal, over the close",
                macd,
                Macd::histogram);
        add(
                "ema_ratio",
                "1",
                -1,
                1,
                WarmUp.bars(26),
                "EMA(12) over EMA(26) of one-second closes, less 1",
                macd,
                Macd::ratio);
        add(
                "rate_of_change_30s",
                "1",
                -1,
                1,
                WarmUp.bars(31),
                "Close over the close 30 s before, less 1",
                new RateOfChange(30),
                RateOfChange::value);
        add(
                "price_zscore_60s",
                "1",
                -1000,
                1000,
                WarmUp.seconds(60),
                "Standard deviations of the price from its mean of half-life 60 s",
                new PriceZScore(60),
                PriceZScore::value);
    }

    private void addOscillators() {
        Bollinger bollinger = new Bollinger(20, 2);
        add(
                "rsi_14",
                "1",
                0,
                100,
                WarmUp.bars(15),
                "Relative strength index of 14 one-second bars, Wilder",
                new Rsi(14, Seed.AVERAGE),
                Rsi::value);
        add(
                "bollinger_percent_b",
                "1",
                -0.6,
                1.6,
                WarmUp.bars(20),
                "Close between the Bollinger bands of 20 one-second bars",
                bollinger,
                Bollinger::percentB);
        add(
                "bollinger_bandwidth",
                "percent",
                0,
                200,
                WarmUp.bars(20),
                "Distance of the Bollinger bands over their mean",
                bollinger,
                Bollinger::bandwidth);
        add(
                "stochastic_k_14",
                "1",
                0,
                100,
                WarmUp.bars(14),
                "Close between lowest low and highest high of 14 one-second bars",
                new Stochastic(14),
                Stochastic::percentK);
    }

    private void addVolatility() {
        add(
                "volatility_10s_bps",
                "bps",
                0,
                10_000,
                WarmUp.seconds(10),
                "Volatility of a second, half-life 10 s",
                new EwmaVolatility(10),
                EwmaVolatility::bps);
        add(
                "volatility_60s_bps",
                "bps",
                0,
                10_000,
                WarmUp.seconds(60),
                "Volatility of a second, half-life 60 s",
                new EwmaVolatility(60),
                EwmaVolatility::bps);
        add(
                "atr_14_bps",
                "bps",
                0,
                10_000,
                WarmUp.bars(14),
                "Average true range of 14 one-second bars, Wilder",
                new Atr(14),
                Atr::bps);
        add(
                "range_60s_bps",
                "bps",
                0,
                10_000,
                WarmUp.bars(60),
                "Highest high minus lowest low of 60 s",
                new HighLowRange(60),
                HighLowRange::bps);
    }

    private void addVolume() {
        TradeFlow flow = new TradeFlow(10, 60);
        add(
                "trade_intensity",
                "1/s",
                0,
                1_000_000,
                WarmUp.seconds(10),
                "Trades a second, half-life 10 s",
                flow,
                TradeFlow::intensity);
        add(
                "volume_imbalance_10s",
                "1",
                -1,
                1,
                WarmUp.seconds(10),
                "Bought minus sold over both, half-life 10 s",
                flow,
                TradeFlow::fastImbalance);
        add(
                "volume_imbalance_60s",
                "1",
                -1,
                1,
                WarmUp.seconds(60),
                "Bought minus sold over both, half-life 60 s",
                flow,
                TradeFlow::slowImbalance);
        add(
                "volume_trend",
                "1",
                0,
                6,
                WarmUp.seconds(60),
                "Volume a second of half-life 10 s over that of 60 s",
                flow,
                TradeFlow::volumeTrend);
        add(
                "vwap_deviation_60s_bps",
                "bps",
                -10_000,
                10_000,
                WarmUp.seconds(60),
                "Price against the volume-weighted average price of 60 s",
                new RollingVwap(60),
                RollingVwap::deviationBps);
        add(
                "trade_size_ratio",
                "1",
                0,
                1_000_000,
                WarmUp.seconds(60),
                "Average trade size of half-life 10 s over that of 60 s",
                flow,
                TradeFlow::sizeRatio);
        add(
                "amihud_illiquidity",
                "bps/1e6",
                0,
                1_000_000_000,
                WarmUp.seconds(60),
                "Price move for a million of quote currency traded, half-life 60 bars",
                new Amihud(60),
                Amihud::value);
    }

    private void addBook() {
        TopOfBook book = new TopOfBook();
        add(
                "spread_bps",
                "bps",
                0,
                20_000,
                WarmUp.NONE,
                "Ask minus bid over mid",
                book,
                TopOfBook::spreadBps);
        add(
                "queue_imbalance",
                "1",
                -1,
                1,
                WarmUp.NONE,
                "Size at bid minus size at ask over both",
                book,
                TopOfBook::queueImbalance);
        add(
                "microprice_deviation_bps",
                "bps",
                -10_000,
                10_000,
                WarmUp.NONE,
                "Microprice against the mid",
                book,
                TopOfBook::micropriceDeviationBps);
        add(
                "order_flow_imbalance_1s",
                "1",
                -1_000_000,
                1_000_000,
                WarmUp.seconds(1),
                "Order flow at the best quotes over mean depth, half-life 1 s",
                new OrderFlow(1),
                OrderFlow::imbalance);
        add(
                "order_flow_imbalance_10s",
                "1",
                -1_000_000,
                1_000_000,
                WarmUp.seconds(10),
                "Order flow at the best quotes over mean depth, half-life 10 s",
                new OrderFlow(10),
                OrderFlow::imbalance);
        add(
                "quote_intensity",
                "1/s",
                0,
                1_000_000,
                WarmUp.seconds(10),
                "Quotes a second, half-life 10 s",
                new QuoteIntensity(10),
                QuoteIntensity::perSecond);
        add(
                "spread_ratio",
                "1",
                0,
                1_000_000,
                WarmUp.seconds(60),
                "Spread over its mean of half-life 60 s",
                new SpreadRatio(60),
                SpreadRatio::value);
    }

    private void addCalendar() {
        add(
                "seconds_since_trade",
                "s",
                0,
                1_000_000_000,
                WarmUp.NONE,
                "Time since the last trade",
                new SinceLastTrade(),
                SinceLastTrade::seconds);
        addTimeOfDay("time_of_day_sin", "Sine of the time of day", TimeOfDay::sine);
        addTimeOfDay("time_of_day_cos", "Cosine of the time of day", TimeOfDay::cosine);
    }

    private void addTimeOfDay(String name, String description, Reading<TimeOfDay> reading) {
        Feature schema =
                new Feature(name, "1", -1, 1, WarmUp.NONE, Watch.CALENDAR, description + ", UTC");
        set.feature(schema, new TimeOfDay(), reading);
    }

    private <K extends Kernel> void add(
            String name,
            String unit,
            double min,
            double max,
            WarmUp warmUp,
            String description,
            K kernel,
            Reading<K> reading) {
        Feature schema = new Feature(name, unit, min, max, warmUp, Watch.DISTRIBUTION, description);
        set.feature(schema, kernel, reading);
    }
}
