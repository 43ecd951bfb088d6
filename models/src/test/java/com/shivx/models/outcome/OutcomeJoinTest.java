package com.shivx.models.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolQuality;
import com.shivx.features.SymbolState;
import com.shivx.features.label.Direction;
import com.shivx.features.label.LabelRules;
import com.shivx.features.label.SlowOutcomes;
import com.shivx.features.label.Threshold;
import com.shivx.features.testing.SimulatedTape;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeJoinTest {

    private static final long SECOND = 1_000_000;
    private static final long NOON = 1_723_161_600_000_000L;
    private static final List<Duration> HORIZONS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(60));

    private final OutcomeJoin join = join(HORIZONS);
    private final SymbolOutcomes symbol = new SymbolOutcomes();
    private final Found found = new Found();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whicheverComesFirstTheOutcomeIsTheDefinitions(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (SimulatedTape simulated : SimulatedTape.all(seed)) {
            List<Tick> tape = simulated.ticks(400);
            List<Tick> good = good(tape);
            SlowOutcomes slow = new SlowOutcomes(tape);

            Found arrived = replay(tape, good, random);

            List<Outcome> outcomes = arrived.outcomes;
            assertThat(outcomes).hasSize(good.size() * HORIZONS.size());
            for (Outcome outcome : outcomes) {
                int i = Integer.parseInt(outcome.prediction().modelVersion());
                String expected = slow.label(i, outcome.horizonMicros());
                assertThat(outcome.direction() == null ? "MISSING" : outcome.direction().name())
                        .as("good tick %d of %s", i, simulated)
                        .isEqualTo(expected);
            }
            assertThat(arrived.late).isEmpty();
        }
    }

    /**
     * Each stream in its order, one ahead of the other by up to 40 records; time is the later's.
     */
    private static Found replay(List<Tick> tape, List<Tick> good, SplittableRandom random) {
        OutcomeJoin join = join(HORIZONS);
        SymbolOutcomes symbol = new SymbolOutcomes();
        Found found = new Found();
        int ticks = 0;
        int predictions = 0;
        int ahead = 0;
        while (ticks < tape.size() || predictions < good.size()) {
            if (random.nextInt(20) == 0) {
                ahead = random.nextInt(81) - 40;
            }
            boolean tickNext = ticks - predictions < ahead || predictions == good.size();
            if (tickNext && ticks < tape.size()) {
                join.onTick(tape.get(ticks++), symbol, found);
            } else {
                // A version for each good tick, so that an outcome tells which it is of.
                Tick tick = good.get(predictions);
                join.onPrediction(
                        prediction(tick, String.valueOf(predictions), Role.CHAMPION, Action.BUY),
                        symbol,
                        found);
                predictions++;
            }
            long time =
                    Math.min(
                            tape.get(Math.min(ticks, tape.size() - 1)).eventTimeMicros(),
                            good.get(Math.min(predictions, good.size() - 1)).eventTimeMicros());
            join.onTime(Math.floorDiv(time - 2 * SECOND, 1_000), symbol, found);
        }
        join.onTime(Long.MAX_VALUE / 2_000, symbol, found);
        return found;
    }

    @Test
    void theTickBeforeTheDecidingOneTellsTheExit() {
        tick(0, 100);
        tick(SECOND, 100.1);
        predict(SECOND, "1.0.0", Role.CHAMPION, Action.BUY);
        tick(2 * SECOND, 101);
        assertThat(found.outcomes).isEmpty();

        tick(2 * SECOND + 1, 90);

        Outcome outcome = found.outcomes.get(0);
        assertThat(outcome.direction()).isEqualTo(Direction.UP);
        assertThat(outcome.entryPrice()).isEqualTo(100.1);
        assertThat(outcome.exitPrice()).isEqualTo(101);
        assertThat(outcome.decidedMicros()).isEqualTo(NOON + 2 * SECOND + 1);
        assertThat(outcome.correct()).isTrue();
        assertThat(outcome.pnlBps()).isCloseTo((101 / 100.1 - 1) * 1e4, within());
        assertThat(outcome.buyBps()).isCloseTo((101 / 100.1 - 1) * 1e4, within());
        assertThat(outcome.sellBps()).isCloseTo((1 - 101 / 100.1) * 1e4, within());
    }

    @Test
    void aPositionKeepsOthersFromBeingOpened() {
        tick(0, 100);
        for (int i = 1; i <= 5; i++) {
            tick(i * SECOND / 2, 100 + i);
            predict(i * SECOND / 2, "1.0.0", Role.CHAMPION, Action.BUY);
        }
        tick(10 * SECOND, 100);

        assertThat(found.outcomes).hasSize(5);
        // At 0.5, 1.5 and 2.5 s: each free again when the one before has ended.
        assertThat(found.outcomes.stream().map(outcome -> Double.isNaN(outcome.pnlBps())))
                .containsExactly(false, true, false, true, false);
    }

    @Test
    void aChallengerIsPairedWithTheChampionWhicheverIsDecidedFirst() {
        tick(0, 100);
        tick(SECOND, 100.1);
        predict(SECOND, "1.0.0", Role.CHAMPION, Action.SELL);
        tick(2 * SECOND, 101);
        tick(3 * SECOND, 101);
        predict(SECOND, "2.0.0", Role.SHADOW, Action.BUY);

        assertThat(found.votes)
                .containsExactly(
                        new PairedVote(
                                "direction",
                                "1.0.0",
                                "2.0.0",
                                Role.SHADOW,
                                SECOND,
                                (NOON + SECOND) / SECOND,
                                1));
    }

    @Test
    void onlyTheFirstOfASliceVotes() {
        tick(0, 100);
        tick(SECOND / 2, 100.1);
        for (int i = 10; i < 15; i++) {
            tick(i * SECOND / 10, 90 + i);
            predict(i * SECOND / 10, "1.0.0", Role.CHAMPION, Action.BUY);
            predict(i * SECOND / 10, "2.0.0", Role.CANARY, Action.SELL);
        }
        tick(10 * SECOND, 100);

        assertThat(found.votes).hasSize(1);
        assertThat(found.votes.get(0).sign()).isEqualTo(-1);
        assertThat(found.outcomes.stream().filter(Outcome::instant)).hasSize(2);
    }

    @Test
    void aLabelFromOutsideWinsOverTicks() {
        tick(0, 100);
        tick(SECOND, 100.1);
        predict(SECOND, "1.0.0", Role.CHAMPION, Action.BUY);
        join.onLabel(label(SECOND, Direction.DOWN), symbol, found);
        tick(3 * SECOND, 101);

        assertThat(found.outcomes).hasSize(1);
        assertThat(found.outcomes.get(0).source()).isEqualTo(OutcomeSource.LABEL);
        assertThat(found.outcomes.get(0).direction()).isEqualTo(Direction.DOWN);
        assertThat(found.outcomes.get(0).revision()).isZero();
        assertThat(found.outcomes.get(0).buyBps()).isNaN();
        assertThat(found.outcomes.get(0).sellBps()).isNaN();
    }

    @Test
    void aLabelMayComeBeforeItsPredictions() {
        join.onLabel(label(SECOND, Direction.DOWN), symbol, found);
        tick(0, 100);
        tick(SECOND, 100.1);
        predict(SECOND, "1.0.0", Role.CHAMPION, Action.BUY);
        predict(SECOND, "2.0.0", Role.SHADOW, Action.SELL);

        assertThat(found.outcomes.stream().map(Outcome::direction))
                .containsExactly(Direction.DOWN, Direction.DOWN);
        join.onTime(NOON / 1_000 + TimeUnit.DAYS.toMillis(1), symbol, found);
        assertThat(found.unusedLabels).isEmpty();
    }

    @Test
    void aLabelThatComesLaterRevisesAndOneThatSaysTheSameAgainDoesNot() {
        tick(0, 100);
        tick(SECOND, 100.1);
        predict(SECOND, "1.0.0", Role.CHAMPION, Action.BUY);
        tick(3 * SECOND, 101);
        join.onLabel(label(SECOND, Direction.DOWN), symbol, found);
        join.onLabel(label(SECOND, Direction.DOWN), symbol, found);
        join.onLabel(label(SECOND, Direction.FLAT), symbol, found);

        assertThat(found.outcomes.stream().map(Outcome::revision)).containsExactly(0, 1, 2);
        assertThat(found.outcomes.get(2).direction()).isEqualTo(Direction.FLAT);
        assertThat(found.outcomes.get(2).exitPrice()).isEqualTo(found.outcomes.get(0).exitPrice());
        join.onTime(NOON / 1_000 + TimeUnit.DAYS.toMillis(1), symbol, found);
        assertThat(found.unusedLabels).isEmpty();
        assertThat(found.outcomes.get(2).buyBps()).isEqualTo(found.outcomes.get(0).buyBps());
        assertThat(found.outcomes.get(2).sellBps())
                .isEqualTo(found.outcomes.get(0).sellBps())
                .isNotNaN();
    }

    @Test
    void everyOutcomeSaysByWhichRuleItWasDecided() {
        LabelRules rules = new LabelRules(Threshold.COST, 0.5, Duration.ofHours(1));
        OutcomeJoin costs = join(List.of(Duration.ofSeconds(1)), rules);
        costs.onTick(trade(0, 100), symbol, found);
        for (int i = 1; i <= 2; i++) {
            costs.onTick(trade(i * SECOND, 100.1), symbol, found);
            costs.onPrediction(
                    prediction(trade(i * SECOND, 1), "1.0.0", Role.CHAMPION, Action.BUY),
                    symbol,
                    found);
        }
        costs.onTick(trade(2 * SECOND + 1, 101), symbol, found);
        costs.onLabel(label(SECOND, Direction.DOWN), symbol, found);
        costs.onTime(NOON / 1_000 + TimeUnit.DAYS.toMillis(1), symbol, found);

        assertThat(found.outcomes).extracting(Outcome::status).hasSize(3);
        assertThat(found.outcomes.get(1).revision()).isEqualTo(1);
        assertThat(found.outcomes.get(2).status()).isEqualTo(OutcomeStatus.MISSING);
        assertThat(found.outcomes)
                .extracting(Outcome::labelling)
                .containsOnly(new Labelling(SECOND, Threshold.COST, 0.5));
    }

    @Test
    void theLatestLabelCountsForPredictionsThatComeAfterIt() {
        join.onLabel(label(SECOND, Direction.DOWN), symbol, found);
        join.onLabel(label(SECOND, Direction.FLAT), symbol, found);
        tick(0, 100);
        tick(SECOND, 100.1);
        predict(SECOND, "1.0.0", Role.CHAMPION, Action.BUY);

        assertThat(found.outcomes).extracting(Outcome::direction).containsExactly(Direction.FLAT);
    }

    @Test
    void aLabelOfNothingIsTold() {
        join.onLabel(label(SECOND, Direction.DOWN), symbol, found);
        join.onTime(NOON / 1_000 + TimeUnit.DAYS.toMillis(1), symbol, found);

        assertThat(found.unusedLabels).containsExactly(label(SECOND, Direction.DOWN));
        assertThat(join.wakesMillis(symbol)).isZero();
    }

    @Test
    void aPredictionAfterItsTickWasForgottenIsLateAndMissing() {
        tick(0, 100);
        tick(SECOND, 100.1);
        tick(100 * SECOND, 100.1);
        join.onTime(NOON / 1_000 + 90_000, symbol, found);
        predict(SECOND, "1.0.0", Role.CHAMPION, Action.BUY);

        assertThat(found.late).hasSize(1);
        assertThat(found.outcomes.get(0).status()).isEqualTo(OutcomeStatus.MISSING);
        assertThat(found.outcomes.get(0).instant()).isFalse();
    }

    @Test
    void aPredictionThatComesAgainIsDropped() {
        tick(0, 100);
        tick(SECOND, 100.1);
        predict(2 * SECOND, "1.0.0", Role.CHAMPION, Action.BUY);
        predict(2 * SECOND, "1.0.0", Role.CHAMPION, Action.BUY);
        tick(2 * SECOND, 100.1);
        predict(2 * SECOND, "1.0.0", Role.CHAMPION, Action.BUY);
        tick(4 * SECOND, 100.1);
        predict(2 * SECOND, "1.0.0", Role.CHAMPION, Action.BUY);

        assertThat(found.repeated).hasSize(3);
        assertThat(found.outcomes).hasSize(1);
    }

    @Test
    void whatNothingDecidesIsGivenUpInTimeWhetherATickOrTheClockShowsIt() {
        SymbolOutcomes other = new SymbolOutcomes();
        Found byClock = new Found();
        Prediction prediction = prediction(trade(SECOND, 1), "1.0.0", Role.CHAMPION, Action.BUY);
        for (SymbolOutcomes each : List.of(symbol, other)) {
            Found sink = each == symbol ? found : byClock;
            join.onTick(trade(0, 100), each, sink);
            join.onTick(trade(SECOND, 100.1), each, sink);
            join.onPrediction(prediction, each, sink);
        }

        tick(SECOND + TimeUnit.HOURS.toMicros(1) + 2 * 60 * SECOND, 100);
        join.onTime(join.wakesMillis(other) + TimeUnit.HOURS.toMillis(2), other, byClock);

        assertThat(found.outcomes).isEqualTo(byClock.outcomes).hasSize(2);
        assertThat(found.outcomes.get(0).status()).isEqualTo(OutcomeStatus.MISSING);
    }

    @Test
    void everythingIsForgottenInTheEnd() {
        for (int i = 0; i < 100; i++) {
            tick(i * SECOND / 10, 100 + i);
            predict(i * SECOND / 10, "1.0.0", Role.CHAMPION, Action.BUY);
        }
        int looks = 0;
        for (long wake = join.wakesMillis(symbol); wake != 0; wake = join.wakesMillis(symbol)) {
            join.onTime(wake, symbol, found);
            assertThat(looks++).isLessThan(1_000);
        }
        join.onTime(NOON / 1_000 + TimeUnit.DAYS.toMillis(1), symbol, found);

        assertThat(symbol.ticks.isEmpty() && symbol.early.isEmpty()).isTrue();
        assertThat(symbol.waiting.isEmpty() && symbol.decided.isEmpty()).isTrue();
        assertThat(symbol.labels.isEmpty()).isTrue();
        assertThat(symbol.head.slices).isEmpty();
        assertThat(symbol.head.positions).isEmpty();
        assertThat(found.outcomes).hasSize(100);
    }

    @Test
    void refusesRulesThatMeanNothing() {
        assertThatThrownBy(() -> join(List.of())).hasMessageContaining("no horizon");
        assertThatThrownBy(() -> join(List.of(Duration.ofMillis(250))))
                .hasMessageContaining("no longer than ticks may come late (250 ms)");
        assertThatThrownBy(() -> join(List.of(Duration.ofSeconds(1), Duration.ofSeconds(1))))
                .hasMessageContaining("stands twice");
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-9);
    }

    private void tick(long micros, double price) {
        join.onTick(trade(micros, price), symbol, found);
    }

    /** By the shorter horizon, whose outcomes are looked at. */
    private void predict(long micros, String version, Role role, Action action) {
        OneHorizon.JOIN.onPrediction(
                prediction(trade(micros, 1), version, role, action), symbol, found);
    }

    private static final class OneHorizon {
        static final OutcomeJoin JOIN = join(HORIZONS.subList(0, 1));
    }

    private static ExternalLabel label(long micros, Direction direction) {
        return new ExternalLabel("s", null, NOON + micros, SECOND, direction, Double.NaN);
    }

    private static OutcomeJoin join(List<Duration> horizons) {
        return join(horizons, LabelRules.DEFAULT);
    }

    private static OutcomeJoin join(List<Duration> horizons, LabelRules labels) {
        return new OutcomeJoin(
                new OutcomeRules(
                        new SymbolQuality(QualityRules.DEFAULT, SymbolQuality.DEFAULT_SYMBOL_TTL),
                        labels,
                        horizons,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(10)));
    }

    private static List<Tick> good(List<Tick> tape) {
        SymbolState state = new SymbolState();
        List<Tick> good = new ArrayList<>();
        for (Tick tick : tape) {
            if (TickQuality.classifyAndAdvance(tick, state.quality, QualityRules.DEFAULT)
                    == TickQuality.OK) {
                good.add(tick);
            }
        }
        return good;
    }

    private static Tick trade(long micros, double price) {
        return Tick.trade("s", NOON + micros, NOON + micros, micros, price, 1, null);
    }

    private static Prediction prediction(Tick tick, String version, Role role, Action action) {
        return new Prediction(
                FeatureVector.idOf(tick, "0a1b2c3d"),
                "direction",
                version,
                1,
                role,
                role == Role.CHAMPION,
                tick.symbol(),
                tick.eventTimeMicros(),
                switch (action) {
                    case BUY -> "UP";
                    case HOLD -> "FLAT";
                    case SELL -> "DOWN";
                },
                0.5f,
                action,
                new String[] {"DOWN", "FLAT", "UP"},
                new float[] {0.25f, 0.25f, 0.5f},
                PredictionStatus.OK);
    }

    private static final class Found implements OutcomeSink {
        private final List<Outcome> outcomes = new ArrayList<>();
        private final List<PairedVote> votes = new ArrayList<>();
        private final List<Prediction> late = new ArrayList<>();
        private final List<Prediction> repeated = new ArrayList<>();
        private final List<ExternalLabel> unusedLabels = new ArrayList<>();

        @Override
        public void onOutcome(Outcome outcome) {
            outcomes.add(outcome);
        }

        @Override
        public void onVote(PairedVote vote) {
            votes.add(vote);
        }

        @Override
        public void onLatePrediction(Prediction prediction) {
            late.add(prediction);
        }

        @Override
        public void onRepeatedPrediction(Prediction prediction) {
            repeated.add(prediction);
        }

        @Override
        public void onUnusedLabel(ExternalLabel label) {
            unusedLabels.add(label);
        }
    }
}
