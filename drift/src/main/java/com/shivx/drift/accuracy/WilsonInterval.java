package com.shivx.drift.accuracy;

/**
 * Wilson's score interval for a share of independent trials (E. B. Wilson, "Probable inference, the
 * law of succession, and statistical inference", 1927):
 *
 * <pre>
 * (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n),   p = successes / n
 * </pre>
 *
 * <p>Trials that overlap are not independent: count only those that do not.
 *
 * @param lower 0 to 1, at most the share; NaN without trials
 * @param upper 0 to 1, at least the share; NaN without trials
 */
public record WilsonInterval(double lower, double upper) {

    /** Two-sided 95 %. */
    public static final double Z_95 = 1.959963984540054;

    /**
     * The interval.
     *
     * @param successes 0 to {@code trials}
     * @param trials without any the interval is NaN, which is no interval
     * @param z quantile of the normal distribution, such as {@link #Z_95}; above 0
     */
    public static WilsonInterval of(long successes, long trials, double z) {
        if (trials < 0 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "%d successes in %d trials: count between 0 and the trials"
                            .formatted(successes, trials));
        }
        if (!(z > 0)) {
            throw new IllegalArgumentException("z must be above 0, not " + z);
        }
        if (trials == 0) {
            return new WilsonInterval(Double.NaN, Double.NaN);
        }
        double n = trials;
        double p = successes / n;
        double square = z * z / n;
        double middle = (p + square / 2) / (1 + square);
        double half = z * Math.sqrt(p * (1 - p) / n + square / (4 * n)) / (1 + square);
        // Rounding must not push the ends over the edge, nor inside of the share itself.
        return new WilsonInterval(
                successes == 0 ? 0 : Math.min(p, middle - half),
                successes == trials ? 1 : Math.max(p, middle + half));
    }
}
