package com.shivx.models.quantization;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far a quantised model may be from its original. Each bound is one that is far below what
 * decides about models elsewhere, and far above what rounding to bytes costs a sound network.
 *
 * @param classChanges share of rows whose predicted class may change, 0 to 1; 0.01: a hundredth of
 *     the decisions, most of them rows between two classes
 * @param logLoss nats that the mean log-loss may rise by, where labels and probabilities are given;
 *     0.005: less than the smallest gain worth a model of its own (0.006 is the lower end of the
 *     interval of a model that just beats its class frequencies)
 * @param value mean absolute difference of a regression's answers, in standard deviations of the
 *     original's; 0.02: it adds less than 0.1 % to a squared error of the answers' own size
 */
public record QuantizationTolerance(double classChanges, double logLoss, double value) {

    public static final QuantizationTolerance DEFAULT =
            new QuantizationTolerance(0.01, 0.005, 0.02);

    public QuantizationTolerance {
        require(classChanges >= 0 && classChanges <= 1, "class changes", classChanges, "0 to 1");
        require(
                logLoss >= 0 && logLoss < Double.POSITIVE_INFINITY,
                "log-loss",
                logLoss,
                "0 or more");
        require(value >= 0 && value < Double.POSITIVE_INFINITY, "value", value, "0 or more");
    }

    /** Which bound is exceeded, and by what. */
    public enum Bound {
        /** Rows that only one of the two models answers: none is tolerated. */
        ANSWERS,
        CLASS_CHANGES,
        LOG_LOSS,
        VALUE
    }

    /**
     * A bound that is exceeded.
     *
     * @param figure what was found, in words
     */
    public record Excess(Bound bound, String figure) {}

    /** The bounds that a change exceeds; empty for a model that may take the original's place. */
    List<Excess> exceededBy(ScoreChange change) {
        List<Excess> exceeded = new ArrayList<>();
        if (change.answersLost() + change.answersGained() > 0) {
            exceeded.add(
                    new Excess(
                            Bound.ANSWERS,
                            "%d rows lose and %d gain an answer"
                                    .formatted(change.answersLost(), change.answersGained())));
        }
        if (change.classChanges() > classChanges) {
            exceeded.add(
                    excess(
                            Bound.CLASS_CHANGES,
                            "the class changes in %.2f %% of the rows, tolerated are %.2f %%",
                            100 * change.classChanges(),
                            100 * classChanges));
        }
        if (change.logLossRise() > logLoss) {
            exceeded.add(
                    excess(
                            Bound.LOG_LOSS,
                            "the log-loss rises by %.5f nats, tolerated are %.5f",
                            change.logLossRise(),
                            logLoss));
        }
        if (change.relativeDifference() > value) {
            exceeded.add(
                    excess(
                            Bound.VALUE,
                            "answers move by %.4f of their standard deviation, tolerated are %.4f",
                            change.relativeDifference(),
                            value));
        }
        return exceeded;
    }

    private static Excess excess(Bound bound, String words, double found, double tolerated) {
        return new Excess(bound, String.format(Locale.ROOT, words, found, tolerated));
    }

    private static void require(boolean condition, String name, double value, String expected) {
        if (!condition) {
            throw new IllegalArgumentException(
                    "a tolerance for " + name + " of " + value + " is not " + expected);
        }
    }
}
