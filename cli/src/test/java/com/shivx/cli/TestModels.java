package com.shivx.cli;

import com.shivx.features.FeatureSets;
import com.shivx.models.contract.ContractMetadata;
import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.testing.BadGraphs;
import com.shivx.models.testing.Graphs;
import com.shivx.models.testing.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** ONNX files as somebody who trains models has them: they say themselves what they are. */
final class TestModels {

    private TestModels() {}

    /** A network of columns x0, x1, … whose file says itself what it is. */
    static Path network(Path folder, int columns, int... hidden) throws IOException {
        byte[] bytes = Networks.of(Networks.Layer.GEMM, columns, hidden).bytes();
        for (Map.Entry<String, String> said :
                ContractMetadata.of(Networks.contract(columns)).entrySet()) {
            bytes = BadGraphs.withMetadata(bytes, said.getKey(), said.getValue());
        }
        return Files.write(folder.resolve("network.onnx"), bytes);
    }

    /** The same of columns that the feature set market-v1 has, so that it can be registered. */
    static Path servedNetwork(Path folder, int columns, int... hidden) throws IOException {
        byte[] bytes = Networks.of(Networks.Layer.GEMM, columns, hidden).bytes();
        Map<String, String> said =
                Map.of(
                        "shivx.model",
                        "direction",
                        "shivx.version",
                        "1.0.0",
                        "shivx.columns",
                        String.join(",", served(columns)),
                        "shivx.classes",
                        "DOWN,FLAT,UP");
        for (Map.Entry<String, String> entry : said.entrySet()) {
            bytes = BadGraphs.withMetadata(bytes, entry.getKey(), entry.getValue());
        }
        return Files.write(folder.resolve("network.onnx"), bytes);
    }

    private static List<String> served(int columns) {
        return FeatureSets.byName("market-v1").features().stream()
                .limit(columns)
                .map(feature -> feature.name())
                .toList();
    }

    /** Rows of that. */
    static Path servedRows(Path folder, int count, int columns, @Nullable String label)
            throws IOException {
        Path file = rows(folder, count, columns, label);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(0, String.join(",", served(columns)) + (label == null ? "" : ",label"));
        return Files.write(file, lines);
    }

    /**
     * Rows of such a network as CSV.
     *
     * @param label what stands in the column of that name; null without one
     */
    static Path rows(Path folder, int count, int columns, @Nullable String label)
            throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", Networks.contract(columns).columns()));
        for (float[] row : Networks.rows(1, count, columns)) {
            StringJoiner line = new StringJoiner(",");
            for (float value : row) {
                line.add(Float.toString(value));
            }
            lines.add(line.toString());
        }
        if (label != null) {
            lines.replaceAll(line -> line + (line.startsWith("x0") ? ",label" : "," + label));
        }
        return Files.write(folder.resolve("rows.csv"), lines);
    }

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
