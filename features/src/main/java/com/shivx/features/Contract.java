package com.shivx.features;

/**
 * What one unit of size is worth.
 *
 * @param multiplier units of the underlying (linear) or of quote currency (inverse) in a contract
 * @param inverse whether a contract is a fixed amount of quote currency, whatever the price, such
 *     as 100 USD of a coin-margined BTC future
 */
public record Contract(double multiplier, boolean inverse) {

    /** Size counts the underlying itself: spot, and most linear futures. */
    public static final Contract UNIT = new Contract(1, false);

    public Contract {
        if (!(multiplier > 0) || Double.isInfinite(multiplier)) {
            throw new IllegalArgumentException(
                    "A contract multiplier must be positive and finite: " + multiplier);
        }
    }

    /** A contract of a fixed amount of quote currency. */
    public static Contract inverse(double quoteCurrency) {
        return new Contract(quoteCurrency, true);
    }

    /** A contract of a fixed amount of the underlying. */
    public static Contract linear(double underlying) {
        return new Contract(underlying, false);
    }

    /** Value of a trade in quote currency. */
    public double notional(double price, double size) {
        return inverse ? size * multiplier : price * size * multiplier;
    }
}
