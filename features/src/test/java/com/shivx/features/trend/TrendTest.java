package com.shivx.features.trend;

import com.shivx.features.bar.Bar;
import com.shivx.features.testing.Oracle;
import com.shivx.features.testing.SlowMarket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrendTest {

    @ParameterizedTest
    @EnumSource
    void macdLineIsFastLessSlow(Seed seed) {
        Oracle.assertAgrees(
                new Macd(12, 26, 9, seed), Macd::line, market -> macd(market, 12, 26, 9, seed)[0]);
    }

    @ParameterizedTest
    @EnumSource
    void macdSignalAveragesTheLine(Seed seed) {
        Oracle.assertAgrees(
                new Macd(12, 26, 9, seed),
                Macd::signal,
                market -> macd(market, 12, 26, 9, seed)[1]);
    }

    @Test
    void macdHistogramIsLineLessSignal() {
        Oracle.assertAgrees(
                new Macd(12, 26, 9, Seed.AVERAGE),
                Macd::histogram,
                market -> {
                    double[] macd = macd(market, 12, 26, 9, Seed.AVERAGE);
                    return macd[0] - macd[1];
                });
    }

    @Test
    void macdSignalAsLongAsAnAverageHasItsOwnClosedForm() {
        Oracle.assertAgrees(
                new Macd(5, 9, 9, Seed.AVERAGE),
                Macd::signal,
                market -> macd(market, 5, 9, 9, Seed.AVERAGE)[1]);
    }

    @Test
    void emaRatioIsFastOverSlow() {
        Oracle.assertAgrees(
                new Macd(12, 26, 9, Seed.AVERAGE),
                Macd::ratio,
                market -> {
                    List<Double> closes = closes(market);
                    return last(average(closes, 12, Seed.AVERAGE))
                                    / last(average(closes, 26, Seed.AVERAGE))
                            - 1;
                });
    }

    @Test
    void rateOfChangeComparesCloses() {
        Oracle.assertAgrees(
                new RateOfChange(30),
                RateOfChange::value,
                market -> {
                    List<Bar> bars = market.lastBars(31);
                    return bars.isEmpty()
                            ? Double.NaN
                            : bars.get(30).close() / bars.get(0).close() - 1;
                });
    }

    @Test
    void zScoreStandardisesThePrice() {
        Oracle.assertAgrees(
                new PriceZScore(60),
                PriceZScore::value,
                market -> {
                    List<SlowMarket.Entry> priced =
                            market.session().stream().filter(SlowMarket.Entry::priced).toList();
                    ToDoubleFunction<ToDoubleFunction<SlowMarket.Entry>> mean =
                            x ->
                                    market.decayedSum(priced, 60, x)
                                            / market.decayedSum(priced, 60, e -> 1);
                    double center = mean.applyAsDouble(SlowMarket.Entry::price);
                    boolean moved =
                            priced.stream().mapToDouble(SlowMarket.Entry::price).distinct().count()
                                    > 1;
                    double variance =
                            mean.applyAsDouble(e -> (e.price() - center) * (e.price() - center));
                    return moved
                            ? (market.now().price() - center) / Math.sqrt(variance)
                            : Double.NaN;
                });
    }

    /** Line and signal over the last close, by the definition. */
    private static double[] macd(SlowMarket market, int fast, int slow, int signal, Seed seed) {
        List<Double> closes = closes(market);
        int first = seed == Seed.FIRST ? 0 : slow - 1;
        if (closes.size() <= first) {
            return new double[] {Double.NaN, Double.NaN};
        }
        List<Double> fastAverage = average(closes, fast, seed);
        List<Double> slowAverage = average(closes, slow, seed);
        List<Double> line = new ArrayList<>();
        for (int i = first; i < closes.size(); i++) {
            line.add(fastAverage.get(i) - slowAverage.get(i));
        }
        double close = last(closes);
        double signalNow = last(average(line, signal, seed));
        return new double[] {last(line) / close, signalNow / close};
    }

    private static List<Double> average(List<Double> values, int length, Seed seed) {
        double alpha = 2.0 / (length + 1);
        int seedLength = seed == Seed.FIRST ? 1 : length;
        List<Double> averages = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < values.size(); i++) {
            if (i < seedLength) {
                sum += values.get(i);
                averages.add(i == seedLength - 1 ? sum / seedLength : Double.NaN);
            } else {
                averages.add(alpha * values.get(i) + (1 - alpha) * averages.get(i - 1));
            }
        }
        return averages;
    }

    private static List<Double> closes(SlowMarket market) {
        return market.bars().stream().map(Bar::close).toList();
    }

    private static double last(List<Double> values) {
        return values.isEmpty() ? Double.NaN : values.get(values.size() - 1);
    }
}
