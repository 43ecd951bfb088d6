package com.shivx.models.outcome;

import java.io.Serializable;

/**
 * What a deployed version was validated to be. Lives in state and travels between operators.
 *
 * @param version the semantic version
 * @param accuracy share of rows that it had right; NaN if nobody has validated it
 * @param horizonMicros horizon that it was validated for, microseconds; 0 if nobody has said
 */
public record ValidatedVersion(String version, double accuracy, long horizonMicros)
        implements Serializable {

    /** One of which nothing is known. */
    public static ValidatedVersion unknown(String version) {
        return new ValidatedVersion(version, Double.NaN, 0);
    }

    /** Whether its figure is of that horizon; a figure of none said is of any. */
    boolean isOf(long micros) {
        return horizonMicros == 0 || horizonMicros == micros;
    }
}
