package com.shivx.drift.calibration;

import com.shivx.drift.accuracy.ScoredRows;
import java.util.ArrayList;
import java.util.List;

/**
 * Each class's probability through a rising curve of its own, then divided by their sum (B.
 * Zadrozny and C. Elkan, "Transforming classifier scores into accurate multiclass probability
 * estimates", 2002). Fit it on rows that the model has not been fitted to.
 *
 * <p>A curve's ends are often levels of 0 or 1, from the few most extreme rows; they are held
 * within {@link #floor}, because n rows without a case do not make it impossible, and log-loss
 * would believe that they did.
 *
 * @param curves one a class
 * @param floor the least that a curve may say, and 1 − floor the most; above 0, below one half
 */
public record OneVsRestCalibration(List<IsotonicCurve> curves, double floor) {

    public OneVsRestCalibration {
        curves = List.copyOf(curves);
        if (curves.size() < 2) {
            throw new IllegalArgumentException(
                    "%d curves calibrate nothing; give one of each class, at least 2"
                            .formatted(curves.size()));
        }
        if (!(floor > 0 && floor < 0.5)) {
            throw new IllegalArgumentException(
                    "floor must lie between 0 and one half, not %s".formatted(floor));
        }
    }

    /** Fits; the floor is that of half a case in all the rows, {@code 1/(2·(n+1))}. */
    public static OneVsRestCalibration fit(ScoredRows rows) {
        List<IsotonicCurve> curves = new ArrayList<>();
        for (int c = 0; c < rows.classes(); c++) {
            double[] said = new double[rows.rows()];
            double[] came = new double[rows.rows()];
            for (int row = 0; row < said.length; row++) {
                said[row] = rows.probability(row, c);
                came[row] = rows.truths()[row] == c ? 1 : 0;
            }
            curves.add(IsotonicCurve.fit(said, came));
        }
        return new OneVsRestCalibration(curves, 0.5 / (rows.rows() + 1.0));
    }

    /**
     * Calibrates rows.
     *
     * @param probabilities row after row, one of each class; a row with NaN comes out as NaN
     */
    public double[] apply(double[] probabilities) {
        int classes = curves.size();
        if (probabilities.length % classes != 0) {
            throw new IllegalArgumentException(
                    "%d probabilities make no rows of %d classes"
                            .formatted(probabilities.length, classes));
        }
        double[] calibrated = new double[probabilities.length];
        for (int row = 0; row < probabilities.length; row += classes) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                double said = curves.get(c).at(probabilities[row + c]);
                calibrated[row + c] = Math.max(floor, Math.min(1 - floor, said));
                sum += calibrated[row + c];
            }
            for (int c = 0; c < classes; c++) {
                calibrated[row + c] /= sum;
            }
        }
        return calibrated;
    }

    /** The rows with calibrated probabilities. */
    public ScoredRows apply(ScoredRows rows) {
        return new ScoredRows(rows.classes(), apply(rows.probabilities()), rows.truths());
    }
}
