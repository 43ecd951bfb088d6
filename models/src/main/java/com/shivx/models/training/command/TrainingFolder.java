package com.shivx.models.training.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.training.Rows;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What another program gets to learn from, in a folder of its own that is gone afterwards:
 *
 * <pre>{@code
 * task.json          {"format": 1, "task": "classification", "columns": ["queue_imbalance", …],
 *                     "classes": ["DOWN", "FLAT", "UP"], "seed": 7, "parameters": {"epochs": "5"},
 *                     "fit": {"rows": 9000, "features": "fit-features.npy", "targets": "fit-targets.npy"},
 *                     "stop": {"rows": 3000, "features": "stop-features.npy", "targets": "stop-targets.npy"},
 *                     "output": "model.onnx"}
 * fit-features.npy   float32, rows × columns, NaN where missing; to be learned from
 * fit-targets.npy    float32, the index of the class, or the value
 * stop-*.npy         the same of the later span, for early stopping alone
 * model.onnx         what it writes: one input [N, columns], one output [N, classes] or [N, 1]
 * }</pre>
 *
 * <p>The files have NumPy's format, since Python is what such programs are written in.
 */
final class TrainingFolder implements AutoCloseable {

    static final String OUTPUT = "model.onnx";

    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;

    private TrainingFolder(Path path) {
        this.path = path;
    }

    static TrainingFolder write(TrainingTask task, Rows fit, Rows stop) throws TrainingException {
        try {
            TrainingFolder folder =
                    new TrainingFolder(Files.createTempDirectory("shivx-training-"));
            try {
                folder.fill(task, fit, stop);
                return folder;
            } catch (IOException | RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw new TrainingException(
                    "the rows cannot be written for the command: " + e,
                    "make room in " + System.getProperty("java.io.tmpdir"),
                    e);
        }
    }

    Path path() {
        return path;
    }

    /** Where the model is to be. */
    Path output() {
        return path.resolve(OUTPUT);
    }

    private void fill(TrainingTask task, Rows fit, Rows stop) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("task", task.task().name().toLowerCase(Locale.ROOT));
        fit.columns().forEach(root.putArray("columns")::add);
        task.classes().forEach(root.putArray("classes")::add);
        root.put("seed", task.seed());
        task.parameters().forEach(root.putObject("parameters")::put);
        span(root.putObject("fit"), "fit", fit);
        span(root.putObject("stop"), "stop", stop);
        root.put("output", OUTPUT);
        Files.writeString(path.resolve("task.json"), root.toPrettyString() + "\n");
    }

    private void span(ObjectNode node, String name, Rows rows) throws IOException {
        String features = name + "-features.npy";
        String targets = name + "-targets.npy";
        node.put("rows", rows.count()).put("features", features).put("targets", targets);
        String shape = "(" + rows.count() + ", " + rows.width() + ")";
        NpyFile.write(path.resolve(features), shape, rows.values());
        NpyFile.write(path.resolve(targets), "(" + rows.count() + ",)", rows.targets());
    }

    /** Deletes it with all that the program left in it; what cannot be deleted is left. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It lies in the folder for temporary files, and no model depends on it.
        }
    }
}
