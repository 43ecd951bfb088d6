package com.shivx.models.validation;

import com.shivx.drift.accuracy.Reliability;
import com.shivx.drift.accuracy.ScoredRows;
import com.shivx.drift.bootstrap.Answer;
import com.shivx.drift.bootstrap.TimeCells;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a new model knows anything: on its test rows it must beat the class frequencies of its
 * fit span and its own direction-blind twin in log-loss, each by an interval that excludes zero,
 * and must not be shown to be worse than production in calibration, Brier score, accuracy or PnL.
 * An equal model has the worse figure half the time, so a figure alone fails nobody.
 *
 * <p>Of a model that was made again and again as time went on, the test rows of all folds are one
 * sample in the order of time, each row answered by the model that had not seen it (R. J. Hyndman
 * and G. Athanasopoulos, "Forecasting: principles and practice", 3rd ed., section 5.10: figures of
 * a rolling origin are taken over all its test rows). That says what making it is worth. What is
 * registered is the last one made, so that besides it must not be shown, on its own test rows, to
 * be worse than those rivals.
 *
 * <p>Of classes without a direction there is no twin, and none is asked for.
 */
public final class NewModelValidation {

    private final ValidationConfig config;

    /** Validates as configured. */
    public NewModelValidation(ValidationConfig config) {
        this.config = config;
    }

    /**
     * Validates.
     *
     * @param test rows of the test spans, which the model has not seen
     * @param production what serves now, on the same rows; null if nothing does
     */
    public ValidationReport validate(
            LabelledRows test, NewModel candidate, @Nullable ScoredModel production) {
        checkSpan(test, candidate);
        List<TestRows> parts = new ArrayList<>();
        candidate.folds().forEach(fold -> parts.add(TestRows.of(test, fold)));
        TestRows all = TestRows.of(test, parts);
        Comparison comparison =
                all.comparison(config, production == null ? null : production.against(test));
        List<Difference> differences = comparison.differences(config);
        List<FoldReport> folds = folds(candidate, parts);
        List<String> reasons = new ArrayList<>();
        Verdict verdict = decide(comparison, test.horizonMicros(), differences, folds, reasons);
        ReportDraft draft = new ReportDraft(test, config, comparison, differences);
        double[] uncalibrated = candidate.uncalibrated();
        return draft.report(
                verdict,
                reasons,
                candidate.last().scored().name(),
                production == null ? null : production.name(),
                candidate.last().spans(),
                uncalibrated == null
                        ? null
                        : Reliability.of(
                                new ScoredRows(all.model().classes(), uncalibrated, test.truths())),
                candidate.importance(),
                folds);
    }

    /** Each apart; none of a model that was made once, of whom the whole says it all. */
    private List<FoldReport> folds(NewModel candidate, List<TestRows> parts) {
        List<FoldReport> folds = new ArrayList<>();
        for (int i = 0; i < parts.size() && candidate.walksForward(); i++) {
            folds.add(parts.get(i).report(candidate.folds().get(i).spans(), config));
        }
        return folds;
    }

    private Verdict decide(
            Comparison comparison,
            long horizonMicros,
            List<Difference> differences,
            List<FoldReport> folds,
            List<String> reasons) {
        if (comparison.blocks() < TimeCells.MIN_BLOCKS) {
            reasons.add(
                    Reasons.tooFewBlocks(
                            comparison.blocks(), config.meanBlockMicros(horizonMicros)));
            return Verdict.INCONCLUSIVE;
        }
        List<String> beaten = new ArrayList<>();
        for (Difference difference : differences) {
            if (difference.rival() != Rival.PRODUCTION) {
                boolean beats = difference.gain().answer() == Answer.ABOVE;
                (beats ? beaten : reasons).add(Reasons.sentence(difference));
            }
        }
        reasons.addAll(Reasons.failedGuardrails(differences));
        if (!folds.isEmpty()) {
            reasons.addAll(Reasons.worseInTheLastFold(folds.get(folds.size() - 1)));
        }
        Verdict verdict = reasons.isEmpty() ? Verdict.REGISTER : Verdict.REFUSED;
        reasons.addAll(beaten);
        return verdict;
    }

    private static void checkSpan(LabelledRows test, NewModel candidate) {
        Span first = candidate.folds().get(0).spans().test();
        Span last = candidate.last().spans().test();
        Span span = new Span(first.fromMicros(), last.untilMicros());
        for (long time : test.eventTimeMicros()) {
            if (!span.holds(time)) {
                throw new IllegalArgumentException(
                        "a test row at %d µs lies outside the test span %s; give rows of it only"
                                .formatted(time, span));
            }
        }
    }
}
