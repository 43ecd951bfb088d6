package com.shivx.models.validation.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.drift.accuracy.Reliability;
import com.shivx.models.validation.Difference;
import com.shivx.models.validation.Figures;
import com.shivx.models.validation.FoldReport;
import com.shivx.models.validation.Series;
import com.shivx.models.validation.Span;
import com.shivx.models.validation.Spans;
import com.shivx.models.validation.ValidationReport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report for programs: names in snake case, times in microseconds, NaN as {@code null}. */
public final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    /** The report as JSON. */
    public static String of(ValidationReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("verdict", report.verdict().name());
        report.reasons().forEach(root.putArray("reasons")::add);
        root.put("model", report.model());
        root.put("production", report.production());
        root.put("rows", report.rows());
        report.symbols().forEach(root.putArray("symbols")::add);
        report.classes().forEach(root.putArray("classes")::add);
        root.put("horizon_micros", report.horizonMicros());
        root.put("mean_block_micros", report.meanBlockMicros());
        root.put("blocks", report.blocks());
        root.put("confidence", report.confidence());
        Spans spans = report.spans();
        if (spans != null) {
            spans(root, spans);
        }
        Span judged = report.span();
        if (judged != null) {
            span(root, "judged", judged);
        }
        figures(root.putObject("figures"), report.figures());
        Figures production = report.productionFigures();
        if (production != null) {
            figures(root.putObject("production_figures"), production);
        }
        differences(root.putArray("differences"), report.differences());
        ObjectNode importance = root.putObject("importance");
        report.importance().forEach((name, share) -> put(importance, name, share));
        reliability(root, "uncalibrated_reliability", report.uncalibrated());
        series(root.putArray("gains"), report.gains());
        series(root.putArray("pnl"), report.pnl());
        if (!report.folds().isEmpty()) {
            folds(root.putArray("folds"), report.folds());
        }
        return root.toPrettyString() + "\n";
    }

    private static void folds(ArrayNode node, List<FoldReport> folds) {
        for (FoldReport fold : folds) {
            ObjectNode one = node.addObject();
            spans(one, fold.spans());
            one.put("rows", fold.rows());
            one.put("blocks", fold.blocks());
            figures(one.putObject("figures"), fold.figures());
            differences(one.putArray("differences"), fold.differences());
        }
    }

    private static void spans(ObjectNode node, Spans spans) {
        ObjectNode one = node.putObject("spans");
        span(one, "fit", spans.fit());
        span(one, "tune", spans.tune());
        span(one, "test", spans.test());
    }

    private static void figures(ObjectNode node, Figures figures) {
        put(node, "log_loss", figures.logLoss());
        put(node, "brier", figures.brier());
        put(node, "accuracy", figures.accuracy());
        put(node, "ece", figures.reliability().expectedError());
        put(node, "direction_auc", figures.directionAuc());
        put(node, "pnl_bps", figures.pnlBps());
        node.put("positions", figures.positions());
        ArrayNode confusion = node.putArray("confusion");
        for (long[] truth : figures.confusion().counts()) {
            ArrayNode line = confusion.addArray();
            for (long count : truth) {
                line.add(count);
            }
        }
        reliability(node, "reliability", figures.reliability());
    }

    private static void reliability(ObjectNode node, String name, @Nullable Reliability of) {
        if (of == null) {
            return;
        }
        ArrayNode bins = node.putArray(name);
        for (int bin = 0; bin < Reliability.BINS; bin++) {
            ObjectNode one = bins.addObject();
            one.put("rows", of.rows()[bin]);
            put(one, "mean_confidence", of.confidences()[bin] / of.rows()[bin]);
            put(one, "accuracy", (double) of.right()[bin] / of.rows()[bin]);
        }
    }

    private static void differences(ArrayNode node, List<Difference> differences) {
        for (Difference difference : differences) {
            ObjectNode one = node.addObject();
            one.put("measure", difference.measure().name().toLowerCase(Locale.ROOT));
            one.put("rival", difference.rival().name().toLowerCase(Locale.ROOT));
            put(one, "figure", difference.figure());
            put(one, "rivals", difference.rivals());
            put(one, "gain", difference.gain().estimate());
            put(one, "lower", difference.gain().lower());
            put(one, "upper", difference.gain().upper());
            one.put("answer", difference.gain().answer().name());
        }
    }

    private static void series(ArrayNode node, List<Series> all) {
        for (Series series : all) {
            ObjectNode one = node.addObject();
            one.put("name", series.name());
            ArrayNode points = one.putArray("points");
            for (int i = 0; i < series.values().length; i++) {
                ObjectNode point = points.addObject();
                point.put("time_micros", series.timeMicros()[i]);
                put(point, "value", series.values()[i]);
            }
        }
    }

    private static void span(ObjectNode node, String name, Span span) {
        ObjectNode one = node.putObject(name);
        one.put("from_micros", span.fromMicros());
        one.put("until_micros", span.untilMicros());
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
