package com.shivx.cli.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The story of the demo is true on any seed: what can be known before and after the regime changes,
 * and what the change moves.
 */
class MarketStoryTest {

    private static final long START = 1_700_000_000_000_000L;
    private static final long HOURS_4 = 4 * 3_600_000_000L;

    private final MarketStory before = new MarketStory();
    private final MarketStory after = new MarketStory();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theBookForetellsPricesUntilTheRegimeChanges(long seed) {
        run(seed);

        assertThat(before.bestAccuracy()).isCloseTo(0.45, within(0.015));
        assertThat(before.majority()).isCloseTo(0.35, within(0.015));
        assertThat(after.bestAccuracy())
                .as("as much to learn as before")
                .isCloseTo(0.45, within(0.015));
        assertThat(after.firstRegimeAccuracy())
                .as("a model of the first regime is wrong")
                .isLessThan(0.27);
    }

    @Test
    void theChangeMovesWhatAModelSees() {
        run(1);

        assertThat(after.volatilityBps() / before.volatilityBps()).isCloseTo(2, within(0.2));
        assertThat(after.meanSpreadBps() / before.meanSpreadBps()).isCloseTo(2, within(0.1));
        assertThat(after.imbalanceDeviation()).isLessThan(0.7 * before.imbalanceDeviation());
    }

    /** Four hours of every instrument on either side of the change. */
    private void run(long seed) {
        MarketConfig config = new MarketConfig(seed, START, START + HOURS_4);
        for (int stream = 0; stream < Instrument.ALL.size(); stream++) {
            InstrumentTape tape = new InstrumentTape(Instrument.ALL.get(stream), stream, config);
            before.beginInstrument();
            after.beginInstrument();
            while (tape.nextMicros() < START + 2 * HOURS_4) {
                Regime regime = config.regimeAt(tape.nextMicros());
                (regime == Regime.FOLLOWING ? before : after)
                        .on(tape.next(), tape.pressure(), regime.driftSign);
            }
        }
    }
}
