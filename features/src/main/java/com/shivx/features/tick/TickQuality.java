package com.shivx.features.tick;

/** Whether a tick may be used, and if not, why; decided from the symbol's own ticks alone. */
public enum TickQuality {
    /** Good: goes into the features. */
    OK,
    /** A price is zero, negative, NaN or infinite. */
    BAD_PRICE,
    /** A size is zero, negative or infinite, or a trade has none. */
    BAD_SIZE,
    /** Event time too far past the time of reception, or past the symbol's last. */
    FUTURE,
    /** Sequence not above the symbol's last of the same kind. */
    DUPLICATE,
    /** Event time below the symbol's highest by more than the allowed disorder. */
    OUT_OF_ORDER,
    /** Bid above ask. */
    CROSSED;

    /** Decides; the first that holds, in the order of the constants after OK. Changes nothing. */
    public static TickQuality classify(Tick tick, QualityState last, QualityRules rules) {
        // What the tick says by itself is nonsense.
        if (!hasGoodPrice(tick)) {
            return BAD_PRICE;
        }
        if (!hasGoodSize(tick)) {
            return BAD_SIZE;
        }
        // Its clock cannot be right, or nothing yet vouches for such a leap.
        if (isFuture(tick, last, rules)) {
            return FUTURE;
        }
        // A stray first tick says nothing about the order of those that follow.
        if (!last.startsAgainAt(tick.eventTimeMicros(), rules)) {
            // It was there before.
            if (last.repeats(tick, rules)) {
                return DUPLICATE;
            }
            // It came too late.
            if (last.isBehind(tick.eventTimeMicros(), rules)) {
                return OUT_OF_ORDER;
            }
        }
        // In its place, but no market stands so: it advances order and nothing else.
        if (tick.kind() == TickKind.QUOTE && tick.bidPrice() > tick.askPrice()) {
            return CROSSED;
        }
        return OK;
    }

    /** Decides, and remembers what the next decision needs. */
    public static TickQuality classifyAndAdvance(
            Tick tick, QualityState state, QualityRules rules) {
        TickQuality quality = classify(tick, state, rules);
        switch (quality) {
            case OK, CROSSED -> state.accept(tick, rules);
            case FUTURE -> state.suspect(tick.eventTimeMicros());
            // A tick of ordinary time came between: the leap before it was a stray.
            case DUPLICATE, OUT_OF_ORDER -> state.dismissSuspect();
            case BAD_PRICE, BAD_SIZE -> {}
        }
        return quality;
    }

    private static boolean hasGoodPrice(Tick tick) {
        return switch (tick.kind()) {
            case TRADE -> isPositive(tick.price());
            case QUOTE -> isPositive(tick.bidPrice()) && isPositive(tick.askPrice());
        };
    }

    private static boolean hasGoodSize(Tick tick) {
        return switch (tick.kind()) {
            case TRADE -> isPositive(tick.size());
            // Many feeds, FX for one, quote no sizes.
            case QUOTE ->
                    isPositiveOrMissing(tick.bidSize()) && isPositiveOrMissing(tick.askSize());
        };
    }

    private static boolean isFuture(Tick tick, QualityState last, QualityRules rules) {
        long time = tick.eventTimeMicros();
        return Micros.between(tick.receivedMicros(), time) > rules.maxAheadMicros()
                || last.leapsTo(time, rules);
    }

    private static boolean isPositive(double number) {
        return number > 0 && number < Double.POSITIVE_INFINITY;
    }

    private static boolean isPositiveOrMissing(double number) {
        return Double.isNaN(number) || isPositive(number);
    }
}
