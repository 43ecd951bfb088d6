package com.shivx.models.validation;

import com.shivx.drift.accuracy.Reliability;
import com.shivx.drift.accuracy.ScoredRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What both kinds of report say of their rows. */
final class ReportDraft {

    private final LabelledRows rows;
    private final ValidationConfig config;
    private final Comparison comparison;
    private final List<Difference> differences;
    private final PnlCurve pnl;
    private final Figures figures;

    ReportDraft(
            LabelledRows rows,
            ValidationConfig config,
            Comparison comparison,
            List<Difference> differences) {
        this.rows = rows;
        this.config = config;
        this.comparison = comparison;
        this.differences = differences;
        this.pnl = PnlCurve.of(rows, comparison.model());
        this.figures = Figures.of(rows, comparison.model(), pnl);
    }

    Figures figures() {
        return figures;
    }

    ValidationReport report(
            Verdict verdict,
            List<String> reasons,
            String model,
            @Nullable String production,
            @Nullable Spans spans,
            @Nullable Reliability uncalibrated,
            Map<String, Double> importance,
            List<FoldReport> folds) {
        List<Series> gains = new ArrayList<>();
        List<Series> courses = new ArrayList<>();
        Figures productionFigures = null;
        boolean any = rows.rows() > 0;
        if (any) {
            courses.add(Course.pnl(model, rows, pnl));
            for (Map.Entry<Rival, ScoredRows> rival : comparison.rivals().entrySet()) {
                gains.add(
                        Course.logLossGain(
                                "over " + rival.getKey().text(),
                                rows,
                                comparison.model(),
                                rival.getValue()));
            }
        }
        ScoredRows productionScores = comparison.rivals().get(Rival.PRODUCTION);
        if (productionScores != null && production != null) {
            PnlCurve productionPnl = PnlCurve.of(rows, productionScores);
            productionFigures = Figures.of(rows, productionScores, productionPnl);
            if (any) {
                courses.add(Course.pnl(production, rows, productionPnl));
            }
        }
        return new ValidationReport(
                model,
                production,
                verdict,
                reasons,
                spans,
                any
                        ? new Span(
                                rows.eventTimeMicros()[0],
                                rows.eventTimeMicros()[rows.rows() - 1] + 1)
                        : null,
                rows.rows(),
                present(),
                rows.classes(),
                rows.horizonMicros(),
                config.meanBlockMicros(rows.horizonMicros()),
                comparison.blocks(),
                config.bootstrap().confidence(),
                figures,
                productionFigures,
                uncalibrated,
                differences,
                importance,
                gains,
                courses,
                folds);
    }

    /** Names of the symbols that have rows. */
    private List<String> present() {
        return Arrays.stream(rows.symbols())
                .distinct()
                .mapToObj(symbol -> rows.symbolNames().get(symbol))
                .sorted()
                .toList();
    }
}
