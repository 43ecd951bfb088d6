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

    /** What begins the figures of the version that one was made of. */
    public static final String OF_ORIGINAL = "original.";

    /** What begins those of the original on the rows that it was quantised by. */
    public static final String BEFORE_QUANTIZATION = "quantization.before.";

    /** What begins those of the quantised version on the same rows. */
    public static final String AFTER_QUANTIZATION = "quantization.after.";

    private static final String ACCURACY = "accuracy";

    private ValidatedMetrics() {}

    /**
     * Each figure, and each gain with its interval: {@code log_loss}, {@code
     * log_loss_gain_over_class_frequencies}, {@code …_lower}, {@code …_upper}, ….
     */
    public static Map<String, Double> of(ValidationReport report) {
        Figures figures = report.figures();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("log_loss", figures.logLoss());
        metrics.put(ACCURACY, figures.accuracy());
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

    /**
     * The accuracy that a version may be held to, 0 to 1: what it was validated to have. One that
     * was quantised was never validated itself, as the rows it was made by are such as the original
     * has learned from: it may be held to the original's, moved by what those rows, where they have
     * labels, have shown to change.
     *
     * @param metrics what {@code metrics.json} says
     * @return NaN if nobody has validated it, nor what it was made of
     */
    public static double accuracy(Map<String, Double> metrics) {
        Double validated = metrics.get(ACCURACY);
        if (validated != null) {
            return validated;
        }
        Map<String, Double> original = new LinkedHashMap<>();
        metrics.forEach(
                (name, value) -> {
                    if (name.startsWith(OF_ORIGINAL)) {
                        original.put(name.substring(OF_ORIGINAL.length()), value);
                    }
                });
        if (original.isEmpty()) {
            return Double.NaN;
        }
        Double before = metrics.get(BEFORE_QUANTIZATION + ACCURACY);
        Double after = metrics.get(AFTER_QUANTIZATION + ACCURACY);
        double change = before == null || after == null ? 0 : after - before;
        return Math.min(1, Math.max(0, accuracy(original) + change));
    }
}
