package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.drift.live.ColumnReport;
import com.shivx.drift.live.EstimatedAccuracy;
import com.shivx.drift.live.Verdict;
import com.shivx.drift.live.Watching;
import com.shivx.drift.reference.Psi;
import com.shivx.models.Role;
import com.shivx.models.drift.DriftReport;
import java.util.ArrayList;
import java.util.List;

/** The topic {@code drift-reports} ({@code schemas/drift-report.schema.json}), keyed by model. */
public final class DriftReportJson extends ControlJson<DriftReport> {

    private static final long serialVersionUID = 1;

    /** Some 450 bytes a column: what a producer sends at most by default. */
    private static final int REPORT_BYTES = 1 << 20;

    @Override
    int maxBytes() {
        return REPORT_BYTES;
    }

    @Override
    String keyText(DriftReport report) {
        return report.modelId();
    }

    @Override
    void writeFields(DriftReport report, ObjectNode into) {
        into.put("model_id", report.modelId());
        into.put("model_version", report.modelVersion());
        into.put("role", report.role().name());
        into.put("generation", report.generation());
        into.put("window_start_micros", report.windowStartMicros());
        into.put("window_end_micros", report.windowEndMicros());
        into.put("verdict", report.verdict().name());
        into.put("reason", report.reason());
        into.put("vectors", report.vectors());
        into.put("predictions", report.predictions());
        JsonFields.put(into, "symbol_coverage", report.symbolCoverage());
        JsonFields.put(into, "drifted_share", report.driftedShare());
        JsonFields.put(into, "drift_score", report.driftScore());
        write(report.estimatedAccuracy(), into.putObject("estimated_accuracy"));
        ArrayNode columns = into.putArray("columns");
        for (ColumnReport column : report.columns()) {
            write(column, columns.addObject());
        }
    }

    private static void write(EstimatedAccuracy estimate, ObjectNode into) {
        into.put("verdict", estimate.verdict().name());
        JsonFields.put(into, "value", estimate.value());
        JsonFields.put(into, "lower", estimate.lower());
        JsonFields.put(into, "upper", estimate.upper());
        into.put("rows", estimate.rows());
    }

    /** A column's fields. */
    public static void write(ColumnReport column, ObjectNode into) {
        into.put("name", column.name());
        into.put("watching", column.watching().name());
        into.put("verdict", column.verdict().name());
        into.put("rows", column.rows());
        JsonFields.put(into, "effective_rows", column.effectiveRows());
        JsonFields.put(into, "missing_share", column.missingShare());
        JsonFields.put(into, "missing_change", column.missingChange());
        into.put("below_range", column.belowRange());
        into.put("above_range", column.aboveRange());
        JsonFields.put(into, "ks", column.ks());
        JsonFields.put(into, "threshold", column.threshold());
        JsonFields.put(into, "drift_score", column.driftScore());
        JsonFields.put(into, "p", column.p());
        JsonFields.put(into, "psi", column.psi());
        JsonFields.put(into, "psi_corrected", column.psiCorrected());
        into.put("psi_level", column.psiLevel().name());
        into.put("times_beyond", column.timesBeyond());
        into.put("windows_judged", column.windowsJudged());
    }

    @Override
    DriftReport readFields(JsonFields from) throws UnreadableRecordException {
        List<ColumnReport> columns = new ArrayList<>();
        for (JsonFields column : from.objects("columns")) {
            columns.add(column(column));
        }
        return new DriftReport(
                from.text("model_id"),
                from.text("model_version"),
                from.choice("role", Role.class),
                from.integer("generation"),
                from.integer("window_start_micros"),
                from.integer("window_end_micros"),
                from.choice("verdict", Verdict.class),
                from.textOrNull("reason"),
                from.integer("vectors"),
                from.integer("predictions"),
                from.numberOrNan("symbol_coverage"),
                from.numberOrNan("drifted_share"),
                from.numberOrNan("drift_score"),
                columns,
                estimate(from.object("estimated_accuracy")));
    }

    private static EstimatedAccuracy estimate(JsonFields from) throws UnreadableRecordException {
        return new EstimatedAccuracy(
                from.choice("verdict", Verdict.class),
                from.numberOrNan("value"),
                from.numberOrNan("lower"),
                from.numberOrNan("upper"),
                from.integer("rows"));
    }

    private static ColumnReport column(JsonFields from) throws UnreadableRecordException {
        return new ColumnReport(
                from.text("name"),
                from.choice("watching", Watching.class),
                from.choice("verdict", Verdict.class),
                from.integer("rows"),
                from.numberOrNan("effective_rows"),
                from.numberOrNan("missing_share"),
                from.numberOrNan("missing_change"),
                from.integer("below_range"),
                from.integer("above_range"),
                from.numberOrNan("ks"),
                from.numberOrNan("threshold"),
                from.numberOrNan("drift_score"),
                from.numberOrNan("p"),
                from.numberOrNan("psi"),
                from.numberOrNan("psi_corrected"),
                from.choice("psi_level", Psi.Level.class),
                from.count("times_beyond"),
                from.count("windows_judged"));
    }
}
