package com.shivx.cli.deploy;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A share as people read it. */
public final class Percent {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Percent() {}

    /** {@code 9.87 %} of 0.09871; {@code -} of NaN, where nothing was measured. */
    public static String measured(double share) {
        return Double.isNaN(share)
                ? "-"
                : of(BigDecimal.valueOf(share).setScale(4, RoundingMode.HALF_EVEN).doubleValue());
    }

    /** {@code 10 %} of 0.1, with the digits that it was given with. */
    public static String of(double share) {
        return BigDecimal.valueOf(share).multiply(HUNDRED).stripTrailingZeros().toPlainString()
                + " %";
    }
}
