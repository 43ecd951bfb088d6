package com.shivx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.testing.RealData;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.OutputKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Models that others exported without a recorded output: they load, and no row's answer depends on
 * its company.
 */
class ForeignModelsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A novelty detector and a one-class SVM label -1 and 1 by the sign of one decision
                // score.
                "sklearn_onnx_docs/local_outlier_factor    | 2  | OUTLIER,INLIER | SCORES",
                "sklearn_onnx_docs/logreg_iris             | 2  | A,B,C          | PROBABILITIES",
                "sklearn_onnx_docs/pipeline_lightgbm       | 2  | A,B,C          | PROBABILITIES",
                "sklearn_onnx_docs/pipeline_xgboost        | 2  | A,B,C          | PROBABILITIES",
                "sklearn_onnx_docs/rf_iris                 | 4  | A,B,C          | PROBABILITIES",
                "sklearn_onnx_docs/sk_OCSVM                | 3  | OUTLIER,INLIER | SCORES",
                "sklearn_onnx_docs/sk_SGD_binary_classifier| 20 | A,B            | LABELLED_SCORES",
                "sklearn_onnx_docs/treecl                  | 20 | A,B,C          | PROBABILITIES",
                "sklearn_onnx_docs/treecl2                 | 20 | A,B            | PROBABILITIES",
                "sklearn_onnx_docs/treecl3                 | 10 | A,B,C,D        | LABELLED_SCORES",
                "onnxruntime_go/sklearn_randomforest       | 4  | A,B,C          | PROBABILITIES",
                "onnxruntime_go/example_dynamic_axes       | 10 |                | VALUE",
            })
    void givesEachRowTheSameBitsWhateverStandsBesideIt(
            String name, int columns, @Nullable String classes, OutputKind kind) throws Exception {
        try (OnnxModel model = load(file(name), columns, classes)) {
            assertThat(model.output()).isEqualTo(kind);
            float[][] rows = rows(200, columns);
            float[][] alone = new float[rows.length][];
            try (BatchScorer scorer = model.newScorer(1)) {
                for (int i = 0; i < rows.length; i++) {
                    alone[i] = scorer.score(rows[i]).values(0);
                }
            }
            for (int size : model.batchSizes()) {
                try (BatchScorer scorer = model.newScorer(size)) {
                    Scores scores = scorer.score(rows);
                    for (int i = 0; i < rows.length; i++) {
                        assertThat(scores.values(i))
                                .as("row %d, batches to %d", i, size)
                                .isEqualTo(alone[i]);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "onnxruntime_go/example_big_compute                | takes 52428800 values a row",
                "onnxruntime_go/example_several_inputs_and_outputs | input 'input 1' int32[2, 5, 2, 5] is no tensor of float, double or int64",
                "sklearn_onnx_docs/logreg_iris                     | neither the file nor a flag says its classes; name its classes in its order with --classes",
                "sklearn_onnx_docs/treecl                          | neither the file nor a flag says its columns; name its columns in its order with --columns",
            })
    void refusesByNameOfTheReason(String name, String reason) {
        Path file = file(name);
        assertThatThrownBy(() -> load(file, 0, null))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(reason);
    }

    private static Path file(String name) {
        return RealData.folder("onnx-models").resolve(name + ".onnx");
    }

    private static OnnxModel load(Path file, int columns, @Nullable String classes)
            throws ModelRefusedException {
        String names =
                columns == 0
                        ? null
                        : String.join(
                                ",", IntStream.range(0, columns).mapToObj(i -> "c" + i).toList());
        return ModelLoader.DEFAULT.load(
                ModelArtifact.readOfAnyColumns(
                        file, ContractFlags.parse(null, names, classes, null)));
    }

    /** Ordinary rows with rows of NaN and outliers among them. */
    private static float[][] rows(int count, int columns) {
        Random random = new Random(1);
        float[][] rows = new float[count][columns];
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < columns; c++) {
                rows[i][c] = 5 * random.nextFloat();
            }
            if (i % 17 == 5) {
                Arrays.fill(rows[i], Float.NaN);
            }
            if (i % 17 == 9) {
                rows[i][0] = 1e30f;
            }
        }
        return rows;
    }
}
