package com.shivx.features;

import com.shivx.features.tick.Tick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether a feature set sees the future: no value at or before a tick may depend on what comes
 * after it. The whole tape is run, and again with another future after each of a few cuts, and cut
 * off there, always from a cold start; the values up to the cut must be the same, to the bit.
 *
 * <p>The order matters. A kernel that remembers an earlier run, in a static field say, knows the
 * future of the next one: the run with another future makes it remember a wrong one, and the run
 * that is cut off then shows it.
 *
 * <p>Takes 20 runs of the tape or less, and holds two vectors a tick.
 */
public final class PrefixInvariance {

    private static final int CUTS = 7;

    /** Another future comes once at the same times and once later: either may be what is seen. */
    private static final long[] DELAYS_MICROS = {0, TimeUnit.SECONDS.toMicros(2)};

    private static final float[] SET_ASIDE = {};

    private final SymbolFeatures features;
    private final List<Tick> tape;
    private boolean ready;

    private PrefixInvariance(FeatureSet set, List<Tick> tape) {
        this.features = new SymbolFeatures(set);
        this.tape = tape;
    }

    /**
     * A value that another future, or none, changes.
     *
     * @param featureSet name of the set
     * @param feature name of the feature
     * @param index how many ticks of the tape come before its tick
     * @param tick the tick after which it is another value
     * @param whole the value when the whole tape is run
     * @param other the value when the tape goes on otherwise, or ends, after the cut
     * @param cut how many ticks the two runs have in common
     */
    public record Difference(
            String featureSet,
            String feature,
            int index,
            Tick tick,
            float whole,
            float other,
            int cut) {

        /** What is wrong and what to do about it, in one line. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "Feature %s of %s is %s (0x%08x) after tick %d, %s at %d µs, and %s (0x%08x) when only the first"
                            + " %d ticks are the same: it sees the future or remembers another run; compute it"
                            + " from the moment and its own slice of the state alone",
                    feature,
                    featureSet,
                    whole,
                    Float.floatToIntBits(whole),
                    index,
                    tick.symbol(),
                    tick.eventTimeMicros(),
                    other,
                    Float.floatToIntBits(other),
                    cut);
        }
    }

    /**
     * The first value found that depends on later ticks: the earliest of the first cut that shows
     * any.
     *
     * @param tape ticks in their order, of any number of symbols, good and bad
     * @return empty if no value does
     * @throws IllegalArgumentException if the tape shows nothing, because not one vector is ready
     *     before its last cut
     */
    public static Optional<Difference> firstDifference(FeatureSet set, List<Tick> tape) {
        return new PrefixInvariance(set, tape).firstDifference();
    }

    private Optional<Difference> firstDifference() {
        List<float[]> whole = run(tape);
        for (int i = 1; i <= CUTS; i++) {
            int cut = (int) ((long) i * tape.size() / (CUTS + 1));
            for (List<Tick> other : others(cut)) {
                ready = false;
                Optional<Difference> difference = difference(whole, run(other), cut);
                if (difference.isPresent()) {
                    return difference;
                }
            }
        }
        // Of the longest tape that was cut off, the last to be run.
        if (!ready) {
            throw new IllegalArgumentException(
                    "A tape of %d ticks shows nothing about %s, which is ready after %s: give a longer one"
                            .formatted(
                                    tape.size(),
                                    features.features().name(),
                                    features.features().warmUp()));
        }
        return Optional.empty();
    }

    /** With other futures, and last with none. */
    private List<List<Tick>> others(int cut) {
        List<List<Tick>> others = new ArrayList<>();
        for (long delayMicros : DELAYS_MICROS) {
            others.add(changed(cut, delayMicros));
        }
        others.add(tape.subList(0, cut));
        return others;
    }

    private List<float[]> run(List<Tick> ticks) {
        Map<String, SymbolState> states = new HashMap<>();
        List<float[]> values = new ArrayList<>(ticks.size());
        for (Tick tick : ticks) {
            SymbolState state = states.computeIfAbsent(tick.symbol(), symbol -> new SymbolState());
            FeatureVector vector = features.onTick(tick, state).vector();
            values.add(vector == null ? SET_ASIDE : vector.values());
            ready |= vector != null && vector.ready();
        }
        return values;
    }

    private Optional<Difference> difference(List<float[]> whole, List<float[]> other, int cut) {
        for (int i = 0; i < cut; i++) {
            float[] expected = whole.get(i);
            float[] actual = other.get(i);
            // Whether a tick is set aside is no kernel's to decide.
            for (int j = 0; j < Math.min(expected.length, actual.length); j++) {
                if (Float.floatToIntBits(expected[j]) != Float.floatToIntBits(actual[j])) {
                    FeatureSet set = features.features();
                    return Optional.of(
                            new Difference(
                                    set.name(),
                                    set.features().get(j).name(),
                                    i,
                                    tape.get(i),
                                    expected[j],
                                    actual[j],
                                    cut));
                }
            }
        }
        return Optional.empty();
    }

    /** The tape with another future: twice the price and thrice the size, and that much later. */
    private List<Tick> changed(int cut, long delayMicros) {
        List<Tick> changed = new ArrayList<>(tape.subList(0, cut));
        for (Tick t : tape.subList(cut, tape.size())) {
            changed.add(
                    new Tick(
                            t.symbol(),
                            t.kind(),
                            t.eventTimeMicros() + delayMicros,
                            t.receivedMicros() + delayMicros,
                            t.sequence(),
                            t.row(),
                            2 * t.price(),
                            3 * t.size(),
                            t.aggressor(),
                            2 * t.bidPrice(),
                            3 * t.bidSize(),
                            2 * t.askPrice(),
                            3 * t.askSize()));
        }
        return changed;
    }
}
