package com.shivx.cli.deploy;

import java.math.BigDecimal;

/** A share as people read it. */
public final class Percent {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Percent() {}

    /** {@code 10 %} of 0.1, with the digits that it was given with. */
    public static String of(double share) {
        return BigDecimal.valueOf(share).multiply(HUNDRED).stripTrailingZeros().toPlainString()
                + " %";
    }
}
