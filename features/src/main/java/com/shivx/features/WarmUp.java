package com.shivx.features;

import java.util.StringJoiner;

/**
 * What must have passed before a number means anything: all three, each counted from where the
 * symbol started cold.
 *
 * @param ticks good ticks, the present one included
 * @param bars closed bars since the symbol's start or its last session gap, empty ones included
 * @param seconds event time since the first tick
 */
public record WarmUp(long ticks, long bars, long seconds) {

    /** Ready at once. */
    public static final WarmUp NONE = new WarmUp(0, 0, 0);

    public WarmUp {
        if (ticks < 0 || bars < 0 || seconds < 0) {
            throw new IllegalArgumentException(
                    "A warm-up is never negative: "
                            + ticks
                            + " ticks, "
                            + bars
                            + " bars, "
                            + seconds
                            + " s");
        }
    }

    /** That many good ticks. */
    public static WarmUp ticks(long ticks) {
        return new WarmUp(ticks, 0, 0);
    }

    /** That many closed bars. */
    public static WarmUp bars(long bars) {
        return new WarmUp(0, bars, 0);
    }

    /**
     * That much event time; the only warm-up a feature may ask for whose input might never come.
     */
    public static WarmUp seconds(long seconds) {
        return new WarmUp(0, 0, seconds);
    }

    /** What satisfies this and the other. */
    public WarmUp and(WarmUp other) {
        return new WarmUp(
                Math.max(ticks, other.ticks),
                Math.max(bars, other.bars),
                Math.max(seconds, other.seconds));
    }

    /** Whether so much suffices. */
    public boolean isOver(double ticksSeen, double barsClosed, double secondsPassed) {
        return ticksSeen >= ticks && barsClosed >= bars && secondsPassed >= seconds;
    }

    /** The parts that are asked for, or {@code none}. */
    @Override
    public String toString() {
        StringJoiner parts = new StringJoiner(", ").setEmptyValue("none");
        if (ticks > 0) {
            parts.add(ticks + " ticks");
        }
        if (bars > 0) {
            parts.add(bars + " bars");
        }
        if (seconds > 0) {
            parts.add(seconds + " s");
        }
        return parts.toString();
    }
}
