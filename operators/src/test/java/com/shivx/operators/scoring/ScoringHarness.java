package com.shivx.operators.scoring;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.tick.TickKind;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.operators.features.TickVector;
import java.util.List;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** Scoring operators under a harness, and vectors for them. */
final class ScoringHarness {

    static final FeatureSet SET = FeatureSets.byName("market-v1");

    private ScoringHarness() {}

    /** Batches of that size, five milliseconds, a timeout of two seconds, no folders allowed. */
    static ScoringRules rules(int maxBatchSize, int maxInFlight) {
        return rules(maxBatchSize, ScoringDevice.CPU, maxInFlight);
    }

    /** The same for a device, in small batches on the task's thread. */
    static ScoringRules rules(ScoringDevice device) {
        return rules(4, device, 0);
    }

    private static ScoringRules rules(int maxBatchSize, ScoringDevice device, int maxInFlight) {
        return new ScoringRules(
                SET.hash(),
                maxBatchSize,
                5,
                device,
                2_000,
                3,
                30_000,
                maxInFlight,
                List.of(),
                null);
    }

    static OneInputStreamOperatorTestHarness<ScoringInput, ScoredPrediction> of(
            ScoringRules rules, ModelArtifact model) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                ScoringOperator.factory(
                        rules, List.of(InitialModel.of(model, "builtin:" + model.sha256()))));
    }

    /** A vector of symbol {@code A}, some of whose values are missing. */
    static TickVector vector(int i, boolean ready) {
        return vector("A", i, ready);
    }

    static TickVector vector(String symbol, int i, boolean ready) {
        float[] values = new float[SET.size()];
        for (int j = 0; j < values.length; j++) {
            values[j] = j % 7 == i % 7 ? Float.NaN : (float) Math.sin(i * 31 + j);
        }
        return vector(symbol, i, ready, values);
    }

    static TickVector vector(String symbol, int i, boolean ready, float[] values) {
        return new TickVector(
                new FeatureVector(
                        "vector-" + i,
                        symbol,
                        TickKind.QUOTE,
                        i * 1_000L,
                        SET.hash(),
                        ready,
                        values),
                1_000 + i);
    }
}
