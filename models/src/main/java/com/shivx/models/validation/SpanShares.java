package com.shivx.models.validation;

import java.io.Serializable;

/**
 * How time is divided.
 *
 * @param fit share that a model is fitted to
 * @param tune share that stops it, searches its parameters and calibrates it
 * @param test share that it is judged by
 */
public record SpanShares(double fit, double tune, double test) implements Serializable {

    /** Most to learn from; enough of the rest that 20 blocks come of a few days. */
    public static final SpanShares DEFAULT = new SpanShares(0.6, 0.2, 0.2);

    public SpanShares {
        if (!(fit > 0 && tune > 0 && test > 0 && Math.abs(fit + tune + test - 1) < 1e-9)) {
            throw new IllegalArgumentException(
                    "shares of fit %s, tune %s and test %s must be above 0 and sum to 1"
                            .formatted(fit, tune, test));
        }
    }
}
