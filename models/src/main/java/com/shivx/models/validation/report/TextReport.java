package com.shivx.models.validation.report;

import com.shivx.models.Counted;
import com.shivx.models.validation.Difference;
import com.shivx.models.validation.Figures;
import com.shivx.models.validation.Spans;
import com.shivx.models.validation.ValidationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report for the terminal: the verdict, why, and the figures in columns. */
public final class TextReport {

    /** Names come from outside: what would move the cursor, or set a colour, is shown as a mark. */
    private static final String CONTROL = "\\p{Cntrl}";

    private TextReport() {}

    /** The text, lines ended by {@code \n}. */
    public static String of(ValidationReport report) {
        StringBuilder text = new StringBuilder();
        text.append(report.verdict()).append("  ").append(clean(report.model()));
        if (report.production() != null) {
            text.append(" against ").append(clean(report.production()));
        }
        text.append('\n');
        report.reasons().forEach(reason -> text.append("  ").append(clean(reason)).append('\n'));
        text.append('\n');
        columns(text, rows(report));
        text.append('\n');
        columns(text, figures(report));
        text.append('\n');
        if (!report.folds().isEmpty()) {
            columns(text, FoldLine.of(report));
            text.append('\n');
        }
        columns(text, differences(report));
        return text.toString();
    }

    private static List<String[]> rows(ValidationReport report) {
        List<String[]> lines = new ArrayList<>();
        if (!report.folds().isEmpty()) {
            lines.add(new String[] {"walk-forward", FoldLine.made(report)});
        }
        Spans spans = report.spans();
        if (spans != null) {
            lines.add(new String[] {"fit", spans.fit().toString()});
            lines.add(new String[] {"tune", spans.tune().toString()});
            lines.add(new String[] {"test", spans.test().toString()});
        }
        lines.add(
                new String[] {
                    "judged by",
                    "%s of %s, horizon %s"
                            .formatted(
                                    Counted.of(report.rows(), "row"),
                                    Counted.of(report.symbols().size(), "symbol"),
                                    Words.duration(report.horizonMicros()))
                });
        lines.add(
                new String[] {
                    "intervals",
                    "%s from %s of %s"
                            .formatted(
                                    Words.percent(report.confidence()),
                                    Counted.of(report.blocks(), "block"),
                                    Words.duration(report.meanBlockMicros()))
                });
        return lines;
    }

    private static List<String[]> figures(ValidationReport report) {
        Figures model = report.figures();
        Figures other = report.productionFigures();
        List<String[]> lines = new ArrayList<>();
        lines.add(
                other == null
                        ? new String[] {"", "model"}
                        : new String[] {"", "model", "production"});
        for (FigureLine line : FigureLine.of(report)) {
            lines.add(
                    other == null
                            ? new String[] {line.name(), line.model()}
                            : new String[] {line.name(), line.model(), line.production()});
        }
        for (int c = 0; c < report.classes().size(); c++) {
            lines.add(classLine(clean(report.classes().get(c)), c, model, other));
        }
        return lines;
    }

    private static String[] classLine(String name, int c, Figures model, @Nullable Figures other) {
        String label = name + " precision / recall";
        return other == null
                ? new String[] {label, precisionAndRecall(model, c)}
                : new String[] {label, precisionAndRecall(model, c), precisionAndRecall(other, c)};
    }

    private static String precisionAndRecall(Figures figures, int c) {
        return Words.number(figures.confusion().precision(c))
                + " / "
                + Words.number(figures.confusion().recall(c));
    }

    private static List<String[]> differences(ValidationReport report) {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"better than", "by", "gain", "from", "to", ""});
        for (Difference difference : report.differences()) {
            lines.add(
                    new String[] {
                        difference.rival().text(),
                        difference.measure().text(),
                        Words.signed(difference.gain().estimate()),
                        Words.signed(difference.gain().lower()),
                        Words.signed(difference.gain().upper()),
                        Words.answer(difference.gain().answer())
                    });
        }
        return lines;
    }

    /** Columns as wide as their widest cell, two blanks apart. */
    private static void columns(StringBuilder text, List<String[]> lines) {
        int[] widths = new int[lines.get(0).length];
        for (String[] line : lines) {
            for (int i = 0; i < line.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        for (String[] line : lines) {
            StringBuilder padded = new StringBuilder(" ");
            for (int i = 0; i < line.length; i++) {
                padded.append(
                        String.format(Locale.ROOT, " %-" + Math.max(1, widths[i]) + "s ", line[i]));
            }
            text.append(padded.toString().stripTrailing()).append('\n');
        }
    }

    private static String clean(String text) {
        return text.replaceAll(CONTROL, "?");
    }
}
