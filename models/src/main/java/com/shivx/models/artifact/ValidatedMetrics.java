package com.shivx.models.artifact;

import com.shivx.models.validation.Difference;
import com.shivx.models.validation.Figures;
import com.shivx.models.validation.ValidationReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of a validation under the names that {@code metrics.json} and MLflow know them by.
 */
public final class ValidatedMetrics {

    private ValidatedMetrics() {}

    /**
     * Each figure, and each gain with its interval: {@code log_loss}, {@code
     * log_loss_gain_over_class_frequencies}, {@code …_lower}, {@code …_upper}, ….
     */
    public static Map<String, Double> of(ValidationReport report) {
        Figures figures = report.figures();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("log_loss", figures.logLoss());
        metrics.put("accuracy", figures.accuracy());
        metrics.put("brier", figures.brier());
        metrics.put("ece", figures.reliability().expectedError());
        metrics.put("direction_auc", figures.directionAuc());
        metrics.put("pnl_bps", figures.pnlBps());
        metrics.put("positions", (double) figures.positions());
        metrics.put("test_rows", (double) report.rows());
        metrics.put("test_blocks", (double) report.blocks());
        if (!report.folds().isEmpty()) {
            metrics.put("test_folds", (double) report.folds().size());
        }
        for (Difference difference : report.differences()) {
            String name =
                    (difference.measure() + "_gain_over_" + difference.rival())
                            .toLowerCase(Locale.ROOT);
            metrics.put(name, difference.gain().estimate());
            metrics.put(name + "_lower", difference.gain().lower());
            metrics.put(name + "_upper", difference.gain().upper());
        }
        return metrics;
    }
}
