package com.shivx.cli;

import com.shivx.models.benchmark.ModelSpeed;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.quantization.LabelledQuality;
import com.shivx.models.quantization.QuantizationReport;
import com.shivx.models.quantization.ScoreChange;
import com.shivx.models.quantization.Unanswered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A quantisation for people. */
final class QuantizationText {

    private QuantizationText() {}

    /** What it gave, what it cost, and whether that is tolerated. */
    static List<String> lines(QuantizationReport report, List<ModelSpeed> speeds) {
        ScoreChange change = report.change();
        Table table = new Table("", "original", "int8", "change");
        table.row(
                "bytes",
                format("%,d", report.bytesBefore()),
                format("%,d", report.bytesAfter()),
                format("%.2f times smaller", report.ratio()));
        if (change.before().rows() > 0) {
            addQuality(table, change.before(), change.after());
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(table.lines());
        lines.add("");
        lines.add(
                format(
                        "answers move by %.2e in the mean, %.2e at most; the class changes in %.2f %% of the rows",
                        change.meanDifference(),
                        change.maxDifference(),
                        100 * change.classChanges()));
        if (change.before().rows() == 0 && change.kind() != OutputKind.VALUE) {
            lines.add("accuracy and log-loss are not known: the rows have no column 'label'");
        }
        if (report.calibration().unanswered() != Unanswered.NONE) {
            lines.add(
                    "rows with missing values stay unanswered, as by the original; a graph that imputes"
                            + " them is faster");
        }
        lines.add("");
        lines.addAll(SpeedTable.lines(speeds));
        lines.add("");
        return lines;
    }

    private static void addQuality(Table table, LabelledQuality before, LabelledQuality after) {
        addRow(table, "accuracy", before.accuracy(), after.accuracy());
        if (!Double.isNaN(before.logLoss())) {
            addRow(table, "log-loss", before.logLoss(), after.logLoss());
            addRow(table, "Brier", before.brier(), after.brier());
        }
    }

    private static void addRow(Table table, String name, double before, double after) {
        table.row(
                name,
                format("%.5f", before),
                format("%.5f", after),
                format("%+.5f", after - before));
    }

    private static String format(String words, Object... values) {
        return String.format(Locale.ROOT, words, values);
    }
}
