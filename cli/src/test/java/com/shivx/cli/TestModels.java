package com.shivx.cli;

import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.testing.Graphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** ONNX files as somebody who trains models has them: they say themselves what they are. */
final class TestModels {

    private TestModels() {}

    /**
     * A version of a model line, another file for each.
     *
     * @param folder for it
     */
    static Path version(Path folder, String model, String version) throws IOException {
        OnnxWriter writer =
                Graphs.softmax(3)
                        .metadata("shivx.model", model)
                        .metadata("shivx.version", version)
                        .metadata("shivx.columns", "log_return_1s,log_return_10s,log_return_60s")
                        .metadata("shivx.classes", "DOWN,FLAT,UP");
        return Files.write(folder.resolve("mine-" + version + ".onnx"), writer.toBytes());
    }
}
