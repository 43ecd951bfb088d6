package com.shivx.bench.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.models.PredictionStatus;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.Scores;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BenchModelsTest {

    private static final SampleVectors SAMPLE =
            new SampleVectors(FeatureSets.byName("market-v1"), 2_000);
    private static final BenchModels MODELS = new BenchModels(SAMPLE);

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of("small", MODELS.smallNetwork(), 64),
                Arguments.of("wide", MODELS.wideNetwork(), 2),
                Arguments.of("trees", MODELS.trees(), 64));
    }

    /** The product takes them, and tells ordinary vectors apart by them. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void passEveryCheckAndTellVectorsApart(String name, byte[] bytes, int batch) throws Exception {
        try (OnnxModel model = ModelLoader.DEFAULT.load(ModelArtifact.of(bytes));
                BatchScorer scorer = model.newScorer(256)) {
            assertThat(model.batchSizes()).contains(batch);
            List<FeatureVector> vectors = SAMPLE.vectors();
            Scores scores = scorer.score(vectors.size(), i -> vectors.get(i).values());
            Set<Float> distinct = new HashSet<>();
            for (int i = 0; i < vectors.size(); i++) {
                assertThat(scores.status(i)).isEqualTo(PredictionStatus.OK);
                distinct.add(scores.values(i)[0]);
            }
            assertThat(distinct).hasSizeGreaterThan(vectors.size() / 2);
        }
    }

    @Test
    void haveTheSizesThatReportsSay() {
        // Four bytes a parameter, and a few kilobytes for what they are called.
        assertThat(MODELS.smallNetwork().length / 4).isBetween(4_500, 6_500);
        assertThat(MODELS.wideNetwork().length / 4).isBetween(150_000, 155_000);
        assertThat(BenchModels.images().length / 4).isBetween(27_500, 28_500);
    }

    @Test
    void areTheSameEveryTime() {
        BenchModels again =
                new BenchModels(new SampleVectors(FeatureSets.byName("market-v1"), 2_000));
        assertThat(again.smallNetwork()).isEqualTo(MODELS.smallNetwork());
        assertThat(again.trees()).isEqualTo(MODELS.trees());
    }
}
