package com.shivx.models.candidate;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.label.Direction;
import com.shivx.models.validation.SpanShares;
import com.shivx.models.validation.ValidationConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Labelled rows of two symbols, one a minute: the first feature says something of the direction,
 * the second much of whether there is one, the others nothing.
 */
final class SampleTape {

    static final FeatureSet FEATURES = FeatureSets.byName("market-v1");
    static final long MINUTE = 60_000_000;
    static final long HORIZON = MINUTE;
    private static final long START = 1_700_000_000_000_000L;

    private SampleTape() {}

    /**
     * Rows.
     *
     * @param signal how much the first feature says, 0 for nothing
     */
    static List<TrainingRow> rows(int count, double signal, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TrainingRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] values = new float[FEATURES.size()];
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) random.nextGaussian();
            }
            values[values.length - 1] = i % 7 == 0 ? Float.NaN : values[values.length - 1];
            double move = signal * values[0] + random.nextGaussian();
            double limit = 0.5 * Math.exp(0.3 * values[1]);
            Direction direction =
                    move > limit ? Direction.UP : move < -limit ? Direction.DOWN : Direction.FLAT;
            rows.add(
                    new TrainingRow(
                            i % 2 == 0 ? "A" : "B",
                            START + i * MINUTE,
                            i,
                            values,
                            direction,
                            move - 0.1,
                            -move - 0.1));
        }
        return rows;
    }

    static TrainingSet set(int count, double signal, long seed) {
        return set(rows(count, signal, seed));
    }

    static TrainingSet set(List<TrainingRow> rows) {
        TrainingRows gathered = new TrainingRows(FEATURES, HORIZON);
        rows.forEach(gathered::add);
        return gathered.toSet();
    }

    static CandidateRules rules(String trainer, Map<String, String> parameters) {
        return rules(trainer, parameters, 1);
    }

    static CandidateRules rules(String trainer, Map<String, String> parameters, int folds) {
        return new CandidateRules(
                "direction",
                FEATURES,
                Map.of("horizon", "PT60S"),
                trainer,
                parameters,
                1,
                7,
                SpanShares.DEFAULT,
                folds,
                ValidationConfig.DEFAULT,
                10 * 60 * MINUTE,
                "0.1.0");
    }
}
