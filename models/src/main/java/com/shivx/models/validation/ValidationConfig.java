package com.shivx.models.validation;

import com.shivx.drift.bootstrap.StationaryBootstrap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How validations are made.
 *
 * @param minBlockMicros blocks have a mean of this or of two horizons, whichever is longer ({@code
 *     validation.min-block}); blocks of two horizons alone understate errors four-fold, because
 *     markets remember longer than that
 * @param bootstrap what intervals come from
 * @param minAccuracy share of rows that a model must have right to be promoted ({@code
 *     promotion.min-accuracy}); null asks for none, since an honest model of three classes reaches
 *     no absolute figure that could be named in advance
 */
public record ValidationConfig(
        long minBlockMicros, StationaryBootstrap bootstrap, @Nullable Double minAccuracy) {

    /** An hour, 2,000 resamples, 95 %, no least accuracy. */
    public static final ValidationConfig DEFAULT =
            new ValidationConfig(3_600_000_000L, StationaryBootstrap.DEFAULT, null);

    public ValidationConfig {
        if (minBlockMicros <= 0) {
            throw new IllegalArgumentException(
                    "validation.min-block must be above 0, not %d µs".formatted(minBlockMicros));
        }
        if (minAccuracy != null && !(minAccuracy >= 0 && minAccuracy <= 1)) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "promotion.min-accuracy must lie between 0 and 1, not %s",
                            minAccuracy));
        }
    }

    /** Mean length of a block for outcomes of a horizon. */
    public long meanBlockMicros(long horizonMicros) {
        return Math.max(minBlockMicros, Math.multiplyExact(2, horizonMicros));
    }
}
