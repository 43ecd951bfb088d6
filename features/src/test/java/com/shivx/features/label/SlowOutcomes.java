package com.shivx.features.label;

import com.shivx.features.SymbolState;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.QualityState;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import com.shivx.features.tick.TickQuality;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels by the definition and nothing else: whole tapes in memory, every sum from its beginning.
 * Quadratic; for tapes of some thousand ticks of one symbol.
 */
public final class SlowOutcomes {

    private static final double HALF_LIFE_SECONDS = 60;

    private final List<Tick> good = new ArrayList<>();
    private final List<Long> clock = new ArrayList<>();

    /** Where the first quote is; after all of them where there is none. */
    private final int firstQuoteAt;

    /** Of one symbol. */
    public SlowOutcomes(List<Tick> tape) {
        QualityState quality = new SymbolState().quality;
        long highest = Long.MIN_VALUE;
        for (Tick tick : tape) {
            if (TickQuality.classifyAndAdvance(tick, quality, QualityRules.DEFAULT)
                    == TickQuality.OK) {
                highest = Math.max(highest, tick.eventTimeMicros());
                good.add(tick);
                clock.add(highest);
            }
        }
        firstQuoteAt = (int) good.stream().takeWhile(tick -> tick.kind() != TickKind.QUOTE).count();
    }

    /** Good ticks. */
    public int size() {
        return good.size();
    }

    /** The label of the i-th good tick by volatility, without fees. */
    public String label(int i, long horizonMicros) {
        long due = good.get(i).eventTimeMicros() + horizonMicros;
        int decider = i + 1;
        while (decider < good.size() && clock.get(decider) <= due) {
            decider++;
        }
        if (decider == good.size() || clock.get(decider) - due > 3_600_000_000L) {
            return "MISSING";
        }
        int exit = decider - 1;
        int priced = priced(exit);
        if (due - clock.get(priced) > Math.max(horizonMicros, 10_000_000L)) {
            return "MISSING";
        }
        double limit = 0.43 * volatility(i) * Math.sqrt(horizonMicros / 1e6);
        if (Double.isNaN(limit)) {
            return "MISSING";
        }
        double logReturn = Math.log(price(exit) / price(i));
        return logReturn > limit ? "UP" : logReturn < -limit ? "DOWN" : "FLAT";
    }

    /** The latest tick up to i that told a price. */
    private int priced(int i) {
        for (int k = i; k >= 0; k--) {
            if (good.get(k).kind() == TickKind.QUOTE || !quotedBefore(k)) {
                return k;
            }
        }
        throw new AssertionError("the first tick always tells one");
    }

    private boolean quotedBefore(int i) {
        return firstQuoteAt < i;
    }

    private double price(int i) {
        Tick tick = good.get(priced(i));
        return tick.kind() == TickKind.QUOTE ? tick.mid() : tick.price();
    }

    /** √(Σw·r² / Σw·Δt), weights by the age of each term. */
    private double volatility(int i) {
        double squares = 0;
        double seconds = 0;
        double age = 0;
        for (int k = i; k >= 1; k--) {
            double elapsed = (clock.get(k) - clock.get(k - 1)) / 1e6;
            boolean firstQuote = good.get(k).kind() == TickKind.QUOTE && !quotedBefore(k);
            if (elapsed > 600 || firstQuote) {
                // Time stood still: what came before does not age over it.
                continue;
            }
            double weight = Math.pow(0.5, age / HALF_LIFE_SECONDS);
            double r = Math.log(price(k)) - Math.log(price(k - 1));
            squares += weight * r * r;
            seconds += weight * elapsed;
            age += elapsed;
        }
        return Math.sqrt(squares / seconds);
    }
}
