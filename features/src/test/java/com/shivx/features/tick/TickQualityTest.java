package com.shivx.features.tick;

import static com.shivx.features.tick.TickQuality.BAD_PRICE;
import static com.shivx.features.tick.TickQuality.BAD_SIZE;
import static com.shivx.features.tick.TickQuality.CROSSED;
import static com.shivx.features.tick.TickQuality.DUPLICATE;
import static com.shivx.features.tick.TickQuality.FUTURE;
import static com.shivx.features.tick.TickQuality.OK;
import static com.shivx.features.tick.TickQuality.OUT_OF_ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TickQualityTest {

    private static final QualityRules RULES = QualityRules.DEFAULT;
    private static final long NOON = 1_723_161_600_000_000L;
    private static final long DAY = TimeUnit.DAYS.toMicros(1);
    private static final double INF = Double.POSITIVE_INFINITY;

    /** Each branch, on a symbol whose last ticks are trade 5000 and quote 9000, at noon. */
    static Stream<Arguments> ticks() {
        return Stream.of(
                arguments("next trade", trade(NOON, 5_001), OK),
                arguments("next quote", quote(NOON, 9_001), OK),
                arguments("price zero", trade(NOON, 5_001, 0, 1), BAD_PRICE),
                arguments("price negative", trade(NOON, 5_001, -1, 1), BAD_PRICE),
                arguments("price NaN", trade(NOON, 5_001, Double.NaN, 1), BAD_PRICE),
                arguments("price infinite", trade(NOON, 5_001, INF, 1), BAD_PRICE),
                arguments("bid missing", quote(NOON, 9_001, Double.NaN, 1, 101, 1), BAD_PRICE),
                arguments("ask infinite", quote(NOON, 9_001, 99, 1, INF, 1), BAD_PRICE),
                arguments("size zero", trade(NOON, 5_001, 100, 0), BAD_SIZE),
                arguments("size negative", trade(NOON, 5_001, 100, -1), BAD_SIZE),
                arguments("trade without size", trade(NOON, 5_001, 100, Double.NaN), BAD_SIZE),
                arguments("size infinite", trade(NOON, 5_001, 100, INF), BAD_SIZE),
                arguments("bid size zero", quote(NOON, 9_001, 99, 0, 101, 1), BAD_SIZE),
                arguments("ask size negative", quote(NOON, 9_001, 99, 1, 101, -1), BAD_SIZE),
                arguments(
                        "quote without sizes",
                        quote(NOON, 9_001, 99, Double.NaN, 101, Double.NaN),
                        OK),
                arguments(
                        "a minute past reception",
                        received(trade(NOON + 60_000_000, 5_001), NOON),
                        OK),
                arguments(
                        "more than a minute past reception",
                        received(trade(NOON + 60_000_001, 5_001), NOON),
                        FUTURE),
                arguments("seven days on", trade(NOON + 7 * DAY, 5_001), OK),
                arguments("more than seven days on", trade(NOON + 7 * DAY + 1, 5_001), FUTURE),
                arguments("at the end of time", trade(Long.MAX_VALUE, 5_001), FUTURE),
                arguments("same sequence", trade(NOON, 5_000), DUPLICATE),
                arguments("a fall of 1,000", trade(NOON, 4_000), DUPLICATE),
                arguments("a fall of 1,001 is a new session", trade(NOON, 3_999), OK),
                arguments("the widest fall", trade(NOON, Long.MIN_VALUE + 1), OK),
                arguments("each kind has its own sequence", quote(NOON, 9_001), OK),
                arguments("no sequence is never a repeat", trade(NOON, Tick.NO_SEQUENCE), OK),
                arguments("within the disorder", trade(NOON - 250_000, 5_001), OK),
                arguments("beyond the disorder", trade(NOON - 250_001, 5_001), OUT_OF_ORDER),
                arguments("in 1970", trade(0, 5_001), OUT_OF_ORDER),
                arguments("at the start of time", trade(Long.MIN_VALUE, 5_001), OUT_OF_ORDER),
                arguments("bid above ask", quote(NOON, 9_001, 101.01, 1, 101, 1), CROSSED),
                arguments("bid at ask is locked", quote(NOON, 9_001, 101, 1, 101, 1), OK),
                // Precedence, pair by neighbouring pair.
                arguments("price before size", trade(NOON, 5_001, 0, 0), BAD_PRICE),
                arguments("size before future", trade(Long.MAX_VALUE, 5_001, 100, 0), BAD_SIZE),
                arguments("future before repeat", trade(NOON + 8 * DAY, 5_000), FUTURE),
                arguments("repeat before order", trade(NOON - DAY, 5_000), DUPLICATE),
                arguments(
                        "order before crossing",
                        quote(NOON - DAY, 9_001, 102, 1, 101, 1),
                        OUT_OF_ORDER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ticks")
    void takesTheFirstReasonThatHolds(String name, Tick tick, TickQuality expected) {
        QualityState state = atNoon();
        assertThat(TickQuality.classify(tick, state, RULES)).isEqualTo(expected);
        assertThat(state).usingRecursiveComparison().isEqualTo(atNoon());
        assertThat(TickQuality.classifyAndAdvance(tick, state, RULES)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ticks")
    void advancesNothingForATickThatHasNoPlace(String name, Tick tick, TickQuality quality) {
        QualityState state = atNoon();
        TickQuality.classifyAndAdvance(tick, state, RULES);
        QualityState expected = atNoon();
        switch (quality) {
            case OK, CROSSED -> {
                expected.highestMicros = Math.max(NOON, tick.eventTimeMicros());
                if (tick.hasSequence() && tick.kind() == TickKind.TRADE) {
                    expected.tradeSequence = tick.sequence();
                } else if (tick.hasSequence()) {
                    expected.quoteSequence = tick.sequence();
                }
            }
            case FUTURE -> {
                expected.suspected = true;
                expected.suspectMicros = tick.eventTimeMicros();
            }
            case BAD_PRICE, BAD_SIZE, DUPLICATE, OUT_OF_ORDER -> {}
        }
        assertThat(state).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void goesOnFromALeapThatTheNextTickVouchesFor() {
        assertThat(run(atNoon(), trade(NOON + 30 * DAY, 5_001), trade(NOON + 30 * DAY + 1, 5_002)))
                .containsExactly(FUTURE, OK);
        assertThat(run(atNoon(), trade(NOON + 30 * DAY, 5_001), trade(NOON + 24 * DAY, 5_002)))
                .containsExactly(FUTURE, OK);
    }

    @Test
    void forgetsALeapThatTheNextTickDoesNotVouchFor() {
        Tick stray = trade(NOON + 365 * DAY, 9_999);
        assertThat(run(atNoon(), stray, trade(NOON + 1, 5_001), stray))
                .containsExactly(FUTURE, OK, FUTURE);
        assertThat(run(atNoon(), stray, trade(NOON + 1, 5_000), stray))
                .containsExactly(FUTURE, DUPLICATE, FUTURE);
        assertThat(run(atNoon(), stray, trade(NOON - DAY, 5_001), stray))
                .containsExactly(FUTURE, OUT_OF_ORDER, FUTURE);
    }

    @Test
    void aLeapReplacesTheLeapBefore() {
        assertThat(
                        run(
                                atNoon(),
                                trade(NOON + 30 * DAY, 5_001),
                                trade(NOON + 60 * DAY, 5_002),
                                trade(NOON + 61 * DAY, 5_003)))
                .containsExactly(FUTURE, FUTURE, OK);
    }

    @Test
    void aTickWithoutAPlaceInTheMarketDoesNotDismissALeap() {
        assertThat(
                        run(
                                atNoon(),
                                trade(NOON + 30 * DAY, 5_001),
                                trade(NOON, 5_001, -1, 1),
                                trade(NOON + 30 * DAY, 5_002)))
                .containsExactly(FUTURE, BAD_PRICE, OK);
    }

    @Test
    void aCrossedTickAdvancesOrder() {
        QualityState state = atNoon();
        Tick crossed = quote(NOON + DAY, 9_001, 102, 1, 101, 1);
        assertThat(run(state, crossed, quote(NOON + DAY, 9_001), quote(NOON, 9_002)))
                .containsExactly(CROSSED, DUPLICATE, OUT_OF_ORDER);
        assertThat(state.highestMicros).isEqualTo(NOON + DAY);
    }

    @Test
    void aNewSessionGoesOnFromItsOwnSequence() {
        assertThat(run(atNoon(), trade(NOON, 1), trade(NOON, 1), trade(NOON, 2)))
                .containsExactly(OK, DUPLICATE, OK);
    }

    @Test
    void aStrayFirstTickCannotKillTheSymbol() {
        QualityState state = new QualityState();
        long year2999 = NOON + 975 * 365 * DAY;
        assertThat(run(state, quote(year2999, 9_500), quote(NOON, 9_000), quote(NOON + 1, 9_001)))
                .containsExactly(OK, OK, OK);
        assertThat(state.highestMicros).isEqualTo(NOON + 1);
        assertThat(state.quoteSequence).isEqualTo(9_001);
    }

    @Test
    void aStartConfirmedByTwoTicksStands() {
        assertThat(run(new QualityState(), trade(NOON, 1), trade(NOON, 2), trade(0, 3)))
                .containsExactly(OK, OK, OUT_OF_ORDER);
    }

    @Test
    void aFirstTickInThePastIsLeftBehindByALeap() {
        assertThat(run(new QualityState(), trade(0, 1), trade(NOON, 2), trade(NOON + 1, 3)))
                .containsExactly(OK, FUTURE, OK);
    }

    @Test
    void aSlightlyLateSecondTickIsStillOutOfOrder() {
        assertThat(run(new QualityState(), trade(NOON, 1), trade(NOON - DAY, 2)))
                .containsExactly(OK, OUT_OF_ORDER);
    }

    @Test
    void rulesAreWhatTheyAreSetTo() {
        QualityRules strict = QualityRules.of(Duration.ZERO, 0, Duration.ofHours(1), Duration.ZERO);
        QualityState state = atNoon();
        assertThat(TickQuality.classify(trade(NOON - 1, 5_001), state, strict))
                .isEqualTo(OUT_OF_ORDER);
        assertThat(TickQuality.classify(trade(NOON, 4_999), state, strict)).isEqualTo(OK);
        assertThat(TickQuality.classify(trade(NOON + DAY, 5_001), state, strict)).isEqualTo(FUTURE);
    }

    private static List<TickQuality> run(QualityState state, Tick... ticks) {
        return Stream.of(ticks)
                .map(tick -> TickQuality.classifyAndAdvance(tick, state, RULES))
                .toList();
    }

    private static QualityState atNoon() {
        QualityState state = new QualityState();
        state.accepted = 2;
        state.highestMicros = NOON;
        state.tradesSequenced = true;
        state.tradeSequence = 5_000;
        state.quotesSequenced = true;
        state.quoteSequence = 9_000;
        return state;
    }

    private static Tick trade(long micros, long sequence) {
        return trade(micros, sequence, 100, 1);
    }

    private static Tick trade(long micros, long sequence, double price, double size) {
        return Tick.trade("s", micros, micros, sequence, price, size, Aggressor.BUY);
    }

    private static Tick quote(long micros, long sequence) {
        return quote(micros, sequence, 99, 1, 101, 1);
    }

    private static Tick quote(
            long micros, long sequence, double bid, double bidSize, double ask, double askSize) {
        return Tick.quote("s", micros, micros, sequence, bid, bidSize, ask, askSize);
    }

    private static Tick received(Tick t, long micros) {
        return Tick.trade(
                t.symbol(),
                t.eventTimeMicros(),
                micros,
                t.sequence(),
                t.price(),
                t.size(),
                t.aggressor());
    }
}
