package com.shivx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.shivx.features.testing.RealData;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.PredictionStatus;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.OutputKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The 29 models with recorded outputs that others exported with scikit-learn. 27 are scored:
 *
 * <ul>
 *   <li>25 give what ONNX Runtime recorded for them, to 1e-5.
 *   <li>Of two support vector machines nothing of ONNX Runtime was recorded, and their highest
 *       score does not name the class: {@code BinNuSVCPF} gives scikit-learn's decision value to
 *       the wrong class, {@code MclSVCLinearPF} gives one number for each pair of classes, which
 *       nobody recorded. Both give the label beside it, which is what scikit-learn recorded as
 *       their prediction, so that is served ({@link OutputKind#LABELLED_SCORES}), with their
 *       numbers as they are and no confidence.
 * </ul>
 *
 * Two are refused: {@code Binarizer-SkipDim1} and {@code NormalizerL2-SkipDim1} were recorded with
 * two values a row, by a runtime that did not look, and are declared to take one. Today's ONNX
 * Runtime refuses that row itself ("Got: 2 Expected: 1"); to serve them, a declared width would
 * have to count for nothing, and a wrong number of columns would no longer be seen in any model.
 */
class RecordedModelsTest {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private static final Set<String> WIDER_THAN_DECLARED =
            Set.of("SklearnBinarizer-SkipDim1", "SklearnNormalizerL2-SkipDim1");

    @TestFactory
    Stream<DynamicTest> scoresAsRecorded() throws IOException {
        Path folder = RealData.folder("onnx-models");
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> records =
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
            assertThat(records).hasSize(29);
            return records.stream().map(f -> DynamicTest.dynamicTest(name(f), () -> check(f)));
        }
    }

    private static void check(Path file) throws Exception {
        String name = name(file);
        Path model = file.resolveSibling(name + ".onnx");
        JsonNode recorded = JSON.readTree(file.toFile());
        Expected expected = Expected.of(recorded);
        ContractFlags flags = ContractFlags.parse(null, null, expected.classes(), null);
        float[][] rows = rows(recorded.get("input"));
        if (WIDER_THAN_DECLARED.contains(name)) {
            ContractFlags asFed = ContractFlags.parse(null, "a,b", "A,B", null);
            assertThatThrownBy(() -> load(model, asFed))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessageContaining("takes 1 column, and --columns names 2");
            return;
        }
        try (OnnxModel loaded = load(model, flags);
                BatchScorer scorer = loaded.newScorer(256)) {
            Scores scores = scorer.score(rows);
            assertThat(scores.count()).isEqualTo(rows.length);
            assertThat(expected.rows().length)
                    .isIn(rows.length, expected.labelOfRow() == null ? rows.length : 0);
            for (int i = 0; i < rows.length; i++) {
                assertThat(scores.status(i)).isEqualTo(PredictionStatus.OK);
                if (expected.rows().length > 0) {
                    assertClose(scores.values(i), expected.rows()[i]);
                }
                String label = expected.label(i);
                if (label != null) {
                    assertThat(expected.labels().get(scores.predicted(i))).isEqualTo(label);
                }
            }
        }
    }

    private static OnnxModel load(Path model, ContractFlags flags) throws ModelRefusedException {
        return ModelLoader.DEFAULT.load(ModelArtifact.readOfAnyColumns(model, flags));
    }

    /** To 1e-5, of the number where it is above 1. */
    private static void assertClose(float[] actual, double[] expected) {
        // A single decision score of two classes is read as (-s, s).
        int from = actual.length - expected.length;
        for (int i = 0; i < expected.length; i++) {
            double tolerance = 1e-5 * Math.max(1, Math.abs(expected[i]));
            assertThat((double) actual[from + i]).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }

    private static float[][] rows(JsonNode input) {
        if (input.isObject()) {
            List<JsonNode> columns = new ArrayList<>();
            input.forEach(columns::add);
            float[][] rows = new float[columns.get(0).size()][columns.size()];
            for (int i = 0; i < rows.length; i++) {
                for (int c = 0; c < columns.size(); c++) {
                    rows[i][c] = (float) columns.get(c).get(i).asDouble();
                }
            }
            return rows;
        }
        float[][] rows = new float[input.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[input.get(i).size()];
            for (int c = 0; c < rows[i].length; c++) {
                rows[i][c] = (float) input.get(i).get(c).asDouble();
            }
        }
        return rows;
    }

    /**
     * What was recorded.
     *
     * @param labels the model's labels in its order; empty where it has none
     * @param labelOfRow recorded label of each row; null where it has none
     * @param rows recorded numbers
     */
    private record Expected(List<String> labels, @Nullable JsonNode labelOfRow, double[][] rows) {

        static Expected of(JsonNode recorded) {
            JsonNode output = recorded.get("onnxruntime_output");
            if (recorded.has("expected_probability")) {
                return new Expected(
                        List.of("0", "1", "2"),
                        recorded.get("expected_label"),
                        numbers(recorded.get("expected_probability")));
            }
            if (output.isNull()) {
                return ofScikitLearn(recorded.get("expected_sklearn"));
            }
            if (recorded.get("onnx_outputs").size() == 1) {
                // Either [row, …] or [[row, …]].
                boolean wrapped = output.get(0).get(0).isArray();
                double[][] rows = numbers(wrapped ? output.get(0) : output);
                List<String> labels = new ArrayList<>();
                for (int i = 0; rows[0].length > 1 && i < rows[0].length; i++) {
                    labels.add("y" + i);
                }
                return new Expected(labels, null, rows);
            }
            JsonNode scores = output.get(1);
            List<String> labels = new ArrayList<>();
            if (scores.get(0).isObject()) {
                scores.get(0).fieldNames().forEachRemaining(labels::add);
            } else {
                labels.addAll(List.of("0", "1"));
            }
            return new Expected(labels, output.get(0), numbers(scores));
        }

        /** Label of each row, and its decision values: one, or what three pairs add up to. */
        private static Expected ofScikitLearn(JsonNode recorded) {
            JsonNode decisions = recorded.get(1);
            if (!decisions.get(0).isNumber()) {
                return new Expected(List.of("0", "1", "2"), recorded.get(0), new double[0][]);
            }
            double[][] rows = new double[decisions.size()][];
            for (int i = 0; i < rows.length; i++) {
                double decision = decisions.get(i).asDouble();
                rows[i] = new double[] {decision, -decision};
            }
            return new Expected(List.of("0", "1"), recorded.get(0), rows);
        }

        @Nullable String classes() {
            return labels.isEmpty() ? null : String.join(",", labels);
        }

        @Nullable String label(int row) {
            return labelOfRow == null ? null : labelOfRow.get(row).asText();
        }

        private static double[][] numbers(JsonNode rows) {
            double[][] numbers = new double[rows.size()][];
            for (int i = 0; i < numbers.length; i++) {
                List<Double> row = new ArrayList<>();
                rows.get(i).forEach(value -> row.add(value.asDouble()));
                numbers[i] = row.stream().mapToDouble(Double::doubleValue).toArray();
            }
            return numbers;
        }
    }
}
