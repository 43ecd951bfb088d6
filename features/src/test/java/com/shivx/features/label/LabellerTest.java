package com.shivx.features.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.SymbolQuality;
import com.shivx.features.SymbolState;
import com.shivx.features.testing.RealTapes;
import com.shivx.features.testing.SimulatedTape;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabellerTest {

    private static final long SECOND = 1_000_000;

    @ParameterizedTest
    @ValueSource(longs = {SECOND, 10 * SECOND, 60 * SECOND})
    void agreesWithTheDefinitionOnEveryKindOfTape(long horizonMicros) {
        for (SimulatedTape tape : SimulatedTape.all(horizonMicros)) {
            assertAgrees(tape.ticks(700), horizonMicros);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {SECOND, 60 * SECOND})
    void agreesWithTheDefinitionOnRealTicks(long horizonMicros) {
        Map<String, List<Tick>> bySymbol =
                RealTapes.binance().stream().collect(Collectors.groupingBy(Tick::symbol));
        assertThat(bySymbol).isNotEmpty();
        bySymbol.values()
                .forEach(
                        tape ->
                                assertAgrees(
                                        tape.subList(0, Math.min(500, tape.size())),
                                        horizonMicros));
    }

    @Test
    void anEntryIsDecidedByTheFirstTickAfterItsHorizonAndNotOnIt() {
        SymbolMarks marks = marks();
        SymbolState state = new SymbolState();
        Labeller<String> labeller = new Labeller<>(LabelRules.DEFAULT, SECOND);
        List<String> decided = new ArrayList<>();
        Labeller.Sink<String> sink = (entry, label) -> decided.add(entry + " " + label.direction());
        take(labeller, marks, state, trade(0, 100), sink);
        take(labeller, marks, state, trade(SECOND, 101), sink);
        labeller.enter("a", trade(SECOND, 101).eventTimeMicros());
        take(labeller, marks, state, trade(2 * SECOND, 110), sink);

        assertThat(decided).isEmpty();

        take(labeller, marks, state, trade(2 * SECOND + 1, 50), sink);

        // By the price before the deciding tick: 110, not 50.
        assertThat(decided).containsExactly("a UP");
    }

    @Test
    void whatIsLeftAtTheEndIsMissing() {
        Labeller<String> labeller = new Labeller<>(LabelRules.DEFAULT, SECOND);
        List<Label> labels = new ArrayList<>();
        labeller.onMark(new Mark(0, 0, 100, 100, 100, 1e-4), (entry, label) -> {});
        labeller.enter("a", 0);
        labeller.finish((entry, label) -> labels.add(label));
        labeller.finish((entry, label) -> labels.add(label));

        assertThat(labels).containsExactly(Label.MISSING);
    }

    @Test
    void refusesAHorizonOfNothingAndAnEntryBeforeAnyTick() {
        assertThatThrownBy(() -> new Labeller<String>(LabelRules.DEFAULT, 0))
                .hasMessageContaining("above 0 µs, not 0");
        assertThatThrownBy(() -> new Labeller<String>(LabelRules.DEFAULT, 1).enter("a", 0))
                .hasMessageContaining("no tick yet");
    }

    private static void assertAgrees(List<Tick> tape, long horizonMicros) {
        SlowOutcomes slow = new SlowOutcomes(tape);
        Map<Integer, String> labels = new TreeMap<>();
        Labeller.Sink<Integer> sink =
                (i, label) ->
                        labels.put(i, label.isMissing() ? "MISSING" : label.direction().toString());
        Labeller<Integer> labeller = new Labeller<>(LabelRules.DEFAULT, horizonMicros);
        SymbolMarks marks = marks();
        SymbolState state = new SymbolState();
        int good = 0;
        for (Tick tick : tape) {
            if (take(labeller, marks, state, tick, sink)) {
                labeller.enter(good++, tick.eventTimeMicros());
            }
        }
        labeller.finish(sink);

        assertThat(labels).hasSize(slow.size());
        labels.forEach(
                (i, label) ->
                        assertThat(label)
                                .as("good tick %d of %s", i, tape.get(0).symbol())
                                .isEqualTo(slow.label(i, horizonMicros)));
    }

    private static <E> boolean take(
            Labeller<E> labeller,
            SymbolMarks marks,
            SymbolState state,
            Tick tick,
            Labeller.Sink<E> sink) {
        Mark mark = marks.onTick(tick, state);
        if (mark != null) {
            labeller.onMark(mark, sink);
        }
        return mark != null;
    }

    private static SymbolMarks marks() {
        return new SymbolMarks(
                new SymbolQuality(QualityRules.DEFAULT, SymbolQuality.DEFAULT_SYMBOL_TTL));
    }

    private static Tick trade(long micros, double price) {
        long time = 1_700_000_000_000_000L + micros;
        return Tick.trade("s", time, time, 1 + micros, price, 1, null);
    }
}
