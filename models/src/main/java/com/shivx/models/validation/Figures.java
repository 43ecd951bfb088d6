package com.shivx.models.validation;

import com.shivx.drift.accuracy.BrierScore;
import com.shivx.drift.accuracy.ConfusionMatrix;
import com.shivx.drift.accuracy.LogLoss;
import com.shivx.drift.accuracy.RankAuc;
import com.shivx.drift.accuracy.Reliability;
import com.shivx.drift.accuracy.ScoredRows;
import com.shivx.models.Action;

/**
 * What a model reached.
 *
 * @param logLoss nats a row
 * @param brier 0 to 2
 * @param accuracy 0 to 1
 * @param directionAuc how well it ranks what rose above what fell, 0 to 1; NaN without such classes
 * @param reliability how often it was right where it said so, and its calibration error
 * @param confusion how often each class was taken for each
 * @param pnlBps sum of all positions, in basis points
 * @param positions how many it took
 */
public record Figures(
        double logLoss,
        double brier,
        double accuracy,
        double directionAuc,
        Reliability reliability,
        ConfusionMatrix confusion,
        double pnlBps,
        int positions) {

    static Figures of(LabelledRows rows, ScoredRows scores, PnlCurve pnl) {
        ConfusionMatrix confusion = ConfusionMatrix.of(scores);
        return new Figures(
                LogLoss.mean(scores),
                BrierScore.mean(scores),
                confusion.accuracy(),
                DirectionBlindTwin.existsFor(rows)
                        ? RankAuc.of(
                                scores, rows.onlyClassOf(Action.BUY), rows.onlyClassOf(Action.SELL))
                        : Double.NaN,
                Reliability.of(scores),
                confusion,
                pnl.totalBps(),
                pnl.positions());
    }
}
