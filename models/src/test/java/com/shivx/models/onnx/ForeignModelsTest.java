package com.shivx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.testing.RealData;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.PredictionStatus;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.graph.ServingGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Models that others exported without a recorded output: they load, and no row's answer depends on
 * its company.
 */
class ForeignModelsTest {

    /** All whose batch is free: name, columns, classes, kind of output. */
    private static final String MODELS =
            """
            onnxruntime_go/example_dynamic_axes        | 10 |                | VALUE
            onnxruntime_go/sklearn_randomforest        | 4  | A,B,C          | PROBABILITIES
            # A novelty detector and a one-class SVM label -1 and 1 by the sign of one decision score.
            sklearn_onnx_docs/local_outlier_factor     | 2  | OUTLIER,INLIER | SCORES
            sklearn_onnx_docs/logreg_iris              | 2  | A,B,C          | PROBABILITIES
            sklearn_onnx_docs/pipeline_lightgbm        | 2  | A,B,C          | PROBABILITIES
            sklearn_onnx_docs/pipeline_xgboost         | 2  | A,B,C          | PROBABILITIES
            sklearn_onnx_docs/rf_iris                  | 4  | A,B,C          | PROBABILITIES
            sklearn_onnx_docs/sk_OCSVM                 | 3  | OUTLIER,INLIER | SCORES
            sklearn_onnx_docs/sk_SGD_binary_classifier | 20 | A,B            | LABELLED_SCORES
            sklearn_onnx_docs/treecl                   | 20 | A,B,C          | PROBABILITIES
            sklearn_onnx_docs/treecl2                  | 20 | A,B            | PROBABILITIES
            sklearn_onnx_docs/treecl3                  | 10 | A,B,C,D        | LABELLED_SCORES
            """;

    /** What stands beside a row in its batch. */
    private enum Company {
        ORDINARY,
        MISSING,
        OUTLIERS,
        PADDING;

        /** How many rows are given of a batch of that size: those that are not are padded. */
        int given(int size) {
            return this == PADDING ? size / 2 + 1 : size;
        }

        float[] row(Random random, int columns) {
            return switch (this) {
                case ORDINARY, PADDING -> ordinary(random, columns);
                case MISSING -> filled(columns, Float.NaN);
                case OUTLIERS -> filled(columns, random.nextBoolean() ? 1e30f : -1e6f);
            };
        }
    }

    /** An answer, to the bit. */
    private record Answer(PredictionStatus status, int predicted, List<Integer> bits) {

        static Answer of(Scores scores, int row) {
            List<Integer> bits = new ArrayList<>();
            for (float value : scores.values(row)) {
                bits.add(Float.floatToRawIntBits(value));
            }
            return new Answer(scores.status(row), scores.predicted(row), bits);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = MODELS)
    void givesEachRowTheSameBitsInEveryBatchWhateverStandsBesideIt(
            String name, int columns, @Nullable String classes, OutputKind kind) throws Exception {
        try (OnnxModel model = load(file(name), columns, classes)) {
            assertThat(model.output()).isEqualTo(kind);
            float[][] rows = rows(columns);
            List<Answer> alone = alone(model, rows);
            assertThat(alone).filteredOn(answer -> !answer.bits().isEmpty()).isNotEmpty();
            for (int size : model.batchSizes()) {
                try (BatchScorer scorer = model.newScorer(size)) {
                    for (Company company : Company.values()) {
                        assertSameBits(scorer, size, company, rows, alone);
                    }
                }
            }
        }
    }

    private static List<Answer> alone(OnnxModel model, float[][] rows) {
        List<Answer> alone = new ArrayList<>();
        try (BatchScorer scorer = model.newScorer(1)) {
            for (float[] row : rows) {
                alone.add(Answer.of(scorer.score(row), 0));
            }
        }
        return alone;
    }

    /** Each row in front, in the middle and at the end. */
    private static void assertSameBits(
            BatchScorer scorer, int size, Company company, float[][] rows, List<Answer> alone) {
        Random random = new Random(size);
        int given = company.given(size);
        for (int i = 0; i < rows.length; i++) {
            float[][] batch = new float[given][];
            for (int place : new int[] {0, given / 2, given - 1}) {
                for (int other = 0; other < given; other++) {
                    batch[other] = company.row(random, rows[i].length);
                }
                batch[place] = rows[i];
                assertThat(Answer.of(scorer.score(batch), place))
                        .as("row %d at %d of %d, beside %s", i, place, size, company)
                        .isEqualTo(alone.get(i));
            }
        }
    }

    @Test
    void knowsEveryModelWhoseBatchIsFree() throws Exception {
        Path folder = RealData.folder("onnx-models");
        List<String> free = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".onnx")).toList()) {
                if (hasFreeBatch(file)) {
                    free.add(folder.relativize(file).toString().replace(".onnx", ""));
                }
            }
        }
        assertThat(
                        MODELS.lines()
                                .filter(line -> !line.startsWith("#"))
                                .map(line -> line.substring(0, line.indexOf('|')).strip()))
                .containsExactlyInAnyOrderElementsOf(free);
    }

    private static boolean hasFreeBatch(Path file) throws IOException {
        try {
            return ServingGraph.parse(Files.readAllBytes(file)).inputs().fixedBatch() == 0;
        } catch (ModelRefusedException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "onnxruntime_go/example_big_compute                | takes 52428800 values a row",
                "onnxruntime_go/example_several_inputs_and_outputs | input 'input 1' int32[2, 5, 2,"
                        + " 5] is no tensor of float, double or int64",
                "sklearn_onnx_docs/logreg_iris                     | neither the file nor a flag"
                        + " says its classes; name its classes in its order with --classes",
                "sklearn_onnx_docs/treecl                          | neither the file nor a flag"
                        + " says its columns; name its columns in its order with --columns",
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

    /** Ordinary rows, rows of which some is or all are missing, and outliers. */
    private static float[][] rows(int columns) {
        Random random = new Random(1);
        float[][] rows = new float[16][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = ordinary(random, columns);
        }
        rows[11][0] = Float.NaN;
        rows[12] = filled(columns, Float.NaN);
        rows[13][0] = 1e30f;
        rows[14] = filled(columns, -1e6f);
        rows[15][columns - 1] = Float.NEGATIVE_INFINITY;
        return rows;
    }

    private static float[] ordinary(Random random, int columns) {
        float[] row = new float[columns];
        for (int c = 0; c < columns; c++) {
            row[c] = 5 * random.nextFloat();
        }
        return row;
    }

    private static float[] filled(int columns, float value) {
        float[] row = new float[columns];
        Arrays.fill(row, value);
        return row;
    }
}
