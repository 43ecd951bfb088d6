package com.shivx.features.label;

import com.shivx.features.ContractRules;
import com.shivx.features.Moment;
import com.shivx.features.SymbolQuality;
import com.shivx.features.SymbolState;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import com.shivx.features.volatility.EwmaVolatility;
import org.jspecify.annotations.Nullable;

/**
 * The mark after each good tick of a symbol, by the same rules as features: the same ticks are
 * good, the same price counts, the same silence starts a session.
 *
 * <pre>
 * | stamp, moment | Σw·r², Σw·Δt | time of the last price |
 * </pre>
 *
 * @param quality which ticks are good
 */
public record SymbolMarks(SymbolQuality quality) {

    private static final EwmaVolatility VOLATILITY = new EwmaVolatility(60);
    private static final double SESSION_GAP_SECONDS = 600;

    private static final int VOLATILITY_AT = Moment.SLOTS;
    private static final int PRICED = VOLATILITY_AT + 2;
    private static final int SLOTS = PRICED + 1;

    /** The layout above; another has another number. */
    private static final double STAMP = 1;

    /** Takes a tick of the state's symbol; null of one that is not good. */
    public @Nullable Mark onTick(Tick tick, SymbolState state) {
        if (quality.onTick(tick, state) != TickQuality.OK) {
            return null;
        }
        if (state.slots.length != SLOTS || state.slots[Moment.STAMP] != STAMP) {
            state.slots = new double[SLOTS];
            state.slots[Moment.STAMP] = STAMP;
        }
        double[] numbers = state.slots;
        Moment now = new Moment(tick, numbers, ContractRules.UNIT, SESSION_GAP_SECONDS);
        VOLATILITY.onTick(now, numbers, VOLATILITY_AT);
        if (now.isPriced()) {
            numbers[PRICED] = now.micros();
        }
        double bid = now.bidPrice();
        boolean quoted = !Double.isNaN(bid);
        return new Mark(
                now.micros(),
                (long) numbers[PRICED],
                now.price(),
                quoted ? bid : now.price(),
                quoted ? now.askPrice() : now.price(),
                VOLATILITY.ofSecond(numbers, VOLATILITY_AT));
    }
}
