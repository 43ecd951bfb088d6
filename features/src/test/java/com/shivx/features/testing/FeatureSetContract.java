package com.shivx.features.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureVector;
import com.shivx.features.PrefixInvariance;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.TickResult;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every feature set must keep, ours or anyone's: extend it and name the set. The tapes are
 * simulated; override {@link #tapes} to bring others.
 */
public abstract class FeatureSetContract {

    private static final int TICKS = 3_000;
    private static final Duration TTL = Duration.ofDays(1);

    /** The set under test, built anew each time, so that nothing can hide in a kernel. */
    protected abstract FeatureSet featureSet();

    /** Tapes of one symbol each. */
    protected Stream<List<Tick>> tapes() {
        return SimulatedTape.all(42).stream().map(tape -> tape.ticks(TICKS));
    }

    @Test
    void noValueDependsOnLaterTicks() {
        tapes().forEach(
                        tape ->
                                assertThat(PrefixInvariance.firstDifference(featureSet(), tape))
                                        .isEmpty());
    }

    @Test
    void restoresMidStreamWithoutDrift() {
        tapes().forEach(
                        tape -> {
                            List<TickResult> restored = new ArrayList<>();
                            SymbolState state = new SymbolState();
                            for (Tick tick : tape) {
                                state = state.copy();
                                restored.add(features().onTick(tick, state));
                            }
                            assertSameBits(restored, run(tape));
                        });
    }

    @Test
    void symbolsDoNotDisturbEachOther() {
        SymbolFeatures shared = features();
        List<List<Tick>> tapes = tapes().toList();
        List<SymbolState> states = tapes.stream().map(tape -> new SymbolState()).toList();
        List<List<TickResult>> together =
                tapes.stream().<List<TickResult>>map(tape -> new ArrayList<>()).toList();
        int longest = tapes.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (int symbol = 0; symbol < tapes.size(); symbol++) {
                if (i < tapes.get(symbol).size()) {
                    Tick tick = tapes.get(symbol).get(i);
                    together.get(symbol).add(shared.onTick(tick, states.get(symbol)));
                }
            }
        }
        for (int symbol = 0; symbol < tapes.size(); symbol++) {
            assertSameBits(together.get(symbol), run(tapes.get(symbol)));
        }
    }

    @Test
    void startsColdAfterLongSilenceWhetherFreedOrNot() {
        tapes().forEach(
                        tape -> {
                            SymbolState kept = new SymbolState();
                            run(tape, kept);
                            SymbolState freed = kept.copy();
                            freed.free();
                            List<Tick> later = afterSilence(tape);
                            List<TickResult> cold = run(later, new SymbolState());
                            assertSameBits(run(later, kept), cold);
                            assertSameBits(run(later, freed), cold);
                        });
    }

    @Test
    void valuesStayWithinTheirSchemas() {
        FeatureSet set = featureSet();
        assertThat(tapes().flatMap(tape -> vectors(tape).stream()))
                .flatMap(set::problems)
                .isEmpty();
    }

    @Test
    void everyTapeGetsReady() {
        tapes().forEach(tape -> assertThat(vectors(tape)).anyMatch(FeatureVector::ready));
    }

    private SymbolFeatures features() {
        return new SymbolFeatures(featureSet(), QualityRules.DEFAULT, TTL);
    }

    private List<TickResult> run(List<Tick> tape) {
        return run(tape, new SymbolState());
    }

    private List<TickResult> run(List<Tick> tape, SymbolState state) {
        SymbolFeatures features = features();
        return tape.stream().map(tick -> features.onTick(tick, state)).toList();
    }

    private List<FeatureVector> vectors(List<Tick> tape) {
        return run(tape).stream().map(TickResult::vector).filter(Objects::nonNull).toList();
    }

    private static void assertSameBits(List<TickResult> actual, List<TickResult> expected) {
        assertThat(actual)
                .usingElementComparator((a, b) -> sameBits(a, b) ? 0 : 1)
                .containsExactlyElementsOf(expected);
    }

    private static boolean sameBits(TickResult a, TickResult b) {
        return a.quality() == b.quality() && FeatureVectors.sameBits(a.vector(), b.vector());
    }

    /** The same ticks two days after the last of them, without the sequences they would repeat. */
    private static List<Tick> afterSilence(List<Tick> tape) {
        long first = tape.get(0).eventTimeMicros();
        long last = tape.stream().mapToLong(Tick::eventTimeMicros).max().orElseThrow();
        long shift = last - first + TTL.multipliedBy(2).toSeconds() * 1_000_000;
        return tape.stream()
                .map(
                        t ->
                                new Tick(
                                        t.symbol(),
                                        t.kind(),
                                        t.eventTimeMicros() + shift,
                                        t.receivedMicros() + shift,
                                        Tick.NO_SEQUENCE,
                                        t.sequence(),
                                        t.price(),
                                        t.size(),
                                        t.aggressor(),
                                        t.bidPrice(),
                                        t.bidSize(),
                                        t.askPrice(),
                                        t.askSize()))
                .toList();
    }
}
