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
     * @param test rows of the test span, which the model has not seen
     * @param production what serves now, on the same rows; null if nothing does
     */
    public ValidationReport validate(
            LabelledRows test, NewModel candidate, @Nullable ScoredModel production) {
        checkSpan(test, candidate);
        ScoredRows scores = candidate.scored().against(test);
        Comparison comparison = new Comparison(test, scores, config);
        comparison.againstConstant(Rival.CLASS_FREQUENCIES, candidate.fitFrequencies());
        if (DirectionBlindTwin.existsFor(test)) {
            comparison.against(Rival.DIRECTION_BLIND_TWIN, DirectionBlindTwin.of(test, scores));
        }
        if (production != null) {
            comparison.against(Rival.PRODUCTION, production.against(test));
        }
        List<Difference> differences = comparison.differences(config);
        List<String> reasons = new ArrayList<>();
        Verdict verdict = decide(comparison, test.horizonMicros(), differences, reasons);
        ReportDraft draft = new ReportDraft(test, config, comparison, differences);
        double[] uncalibrated = candidate.uncalibrated();
        return draft.report(
                verdict,
                reasons,
                candidate.scored().name(),
                production == null ? null : production.name(),
                candidate.spans(),
                uncalibrated == null
                        ? null
                        : Reliability.of(
                                new ScoredRows(scores.classes(), uncalibrated, test.truths())),
                candidate.importance());
    }

    private Verdict decide(
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
        List<String> beaten = new ArrayList<>();
        for (Difference difference : differences) {
            if (difference.rival() != Rival.PRODUCTION) {
                boolean beats = difference.gain().answer() == Answer.ABOVE;
                (beats ? beaten : reasons).add(Reasons.sentence(difference));
            }
        }
        reasons.addAll(Reasons.failedGuardrails(differences));
        Verdict verdict = reasons.isEmpty() ? Verdict.REGISTER : Verdict.REFUSED;
        reasons.addAll(beaten);
        return verdict;
    }

    private static void checkSpan(LabelledRows test, NewModel candidate) {
        Span span = candidate.spans().test();
        for (long time : test.eventTimeMicros()) {
            if (!span.holds(time)) {
                throw new IllegalArgumentException(
                        "a test row at %d µs lies outside the test span %s; give rows of it only"
                                .formatted(time, span));
            }
        }
    }
}
