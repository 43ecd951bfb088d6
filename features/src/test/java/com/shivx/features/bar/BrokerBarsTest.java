package com.shivx.features.bar;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.testing.RealTapes;
import com.shivx.features.tick.Tick;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One-minute bars of bid and ask from a broker's ticks are the broker's own, every one. */
class BrokerBarsTest {

    private static final BarBuilder MINUTES =
            new BarBuilder(Duration.ofMinutes(1).toMillis() * 1000);

    @ParameterizedTest
    @CsvSource({"oanda, 321559", "fxcm, 675401"})
    void equalTheBrokersOwnBars(String broker, int quotes) {
        List<Path> ticks = RealTapes.brokerFiles(broker, "ticks");
        List<Path> bars = RealTapes.brokerFiles(broker, "minute-bars");
        assertThat(ticks).extracting(Path::getFileName).isEqualTo(names(bars));
        int quotesRead = 0;
        int barsCompared = 0;
        for (int day = 0; day < ticks.size(); day++) {
            List<Tick> tape = RealTapes.brokerQuotes(broker, ticks.get(day));
            List<Bar> bids = bars(broker, bars.get(day), 1);
            assertThat(build(tape, Tick::bidPrice)).isEqualTo(bids);
            assertThat(build(tape, Tick::askPrice)).isEqualTo(bars(broker, bars.get(day), 6));
            quotesRead += tape.size();
            barsCompared += bids.size();
        }
        assertThat(quotesRead).isEqualTo(quotes);
        assertThat(barsCompared).isGreaterThan(8_000);
    }

    private static List<Path> names(List<Path> files) {
        return files.stream().map(Path::getFileName).toList();
    }

    /** Crossed quotes included: the broker counted them. */
    @SuppressWarnings("ReferenceEquality") // which element it is, not what it holds
    private static List<Bar> build(List<Tick> tape, ToDoubleFunction<Tick> side) {
        double[] state = new double[BarBuilder.SLOTS];
        List<Bar> bars = new ArrayList<>();
        Tick first = tape.get(0);
        MINUTES.open(first.eventTimeMicros(), side.applyAsDouble(first), state, 0);
        for (Tick tick : tape) {
            double price = side.applyAsDouble(tick);
            if (MINUTES.intervalsUntil(tick.eventTimeMicros(), state, 0) > 0) {
                bars.add(MINUTES.bar(state, 0));
                MINUTES.open(tick.eventTimeMicros(), price, state, 0);
            }
            MINUTES.price(price, state, 0);
        }
        bars.add(MINUTES.bar(state, 0));
        return bars;
    }

    private static List<Bar> bars(String broker, Path file, int column) {
        List<Bar> bars = new ArrayList<>();
        RealTapes.brokerRows(
                broker,
                file,
                (micros, row) ->
                        bars.add(
                                new Bar(
                                        micros,
                                        Double.parseDouble(row[column]),
                                        Double.parseDouble(row[column + 1]),
                                        Double.parseDouble(row[column + 2]),
                                        Double.parseDouble(row[column + 3]),
                                        0,
                                        0,
                                        0)));
        return bars;
    }
}
