package com.shivx.features.label;

import org.jspecify.annotations.Nullable;

/**
 * What happened to a price after a horizon.
 *
 * @param direction where it went; null if that cannot be known
 * @param logReturn log of exit over entry price; NaN if it cannot be known
 * @param threshold what the log return was compared with; NaN with it
 * @param buyBps what buying at the entry's ask and selling at the exit's bid made, in basis points
 *     of the entry, fees taken off; NaN with it
 * @param sellBps what selling at the entry's bid and buying back at the exit's ask made, the same
 *     way
 */
public record Label(
        @Nullable Direction direction,
        double logReturn,
        double threshold,
        double buyBps,
        double sellBps) {

    /** What happened cannot be known. */
    public static final Label MISSING =
            new Label(null, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Whether it cannot be known. */
    public boolean isMissing() {
        return direction == null;
    }
}
