package com.shivx.models.validation;

import com.shivx.drift.accuracy.ScoredRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Test rows, what the model says of each that had not seen it, and what the frequencies of its fit
 * span say.
 *
 * @param rows of one test span, or of several that follow each other
 * @param model what is said of them
 * @param frequencies what whoever knows nothing but the frequencies says of them
 */
record TestRows(LabelledRows rows, ScoredRows model, ScoredRows frequencies) {

    static TestRows of(LabelledRows all, Fold fold) {
        LabelledRows rows = all.within(fold.spans().test());
        return new TestRows(rows, fold.scored().against(rows), fold.constant(rows));
    }

    /** One after the other, which together must be all. */
    static TestRows of(LabelledRows all, List<TestRows> parts) {
        int classes = all.classes().size();
        double[] model = new double[all.rows() * classes];
        double[] frequencies = new double[model.length];
        int at = 0;
        for (TestRows part : parts) {
            int length = part.rows.rows() * classes;
            System.arraycopy(part.model.probabilities(), 0, model, at, length);
            System.arraycopy(part.frequencies.probabilities(), 0, frequencies, at, length);
            at += length;
        }
        return new TestRows(
                all,
                new ScoredRows(classes, model, all.truths()),
                new ScoredRows(classes, frequencies, all.truths()));
    }

    /** Against all rivals there are. */
    Comparison comparison(ValidationConfig config, @Nullable ScoredRows production) {
        Comparison comparison = new Comparison(rows, model, config);
        comparison.against(Rival.CLASS_FREQUENCIES, frequencies);
        if (DirectionBlindTwin.existsFor(rows)) {
            comparison.against(Rival.DIRECTION_BLIND_TWIN, DirectionBlindTwin.of(rows, model));
        }
        if (production != null) {
            comparison.against(Rival.PRODUCTION, production);
        }
        return comparison;
    }

    /** What they say of their fold alone. */
    FoldReport report(Spans spans, ValidationConfig config) {
        Comparison comparison = comparison(config, null);
        return new FoldReport(
                spans,
                rows.rows(),
                comparison.blocks(),
                Figures.of(rows, model, PnlCurve.of(rows, model)),
                comparison.differences(config));
    }
}
