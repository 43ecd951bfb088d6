package com.shivx.models.registry.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.shivx.models.registry.ArtifactFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What stands beside an ONNX file so that {@code mlflow.onnx} and {@code mlflow.pyfunc} load it:
 * {@code MLmodel}, and the environment that Python needs to serve it.
 */
final class MlmodelFiles {

    static final String MLMODEL = "MLmodel";

    /** One of MLflow's has a few kilobytes. */
    static final long MAX_MLMODEL_BYTES = 1 << 20;

    private static final String PYTHON = "3.11";
    private static final String REQUIREMENTS = "requirements.txt";
    private static final String PYTHON_ENV = "python_env.yaml";
    private static final String CONDA = "conda.yaml";
    private static final String[] PACKAGES = {"mlflow>=3", "onnx>=1.16", "onnxruntime>=1.20"};
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final YAMLMapper YAML = new YAMLMapper();

    private MlmodelFiles() {}

    /**
     * The files by their names.
     *
     * @param folder where they will lie, as the server names it
     */
    static Map<String, byte[]> write(
            byte[] onnx, String folder, String modelId, String runId, Instant at) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(MLMODEL, yaml(mlmodel(onnx, folder, modelId, runId, at)));
        files.put(
                REQUIREMENTS,
                (String.join("\n", PACKAGES) + "\n").getBytes(StandardCharsets.UTF_8));
        files.put(PYTHON_ENV, yaml(pythonEnvironment()));
        files.put(CONDA, yaml(conda()));
        return files;
    }

    private static ObjectNode mlmodel(
            byte[] onnx, String folder, String modelId, String runId, Instant at) {
        String data = ArtifactFile.MODEL.fileName();
        ObjectNode root = YAML.createObjectNode().put("artifact_path", folder);
        ObjectNode flavors = root.putObject("flavors");
        flavors.putObject("onnx")
                .put("data", data)
                .put("save_as_external_data", false)
                .putArray("providers")
                .add("CPUExecutionProvider");
        flavors.putObject("python_function")
                .put("loader_module", "mlflow.onnx")
                .put("data", data)
                .put("python_version", PYTHON)
                .putObject("env")
                .put("conda", CONDA)
                .put("virtualenv", PYTHON_ENV);
        root.put("model_id", modelId).put("run_id", runId);
        TensorSpecs.of(onnx)
                .ifPresent(
                        specs ->
                                root.putObject("signature")
                                        .put("inputs", specs.inputs())
                                        .put("outputs", specs.outputs())
                                        .putNull("params"));
        return root.put("utc_time_created", UTC.format(at));
    }

    private static ObjectNode pythonEnvironment() {
        ObjectNode root = YAML.createObjectNode().put("python", PYTHON);
        root.putArray("build_dependencies").add("pip");
        root.putArray("dependencies").add("-r " + REQUIREMENTS);
        return root;
    }

    private static ObjectNode conda() {
        ObjectNode root = YAML.createObjectNode().put("name", "mlflow-env");
        root.putArray("channels").add("conda-forge");
        ObjectNode pip =
                root.putArray("dependencies").add("python=" + PYTHON).add("pip").addObject();
        for (String each : PACKAGES) {
            pip.withArray("pip").add(each);
        }
        return root;
    }

    private static byte[] yaml(ObjectNode node) {
        try {
            return YAML.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always written", e);
        }
    }

    /** Where an {@code MLmodel} says that its ONNX file lies; empty if it says nothing of one. */
    static Optional<String> onnxFile(byte[] mlmodel) {
        try {
            JsonNode data =
                    YAML.readTree(new String(mlmodel, StandardCharsets.UTF_8))
                            .at("/flavors/onnx/data");
            return data.isTextual() ? Optional.of(data.textValue()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
