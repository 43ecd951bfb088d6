package com.shivx.models.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.models.Action;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineMomentumTest {

    private static final FeatureSet MARKET = FeatureSets.byName("market-v1");

    @Test
    void holdsItsWholeContract() throws Exception {
        ModelContract contract = BaselineMomentum.artifact().contract();
        assertThat(contract.id()).isEqualTo("baseline-momentum@0.1.0");
        assertThat(contract.featureSet()).isEqualTo("market-v1");
        assertThat(contract.featureSetHash()).isEqualTo(MARKET.hash());
        assertThat(contract.actions()).containsExactly(Action.SELL, Action.HOLD, Action.BUY);
        assertThat(contract.imputes()).isTrue();
    }

    @Test
    void isTheSameFileEveryTime() throws Exception {
        assertThat(BaselineMomentum.artifact().sha256())
                .isEqualTo(BaselineMomentum.artifact().sha256());
    }

    @Test
    void servesInEveryBatchSize() throws Exception {
        try (OnnxModel model = ModelLoader.DEFAULT.load(BaselineMomentum.artifact())) {
            assertThat(model.batchSizes()).containsExactly(2, 4, 8, 16, 32, 64, 128, 256);
            assertThat(model.output()).isEqualTo(OutputKind.PROBABILITIES);
            assertThat(model.answersMissing()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 1",
        "0, 1",
        "0.7, 1.284025417",
        "-0.7, 0.778800783",
        "Infinity, 2.117000017",
        "-9, 0.472366553"
    })
    void weighsTheQueueByItsImbalance(float imbalance, double oddsOfUpAgainstFlat)
            throws Exception {
        try (OnnxModel model = ModelLoader.DEFAULT.load(BaselineMomentum.artifact());
                BatchScorer scorer = model.newScorer(2)) {
            float[] row = new float[MARKET.size()];
            Arrays.fill(row, Float.NaN);
            row[MARKET.indexOf("queue_imbalance")] = imbalance;
            float[] p = scorer.score(row).values(0);
            assertThat((double) p[2] / p[1]).isCloseTo(oddsOfUpAgainstFlat, within(1e-5));
            assertThat((double) p[1] / p[0]).isCloseTo(oddsOfUpAgainstFlat, within(1e-5));
        }
    }
}
