package com.shivx.features.oscillator;

import com.shivx.features.bar.Bar;
import com.shivx.features.testing.Oracle;
import com.shivx.features.testing.SlowMarket;
import com.shivx.features.trend.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

class OscillatorTest {

    @Test
    void rsiWeighsGainsAgainstLosses() {
        Oracle.assertAgrees(
                new Rsi(14, Seed.AVERAGE), Rsi::value, market -> rsi(market.bars(), 14));
    }

    private static double rsi(List<Bar> bars, int length) {
        if (bars.size() <= length) {
            return Double.NaN;
        }
        double gain = 0;
        double loss = 0;
        for (int i = 1; i < bars.size(); i++) {
            double change = bars.get(i).close() - bars.get(i - 1).close();
            if (i <= length) {
                gain += Math.max(change, 0) / length;
                loss += Math.max(-change, 0) / length;
            } else {
                gain = (gain * (length - 1) + Math.max(change, 0)) / length;
                loss = (loss * (length - 1) + Math.max(-change, 0)) / length;
            }
        }
        return gain + loss == 0 ? Double.NaN : 100 - 100 / (1 + gain / loss);
    }

    @Test
    void percentBPlacesTheCloseBetweenTheBands() {
        Oracle.assertAgrees(
                new Bollinger(20, 2),
                Bollinger::percentB,
                market -> {
                    double[] bands = bands(market, 20, 2);
                    double close = bands[3];
                    return flat(market, 20)
                            ? Double.NaN
                            : (close - bands[0]) / (bands[2] - bands[0]);
                });
    }

    @Test
    void bandwidthIsTheDistanceOfTheBands() {
        Oracle.assertAgrees(
                new Bollinger(20, 2),
                Bollinger::bandwidth,
                market -> {
                    double[] bands = bands(market, 20, 2);
                    return flat(market, 20) ? 0 : 100 * (bands[2] - bands[0]) / bands[1];
                });
    }

    private static boolean flat(SlowMarket market, int length) {
        return market.lastBars(length).stream().mapToDouble(Bar::close).distinct().count() == 1;
    }

    /** Lower, middle, upper, close. */
    private static double[] bands(SlowMarket market, int length, double deviations) {
        double[] closes = market.lastBars(length).stream().mapToDouble(Bar::close).toArray();
        if (closes.length == 0) {
            return new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        }
        double mean = 0;
        for (double close : closes) {
            mean += close / length;
        }
        double variance = 0;
        for (double close : closes) {
            variance += (close - mean) * (close - mean) / length;
        }
        double half = deviations * Math.sqrt(variance);
        return new double[] {mean - half, mean, mean + half, closes[length - 1]};
    }

    @Test
    void stochasticPlacesTheCloseBetweenTheExtremes() {
        Oracle.assertAgrees(
                new Stochastic(14),
                Stochastic::percentK,
                market -> {
                    List<Bar> bars = market.lastBars(14);
                    double low = bars.stream().mapToDouble(Bar::low).min().orElse(Double.NaN);
                    double high = bars.stream().mapToDouble(Bar::high).max().orElse(Double.NaN);
                    return bars.isEmpty()
                            ? Double.NaN
                            : 100 * (bars.get(13).close() - low) / (high - low);
                });
    }
}
