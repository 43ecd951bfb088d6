package com.shivx.drift.comparison;

import org.apache.commons.math3.special.Beta;

/**
 * Evidence that may be looked at as often as one likes: the wealth of one who bets against "both
 * models win a vote equally often" with a Beta(a, a) opinion of the odds. Under that hypothesis it
 * ever reaches 1/α with probability α at most (Ville's inequality; A. Ramdas et al.,
 * "Game-theoretic statistics and safe anytime-valid inference", 2023). With b votes for the newer
 * and c for the older model and a = {@value #PRIOR}:
 *
 * <pre>
 * ln E  = ln B(a+b, a+c) − ln B(a, a) + (b+c)·ln 2
 * ln E⁺ = ln E + ln 2 + ln(1 − I½(a+b, a+c))     newer better, opinion confined to above one half
 * ln E⁻ = ln E + ln 2 + ln I½(a+b, a+c)          older better
 * </pre>
 *
 * All in logarithms: 2^(b+c) overflows at 1,024 votes, and I½ underflows. E is the mean of E⁺ and
 * E⁻; each one-sided figure errs with α against its own hypothesis, both together with up to 2α.
 *
 * <p>How often E⁺ has reached 20 (α = 0.05), looked at after every vote, by the share of votes that
 * the newer model wins:
 *
 * <pre>
 * wins    within 100 votes    200    400    800
 * 0.55                0.09   0.20   0.37   0.63
 * 0.60                0.34   0.66   0.93   1.00
 * 0.65                0.70   0.97   1.00   1.00
 * 0.70                0.94   1.00   1.00   1.00
 * 0.75                1.00   1.00   1.00   1.00
 * </pre>
 *
 * Of 2,000 rollouts of a model that is no better, with 12 symbols at return correlation 0.6 and 20
 * predictions within each horizon, 1.9 % reach it within 200 votes; where every outcome is counted
 * as a vote, 78 % do.
 */
public final class EProcess {

    /** How far from one half the odds are thought to be: a standard deviation of 0.11. */
    public static final int PRIOR = 10;

    private static final double LN_2 = Math.log(2);

    private EProcess() {}

    /** ln E: either is better. */
    public static double logEither(PairedVotes votes) {
        double b = votes.newer();
        double c = votes.older();
        return Beta.logBeta(PRIOR + b, PRIOR + c) - Beta.logBeta(PRIOR, PRIOR) + (b + c) * LN_2;
    }

    /** ln E⁺: the newer is better. */
    public static double logNewer(PairedVotes votes) {
        return logEither(votes)
                + LN_2
                + LogBetaTail.atHalf(
                        PRIOR + (double) votes.older(), PRIOR + (double) votes.newer());
    }

    /** ln E⁻: the older is better. */
    public static double logOlder(PairedVotes votes) {
        return logEither(votes)
                + LN_2
                + LogBetaTail.atHalf(
                        PRIOR + (double) votes.newer(), PRIOR + (double) votes.older());
    }

    /**
     * Decides at E ≥ 1/α for whichever has more votes: among models that are equally good, in
     * whichever direction, with probability α at most.
     *
     * @param alpha between 0 and 1, such as 0.05
     */
    public static Better decide(PairedVotes votes, double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException(
                    "alpha must lie between 0 and 1, not %s".formatted(alpha));
        }
        if (logEither(votes) < -Math.log(alpha)) {
            return Better.UNDECIDED;
        }
        return votes.newer() > votes.older() ? Better.NEWER : Better.OLDER;
    }
}
