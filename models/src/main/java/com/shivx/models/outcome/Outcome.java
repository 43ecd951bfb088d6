package com.shivx.models.outcome;

import com.shivx.features.label.Direction;
import com.shivx.features.label.Label;
import com.shivx.features.label.LabelRules;
import com.shivx.features.label.Mark;
import com.shivx.features.label.Threshold;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import org.jspecify.annotations.Nullable;

/**
 * A prediction with what really happened after a horizon. A function of the symbol's ticks, labels
 * and predictions alone, so that a replay gives the same.
 *
 * @param prediction what was predicted
 * @param horizonMicros how long after its event time, microseconds
 * @param status whether it is known
 * @param revision 0, and one more whenever a label from outside says otherwise later
 * @param source who said so
 * @param direction where the price went; null if that is not known
 * @param logReturn of the mid from entry to exit; NaN if it is not known
 * @param threshold what the return was compared with; NaN if nothing was
 * @param thresholdKind by which rule ticks are told to have gone anywhere; a label from outside has
 *     rules of its own
 * @param takerFeeBps fee of one side that is taken off what was made and, by {@link
 *     Threshold#COST}, is in the threshold; basis points
 * @param entryPrice mid at the prediction; NaN if its tick was not seen
 * @param exitPrice mid at the horizon; NaN if it is not known
 * @param pnlBps what acting on it made, both spreads crossed and fees paid, in basis points, one
 *     position a symbol at a time; NaN where it opened no position or nobody knows
 * @param buyBps what buying at the prediction and closing at the horizon made, as {@link
 *     Label#buyBps} of ticks, whatever the prediction said; NaN where ticks did not tell
 * @param sellBps what selling made, the same way
 * @param instant whether it is the first of its model version and symbol in its slice of a horizon:
 *     those hardly overlap
 * @param decidedMicros event time at which it was decided, microseconds since the epoch
 */
public record Outcome(
        Prediction prediction,
        long horizonMicros,
        OutcomeStatus status,
        int revision,
        OutcomeSource source,
        @Nullable Direction direction,
        double logReturn,
        double threshold,
        Threshold thresholdKind,
        double takerFeeBps,
        double entryPrice,
        double exitPrice,
        double pnlBps,
        double buyBps,
        double sellBps,
        boolean instant,
        long decidedMicros) {

    /** By the symbol's ticks. */
    static Outcome known(
            Expected expected,
            LabelRules rules,
            Label label,
            Mark exit,
            double pnlBps,
            long decidedMicros) {
        Mark entry = expected.entry();
        return new Outcome(
                expected.prediction(),
                expected.horizonMicros(),
                OutcomeStatus.OK,
                0,
                OutcomeSource.TICKS,
                label.direction(),
                label.logReturn(),
                label.threshold(),
                rules.threshold(),
                rules.takerFeeBps(),
                entry == null ? Double.NaN : entry.price(),
                exit.price(),
                pnlBps,
                label.buyBps(),
                label.sellBps(),
                expected.instant(),
                decidedMicros);
    }

    /** Nobody knows. */
    static Outcome missing(Expected expected, LabelRules rules, long givenUpMicros) {
        Mark entry = expected.entry();
        return new Outcome(
                expected.prediction(),
                expected.horizonMicros(),
                OutcomeStatus.MISSING,
                0,
                OutcomeSource.TICKS,
                null,
                Double.NaN,
                Double.NaN,
                rules.threshold(),
                rules.takerFeeBps(),
                entry == null ? Double.NaN : entry.price(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                expected.instant(),
                givenUpMicros);
    }

    /** By a label that came before ticks decided. */
    static Outcome labelled(Expected expected, LabelRules rules, ExternalLabel label) {
        return missing(expected, rules, expected.dueMicros()).says(label);
    }

    /** The same, as a label that came later says; prices and what was made stay. */
    Outcome revised(ExternalLabel label) {
        Outcome revised = says(label);
        return new Outcome(
                prediction,
                horizonMicros,
                revised.status,
                revision + 1,
                revised.source,
                revised.direction,
                revised.logReturn,
                threshold,
                thresholdKind,
                takerFeeBps,
                entryPrice,
                exitPrice,
                pnlBps,
                buyBps,
                sellBps,
                instant,
                decidedMicros);
    }

    private Outcome says(ExternalLabel label) {
        return new Outcome(
                prediction,
                horizonMicros,
                OutcomeStatus.OK,
                revision,
                OutcomeSource.LABEL,
                label.direction(),
                label.logReturn(),
                threshold,
                thresholdKind,
                takerFeeBps,
                entryPrice,
                exitPrice,
                pnlBps,
                buyBps,
                sellBps,
                instant,
                decidedMicros);
    }

    boolean isMeantBy(ExternalLabel label) {
        return label.isAbout(prediction, horizonMicros);
    }

    /** A label that says the same again revises nothing. */
    boolean isRevisedBy(ExternalLabel label) {
        return source != OutcomeSource.LABEL
                || direction != label.direction()
                || Double.compare(logReturn, label.logReturn()) != 0;
    }

    /** What decided it. */
    public Labelling labelling() {
        return new Labelling(horizonMicros, thresholdKind, takerFeeBps);
    }

    /** Event time of the horizon's end, microseconds since the epoch. */
    public long dueMicros() {
        return prediction.eventTimeMicros() + horizonMicros;
    }

    /**
     * Whether the prediction was right; null where that has no answer: nothing is known, the model
     * did not answer, or its answer is no direction.
     */
    public @Nullable Boolean correct() {
        Direction predicted = predictedDirection();
        return (direction == null || predicted == null) ? null : predicted == direction;
    }

    /**
     * The direction that was predicted: by the class's action, or else by its name; null if the
     * model did not answer or its answer is no direction.
     */
    public @Nullable Direction predictedDirection() {
        if (prediction.status() != PredictionStatus.OK) {
            return null;
        }
        Action action = prediction.action();
        if (action != null) {
            return switch (action) {
                case BUY -> Direction.UP;
                case HOLD -> Direction.FLAT;
                case SELL -> Direction.DOWN;
            };
        }
        for (Direction named : Direction.values()) {
            if (named.name().equals(prediction.prediction())) {
                return named;
            }
        }
        return null;
    }
}
