package com.shivx.features.calendar;

import com.shivx.features.testing.Oracle;
import com.shivx.features.testing.SlowMarket;
import com.shivx.features.testing.SlowMarket.Entry;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarTest {

    @Test
    void countsSecondsSinceTheLastTrade() {
        Oracle.assertAgrees(
                new SinceLastTrade(),
                SinceLastTrade::seconds,
                market -> {
                    List<Entry> trades = market.entries(Entry::isTrade);
                    return trades.isEmpty()
                            ? Double.NaN
                            : (market.now().micros() - trades.get(trades.size() - 1).micros())
                                    / 1e6;
                });
    }

    @Test
    void turnsOnceADay() {
        Oracle.assertAgrees(
                new TimeOfDay(), TimeOfDay::sine, market -> Math.sin(2 * Math.PI * day(market)));
        Oracle.assertAgrees(
                new TimeOfDay(), TimeOfDay::cosine, market -> Math.cos(2 * Math.PI * day(market)));
    }

    /** Share of the UTC day that has passed, in whole seconds. */
    private static double day(SlowMarket market) {
        Instant now = Instant.ofEpochSecond(market.now().micros() / 1_000_000);
        return LocalTime.ofInstant(now, ZoneOffset.UTC).toSecondOfDay() / 86_400.0;
    }
}
