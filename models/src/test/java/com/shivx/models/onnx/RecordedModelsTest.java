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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Models that others exported with scikit-learn, held against the outputs that ONNX Runtime
 * recorded for them. Those that cannot be scored are refused, and the reason is a part of the test.
 */
class RecordedModelsTest {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    /** Recorded, and refused, with a part of the reason. */
    private static final Map<String, String> REFUSED =
            Map.of(
                    // One-against-one decision values, without an output that ONNX Runtime
                    // recorded.
                    "SklearnBinNuSVCPF", "its highest score does not name its class",
                    "SklearnMclSVCLinearPF", "its highest score does not name its class");

    /** Recorded with two values a row into an input that is declared to take one. */
    private static final List<String> WIDER_THAN_DECLARED =
            List.of("SklearnBinarizer-SkipDim1", "SklearnNormalizerL2-SkipDim1");

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
        if (REFUSED.containsKey(name)) {
            assertThatThrownBy(() -> load(model, flags))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessageContaining(REFUSED.get(name));
            return;
        }
        float[][] rows = rows(recorded.get("input"));
        if (WIDER_THAN_DECLARED.contains(name)) {
            ContractFlags asFed = ContractFlags.parse(null, "a,b", "A,B", null);
            assertThatThrownBy(() -> load(model, asFed))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessageContaining("takes 1 columns, and --columns names 2");
            return;
        }
        try (OnnxModel loaded = load(model, flags);
                BatchScorer scorer = loaded.newScorer(256)) {
            Scores scores = scorer.score(rows);
            assertThat(scores.count()).isEqualTo(expected.rows().length);
            for (int i = 0; i < rows.length; i++) {
                assertThat(scores.status(i)).isEqualTo(PredictionStatus.OK);
                assertClose(scores.values(i), expected.rows()[i]);
                String label = expected.label(i);
                if (label != null) {
                    assertThat(expected.labels().get(scores.best(i))).isEqualTo(label);
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
                boolean two = recorded.get("expected_sklearn").get(1).get(0).isNumber();
                List<String> labels = two ? List.of("0", "1") : List.of("0", "1", "2");
                return new Expected(labels, null, new double[0][]);
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
