package com.shivx.models.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.VersionFiles;
import com.shivx.models.testing.Graphs;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What MLflow is told of a version, beside its ONNX file. */
class MlmodelFilesTest {

    private static final Instant AT = Instant.parse("2026-03-01T09:30:00.000001Z");

    @Test
    void describesAModelAsMlflowDoes() throws Exception {
        Map<String, byte[]> files =
                MlmodelFiles.write(
                        Graphs.softmax(3).toBytes(), "mlflow-artifacts:/1/m", "m-1", "run", AT);
        assertThat(files)
                .containsOnlyKeys("MLmodel", "requirements.txt", "python_env.yaml", "conda.yaml");
        JsonNode model = new YAMLMapper().readTree(files.get("MLmodel"));
        assertThat(model.at("/flavors/python_function/loader_module").asText())
                .isEqualTo("mlflow.onnx");
        assertThat(model.get("model_id").asText()).isEqualTo("m-1");
        assertThat(model.get("utc_time_created").asText()).isEqualTo("2026-03-01 09:30:00.000001");
        JsonNode inputs = new ObjectMapper().readTree(model.at("/signature/inputs").asText());
        assertThat(inputs)
                .hasToString(
                        "[{\"name\":\"x\",\"type\":\"tensor\",\"tensor-spec\":{\"dtype\":\"float32\",\"shape\":[-1,3]}}]");
        JsonNode outputs = new ObjectMapper().readTree(model.at("/signature/outputs").asText());
        assertThat(outputs.at("/0/tensor-spec/shape")).hasToString("[-1,3]");
        assertThat(MlmodelFiles.onnxFile(files.get("MLmodel"))).contains("model.onnx");
        assertThat(new YAMLMapper().readTree(files.get("conda.yaml")).at("/dependencies/2/pip"))
                .hasSize(3);
    }

    @Test
    void saysNoSignatureOfWhatItCannotRead() throws Exception {
        assertThat(TensorSpecs.of(new byte[] {1, 2, 3})).isEmpty();
        byte[] mlmodel = MlmodelFiles.write(new byte[] {1, 2, 3}, "f", "m", "r", AT).get("MLmodel");
        assertThat(new YAMLMapper().readTree(mlmodel).has("signature")).isFalse();
    }

    @Test
    void findsNoOnnxFileWhereNoneIsNamed() {
        for (String text :
                new String[] {
                    "", "flavors:\n  sklearn: {}", "flavors:\n  onnx:\n    data: [1]", "a: [", "- 1"
                }) {
            assertThat(MlmodelFiles.onnxFile(Candidates.bytes(text))).as(text).isEmpty();
        }
    }

    @Test
    void chartsTheNumbersThatMlflowCanHold() {
        VersionFiles files =
                new VersionFiles(
                        Map.of(
                                ArtifactFile.MODEL,
                                new byte[] {1},
                                ArtifactFile.METRICS,
                                Candidates.bytes(
                                        "{\"auc\": 0.5, \"nan\": null, \"note\": \"x\", \"list\": [1, 2], \"a/../b\": 1, \"é\": 1, \"huge\": 1e999}"),
                                ArtifactFile.PROVENANCE,
                                Candidates.bytes(
                                        "{\"seed\": 7, \"long\": \"%s\"}"
                                                .formatted("x".repeat(6_001)))));
        JsonNode batch = RunFacts.batch("run", files, AT);
        assertThat(batch.get("metrics").findValuesAsText("key"))
                .containsExactly("auc", "list.0", "list.1");
        assertThat(batch.get("params"))
                .singleElement()
                .hasToString("{\"key\":\"seed\",\"value\":\"7\"}");
    }

    @Test
    void chartsNoMoreThanOneCallTakes() {
        StringBuilder many = new StringBuilder("{\"x\": 1");
        for (int i = 0; i < 2_000; i++) {
            many.append(", \"m").append(i).append("\": ").append(i);
        }
        byte[] json = Candidates.bytes(many.append('}').toString());
        VersionFiles files =
                new VersionFiles(
                        Map.of(
                                ArtifactFile.MODEL,
                                new byte[] {1},
                                ArtifactFile.METRICS,
                                json,
                                ArtifactFile.PROVENANCE,
                                json));
        JsonNode batch = RunFacts.batch("run", files, AT);
        assertThat(batch.get("metrics")).hasSize(900);
        assertThat(batch.get("params")).hasSize(100);
    }
}
