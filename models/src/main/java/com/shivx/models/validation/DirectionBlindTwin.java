package com.shivx.models.validation;

import com.shivx.drift.accuracy.ScoredRows;
import com.shivx.models.Action;

/**
 * What a model would say if it did not know up from down: the probabilities of buying and of
 * selling each replaced by their mean. A model that only tells quiet moments from busy ones is its
 * own twin, and beats the class frequencies all the same.
 */
final class DirectionBlindTwin {

    private DirectionBlindTwin() {}

    /** Whether there is a direction to be blind to: one class to buy, one to sell. */
    static boolean existsFor(LabelledRows rows) {
        return rows.onlyClassOf(Action.BUY) >= 0 && rows.onlyClassOf(Action.SELL) >= 0;
    }

    /** The twin of a model. */
    static ScoredRows of(LabelledRows rows, ScoredRows scores) {
        int buy = rows.onlyClassOf(Action.BUY);
        int sell = rows.onlyClassOf(Action.SELL);
        double[] blind = scores.probabilities().clone();
        for (int at = 0; at < blind.length; at += scores.classes()) {
            double mean = (blind[at + buy] + blind[at + sell]) / 2;
            blind[at + buy] = mean;
            blind[at + sell] = mean;
        }
        return new ScoredRows(scores.classes(), blind, scores.truths());
    }
}
