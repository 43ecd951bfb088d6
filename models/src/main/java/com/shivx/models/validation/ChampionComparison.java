package com.shivx.models.validation;

import com.shivx.drift.accuracy.ScoredRows;
import com.shivx.drift.bootstrap.Answer;
import com.shivx.drift.bootstrap.TimeCells;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a newer model replaces the one in production: on the same rows, later than everything
 * either has learned from, its log-loss must be better by an interval that excludes zero, no other
 * measure may be shown to be worse, and it must have the least accuracy that is asked for, if any.
 */
public final class ChampionComparison {

    private final ValidationConfig config;

    /** Compares as configured. */
    public ChampionComparison(ValidationConfig config) {
        this.config = config;
    }

    /** Compares. */
    public ValidationReport compare(LabelledRows later, ScoredModel newer, ScoredModel production) {
        ScoredRows scores = newer.against(later);
        Comparison comparison = new Comparison(later, scores, config);
        comparison.against(Rival.PRODUCTION, production.against(later));
        List<Difference> differences = comparison.differences(config);
        ReportDraft draft = new ReportDraft(later, config, comparison, differences);
        List<String> reasons = new ArrayList<>();
        Verdict verdict = decide(draft, comparison, later.horizonMicros(), differences, reasons);
        return draft.report(
                verdict, reasons, newer.name(), production.name(), null, null, Map.of(), List.of());
    }

    private Verdict decide(
            ReportDraft draft,
            Comparison comparison,
            long horizonMicros,
            List<Difference> differences,
            List<String> reasons) {
        if (comparison.blocks() < TimeCells.MIN_BLOCKS) {
            reasons.add(
                    Reasons.tooFewBlocks(
                            comparison.blocks(), config.meanBlockMicros(horizonMicros)));
            return Verdict.INCONCLUSIVE;
        }
        Difference logLoss =
                differences.stream()
                        .filter(difference -> difference.measure() == Measure.LOG_LOSS)
                        .findFirst()
                        .orElseThrow();
        List<String> won = new ArrayList<>();
        boolean beats = logLoss.gain().answer() == Answer.ABOVE;
        (beats ? won : reasons).add(Reasons.sentence(logLoss));
        reasons.addAll(Reasons.failedGuardrails(differences));
        Double minAccuracy = config.minAccuracy();
        double accuracy = draft.figures().accuracy();
        if (minAccuracy != null && !(accuracy >= minAccuracy)) {
            reasons.add(
                    String.format(
                            Locale.ROOT,
                            "accuracy %.4f is below the %.4f that promotion.min-accuracy asks for",
                            accuracy,
                            minAccuracy));
        }
        Verdict verdict = reasons.isEmpty() ? Verdict.PROMOTE : Verdict.KEEP;
        reasons.addAll(won);
        return verdict;
    }
}
