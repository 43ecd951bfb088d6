package com.shivx.features.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class TickQualityProperties {

    private static final QualityRules RULES = QualityRules.DEFAULT;
    private static final long NOON = 1_723_161_600_000_000L;
    private static final long DAY = 86_400_000_000L;

    /** Times around noon, days off, and as far off as a long can be. */
    @Provide
    Arbitrary<List<Tick>> tapes() {
        Arbitrary<Long> micros =
                Arbitraries.<Long>frequencyOf(
                        Tuple.of(20, Arbitraries.longs().between(NOON, NOON + 2_000_000)),
                        Tuple.of(2, Arbitraries.longs().between(NOON - 30 * DAY, NOON + 30 * DAY)),
                        Tuple.of(1, Arbitraries.longs()));
        Arbitrary<Long> sequence =
                Arbitraries.<Long>frequencyOf(
                        Tuple.of(10, Arbitraries.longs().between(1, 3_000)),
                        Tuple.of(1, Arbitraries.longs()));
        Arbitrary<Double> price = Arbitraries.of(100.0, 101.0, 102.0, -1.0, Double.NaN);
        Arbitrary<Tick> tick =
                Combinators.combine(micros, sequence, price, Arbitraries.of(TickKind.class))
                        .as(TickQualityProperties::tick);
        return tick.list().ofMaxSize(60);
    }

    private static Tick tick(long micros, long sequence, double price, TickKind kind) {
        return switch (kind) {
            case TRADE -> Tick.trade("s", micros, micros, sequence, price, 1, null);
            case QUOTE -> Tick.quote("s", micros, micros, sequence, price, 1, 101, 1);
        };
    }

    @Property
    void acceptedTimesNeverFallFarOnceTheStartIsConfirmed(@ForAll("tapes") List<Tick> tape) {
        QualityState state = new QualityState();
        for (Tick tick : tape) {
            boolean confirmed = state.isConfirmed();
            long highest = state.highestMicros;
            TickQuality quality = TickQuality.classifyAndAdvance(tick, state, RULES);
            if (confirmed) {
                assertThat(state.highestMicros).isGreaterThanOrEqualTo(highest);
                if (quality == TickQuality.OK) {
                    assertThat(Micros.between(tick.eventTimeMicros(), highest))
                            .isLessThanOrEqualTo(RULES.allowedDisorderMicros());
                }
            }
        }
    }

    @Property
    void confirmedTimesNeverFall(@ForAll("tapes") List<Tick> tape) {
        QualityState state = new QualityState();
        long watermark = ConfirmedTime.NONE;
        for (Tick tick : tape) {
            long confirmed = ConfirmedTime.confirm(tick, state, RULES);
            if (confirmed != ConfirmedTime.NONE) {
                assertThat(confirmed).isGreaterThanOrEqualTo(watermark);
                watermark = confirmed;
            }
        }
    }

    @Property
    void onlyWhatIsAcceptedMovesTheSymbol(@ForAll("tapes") List<Tick> tape) {
        QualityState state = new QualityState();
        for (Tick tick : tape) {
            QualityState before = state.copy();
            TickQuality quality = TickQuality.classifyAndAdvance(tick, state, RULES);
            if (quality != TickQuality.OK && quality != TickQuality.CROSSED) {
                assertThat(state)
                        .usingRecursiveComparison()
                        .ignoringFields("suspected", "suspectMicros")
                        .isEqualTo(before);
            }
        }
    }

    @Property
    void aSequenceIsAcceptedOnceASession(@ForAll("tapes") List<Tick> tape) {
        QualityState state = new QualityState();
        for (Tick tick : tape) {
            TickQuality quality = TickQuality.classifyAndAdvance(tick, state, RULES);
            if (quality == TickQuality.OK && tick.hasSequence()) {
                assertThat(TickQuality.classify(tick, state, RULES))
                        .isEqualTo(TickQuality.DUPLICATE);
            }
        }
    }

    @Property
    void aCopyDecidesTheSame(@ForAll("tapes") List<Tick> tape) {
        QualityState state = new QualityState();
        QualityState copied = new QualityState();
        for (Tick tick : tape) {
            copied = copied.copy();
            assertThat(TickQuality.classifyAndAdvance(tick, copied, RULES))
                    .isEqualTo(TickQuality.classifyAndAdvance(tick, state, RULES));
        }
        assertThat(copied).hasToString(state.toString());
    }
}
