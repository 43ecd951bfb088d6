package com.shivx.features.volatility;

import com.shivx.features.bar.Bar;
import com.shivx.features.testing.Oracle;
import com.shivx.features.testing.SlowMarket.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolatilityTest {

    @ParameterizedTest
    @ValueSource(ints = {10, 60})
    void ewmaDividesSquaredReturnsByTime(int halfLife) {
        Oracle.assertAgrees(
                new EwmaVolatility(halfLife),
                EwmaVolatility::bps,
                market -> {
                    List<Entry> entries = market.entries();
                    double squares = 0;
                    double seconds = 0;
                    for (int i = 1; i < entries.size(); i++) {
                        Entry entry = entries.get(i);
                        if (!entry.sessionStart()) {
                            double age = market.now().sessionSeconds() - entry.sessionSeconds();
                            double weight = Math.pow(2, -age / halfLife);
                            double move = Math.log(entry.price() / entries.get(i - 1).price());
                            squares += weight * move * move;
                            seconds += weight * entry.secondsElapsed();
                        }
                    }
                    return 1e4 * Math.sqrt(squares / seconds);
                });
    }

    @Test
    void atrAveragesTrueRanges() {
        Oracle.assertAgrees(
                new Atr(14),
                Atr::bps,
                market -> {
                    List<Bar> bars = market.bars();
                    if (bars.size() < 14) {
                        return Double.NaN;
                    }
                    double average = 0;
                    for (int i = 0; i < bars.size(); i++) {
                        double range = trueRange(bars, i);
                        average = i < 14 ? average + range / 14 : (average * 13 + range) / 14;
                    }
                    return average / bars.get(bars.size() - 1).close() * 1e4;
                });
    }

    private static double trueRange(List<Bar> bars, int i) {
        Bar bar = bars.get(i);
        if (i == 0) {
            return bar.high() - bar.low();
        }
        double before = bars.get(i - 1).close();
        return Math.max(
                bar.high() - bar.low(),
                Math.max(Math.abs(bar.high() - before), Math.abs(bar.low() - before)));
    }

    @Test
    void rangeSpansTheExtremes() {
        Oracle.assertAgrees(
                new HighLowRange(60),
                HighLowRange::bps,
                market -> {
                    List<Bar> bars = market.lastBars(60);
                    double low = bars.stream().mapToDouble(Bar::low).min().orElse(Double.NaN);
                    double high = bars.stream().mapToDouble(Bar::high).max().orElse(Double.NaN);
                    return bars.isEmpty() ? Double.NaN : (high - low) / bars.get(59).close() * 1e4;
                });
    }
}
