package com.shivx.features.volume;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.bar.Bar;
import com.shivx.features.testing.Oracle;
import com.shivx.features.testing.SlowMarket;
import com.shivx.features.testing.SlowMarket.Entry;
import com.shivx.features.tick.Aggressor;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeTest {

    private final TradeFlow flow = new TradeFlow(10, 60);

    @Test
    void intensityCountsTrades() {
        Oracle.assertAgrees(
                flow,
                TradeFlow::intensity,
                market ->
                        trades(market).isEmpty()
                                ? Double.NaN
                                : count(market, 10) * Math.log(2) / 10);
    }

    @Test
    void imbalanceWeighsBuyersAgainstSellers() {
        Oracle.assertAgrees(flow, TradeFlow::fastImbalance, market -> imbalance(market, 10));
        Oracle.assertAgrees(flow, TradeFlow::slowImbalance, market -> imbalance(market, 60));
    }

    @Test
    void volumeTrendIsOneInASteadyFlow() {
        Oracle.assertAgrees(
                flow,
                TradeFlow::volumeTrend,
                market -> (volume(market, 10) / 10) / (volume(market, 60) / 60));
    }

    @Test
    void sizeRatioComparesAverageTrades() {
        Oracle.assertAgrees(
                flow,
                TradeFlow::sizeRatio,
                market ->
                        (volume(market, 10) / count(market, 10))
                                / (volume(market, 60) / count(market, 60)));
    }

    @Test
    void refusesAFastHalfLifeThatIsNotFaster() {
        assertThatThrownBy(() -> new TradeFlow(60, 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("60.0 s");
    }

    @Test
    void vwapWeighsPricesByVolume() {
        Oracle.assertAgrees(
                new RollingVwap(60),
                RollingVwap::deviationBps,
                market -> {
                    List<Bar> all = market.bars();
                    List<Bar> bars = all.subList(Math.max(0, all.size() - 60), all.size());
                    double vwap =
                            bars.stream().mapToDouble(Bar::turnover).sum()
                                    / bars.stream().mapToDouble(Bar::volume).sum();
                    return (market.now().price() / vwap - 1) * 1e4;
                });
    }

    @Test
    void amihudDividesMovesByWhatWasTraded() {
        Oracle.assertAgrees(
                new Amihud(60),
                Amihud::value,
                market -> {
                    List<Bar> bars = market.bars();
                    double moves = 0;
                    double notional = 0;
                    for (int i = 1; i < bars.size(); i++) {
                        if (bars.get(i).notional() > 0) {
                            double decay = Math.pow(2, -1 / 60.0);
                            double move = Math.log(bars.get(i).close() / bars.get(i - 1).close());
                            moves = moves * decay + Math.abs(move);
                            notional = notional * decay + bars.get(i).notional();
                        }
                    }
                    return moves / notional * 1e10;
                });
    }

    private static List<Entry> trades(SlowMarket market) {
        return market.entries(Entry::isTrade);
    }

    private static double count(SlowMarket market, double halfLife) {
        return market.decayedSum(trades(market), halfLife, trade -> 1);
    }

    private static double volume(SlowMarket market, double halfLife) {
        return market.decayedSum(trades(market), halfLife, trade -> trade.tick().size());
    }

    private static double imbalance(SlowMarket market, double halfLife) {
        double bought = volume(market, halfLife, Aggressor.BUY);
        double sold = volume(market, halfLife, Aggressor.SELL);
        return (bought - sold) / (bought + sold);
    }

    private static double volume(SlowMarket market, double halfLife, Aggressor side) {
        List<Entry> trades = market.entries(e -> e.isTrade() && e.tick().aggressor() == side);
        return market.decayedSum(trades, halfLife, trade -> trade.tick().size());
    }
}
