package com.shivx.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.drift.live.ColumnReport;
import com.shivx.drift.live.EstimatedAccuracy;
import com.shivx.drift.live.Verdict;
import com.shivx.drift.live.WindowReport;
import com.shivx.models.drift.DriftReport;
import com.shivx.models.wire.DriftReportJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reports of drift as tables, and as JSON. */
final class DriftTable {

    /** Of a number that is not known. */
    private static final String NONE = "-";

    /** Columns beyond their thresholds that are named; more are counted. */
    private static final int NAMED = 3;

    private DriftTable() {}

    /** The header of {@link #cells(DriftReport)}. */
    static List<String> header() {
        return List.of(
                "version",
                "role",
                "window",
                "vectors",
                "predictions",
                "verdict",
                "score",
                "drifted",
                "est. accuracy",
                "bounds",
                "beyond");
    }

    /** A report in a row. */
    static List<String> cells(DriftReport report) {
        EstimatedAccuracy estimate = report.estimatedAccuracy();
        return List.of(
                report.modelId() + "@" + report.modelVersion(),
                report.role().name().toLowerCase(Locale.ROOT),
                report.windowEndMicros() == 0 ? NONE : moment(report.windowStartMicros()),
                String.valueOf(report.vectors()),
                String.valueOf(report.predictions()),
                report.verdict().name(),
                number(report.driftScore()),
                number(report.driftedShare()),
                number(estimate.value()) + (estimate.verdict() == Verdict.ALERT ? " !" : ""),
                number(estimate.lower()) + ".." + number(estimate.upper()),
                report.reason() == null ? beyond(report) : report.reason());
    }

    private static String beyond(DriftReport report) {
        List<ColumnReport> beyond =
                report.columns().stream()
                        .filter(
                                column ->
                                        column.verdict() == Verdict.WARN
                                                || column.verdict() == Verdict.ALERT)
                        .sorted(
                                Comparator.comparingInt(ColumnReport::timesBeyond)
                                        .thenComparing(ColumnReport::driftScore)
                                        .reversed())
                        .toList();
        String named =
                beyond.stream()
                        .limit(NAMED)
                        .map(
                                column ->
                                        "%s %d/%d"
                                                .formatted(
                                                        column.name(),
                                                        column.timesBeyond(),
                                                        column.windowsJudged()))
                        .collect(Collectors.joining(", "));
        return beyond.size() <= NAMED
                ? named
                : named + ", %d more".formatted(beyond.size() - NAMED);
    }

    /** Reports as lines. */
    static List<String> lines(List<DriftReport> reports) {
        Table table = new Table(header().toArray(String[]::new));
        reports.forEach(report -> table.row(cells(report).toArray(String[]::new)));
        return table.lines();
    }

    /** Columns as lines, the furthest from their references first. */
    static List<String> columns(List<ColumnReport> columns) {
        List<ColumnReport> sorted = new ArrayList<>(columns);
        sorted.sort(
                Comparator.comparingDouble(
                        column ->
                                Double.isNaN(column.driftScore())
                                        ? Double.POSITIVE_INFINITY
                                        : -column.driftScore()));
        Table table =
                new Table(
                        "column",
                        "watched by",
                        "verdict",
                        "rows",
                        "missing",
                        "out of range",
                        "ks",
                        "threshold",
                        "score",
                        "p",
                        "psi",
                        "psi level");
        for (ColumnReport column : sorted) {
            table.row(
                    column.name(),
                    column.watching().name().toLowerCase(Locale.ROOT),
                    column.verdict().name(),
                    String.valueOf(column.rows()),
                    number(column.missingShare()),
                    String.valueOf(column.belowRange() + column.aboveRange()),
                    number(column.ks()),
                    number(column.threshold()),
                    number(column.driftScore()),
                    number(column.p()),
                    number(column.psiCorrected()),
                    column.psiLevel().name().toLowerCase(Locale.ROOT));
        }
        return table.lines();
    }

    /** What is said of rows of a file, for programs; fields as in {@code drift-reports}. */
    static ObjectNode json(WindowReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("verdict", report.verdict().name());
        json.put("rows", report.rows());
        json.put("drifted_share", JsonFile.number(report.driftedShare()));
        ArrayNode columns = json.putArray("columns");
        report.columns().forEach(column -> DriftReportJson.write(column, columns.addObject()));
        return json;
    }

    static String moment(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    /** Three decimals; a dash where it is not known. */
    static String number(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.3f", value);
    }
}
