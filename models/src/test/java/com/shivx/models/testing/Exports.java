package com.shivx.models.testing;

import static com.shivx.models.graph.OnnxWriter.OPEN;
import static com.shivx.models.graph.OnnxWriter.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.shivx.models.graph.OnnxWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Graphs as exporters write them by default or by an option that many set: each shape was seen in a
 * model exported for this project, and is made here by hand.
 */
public final class Exports {

    private Exports() {}

    /** As {@link Graphs#softmax}, with an output [N] or [N, 1] for each class and no other. */
    public static byte[] columns(int columns, int rank, List<String> outputs) {
        OnnxWriter writer = Graphs.softmax(columns);
        String p = "Softmax_1";
        for (int i = 0; i < outputs.size(); i++) {
            String index =
                    rank == 1
                            ? writer.longs("i" + i, new long[] {i})
                            : writer.longs("i" + i, new long[] {i}, 1);
            String column = writer.node("Gather", List.of(p, index), attribute("axis", 1));
            if (rank == 1) {
                writer.output(column, DataType.FLOAT, OPEN);
            } else {
                writer.output(column, DataType.FLOAT, OPEN, 1);
            }
        }
        return BadGraphs.edited(
                writer.toBytes(),
                model -> {
                    model.getGraphBuilder().removeOutput(0);
                    for (int i = 0; i < outputs.size(); i++) {
                        rename(model.getGraphBuilder(), i, outputs.get(i));
                    }
                    return model;
                });
    }

    private static void rename(GraphProto.Builder graph, int output, String name) {
        String old = graph.getOutput(output).getName();
        graph.getOutputBuilder(output).setName(name);
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            for (int i = 0; i < node.getOutputCount(); i++) {
                if (node.getOutput(i).equals(old)) {
                    node.setOutput(i, name);
                }
            }
        }
    }

    /** As {@link Graphs#softmax}, with its logits before its probabilities, both called so. */
    public static byte[] logitsAndProbabilities(int columns) {
        OnnxWriter writer = Graphs.softmax(columns);
        writer.output("MatMul_0", DataType.FLOAT, OPEN, 3);
        return BadGraphs.edited(
                writer.toBytes(),
                model -> {
                    rename(model.getGraphBuilder(), 0, "probabilities");
                    return model;
                });
    }

    /** As {@link Graphs#softmax} of one row without a dimension for rows: [F] to [3]. */
    public static byte[] oneRow(int columns) {
        OnnxWriter writer = new OnnxWriter("one-row");
        String x = writer.input("x", DataType.FLOAT, columns);
        String s = writer.node("ReduceSum", List.of(x), attribute("keepdims", 1));
        String w = writer.floats("w", new float[] {-1, 0, 1}, 3);
        String p =
                writer.node(
                        "Softmax",
                        List.of(writer.node("Mul", List.of(s, w))),
                        attribute("axis", 0));
        writer.output(p, DataType.FLOAT, 3);
        return writer.toBytes();
    }

    /** As {@link Graphs#softmax} over single steps [N, 1, F], or over channels [N, F, 1]. */
    public static byte[] deepInput(int columns, boolean steps) {
        OnnxWriter writer = new OnnxWriter("deep-input");
        String x =
                steps
                        ? writer.input("x", DataType.FLOAT, OPEN, 1, columns)
                        : writer.input("x", DataType.FLOAT, OPEN, columns, 1);
        String axes = writer.longs("axes", new long[] {1, 2}, 2);
        String s = writer.node("ReduceSum", List.of(x, axes), attribute("keepdims", 0));
        String wide = writer.node("Unsqueeze", List.of(s, writer.longs("last", new long[] {1}, 1)));
        String w = writer.floats("w", new float[] {-1, 0, 1}, 1, 3);
        String p =
                writer.node(
                        "Softmax",
                        List.of(writer.node("MatMul", List.of(wide, w))),
                        attribute("axis", 1));
        writer.output(p, DataType.FLOAT, OPEN, 3);
        return writer.toBytes();
    }

    /** As {@link Graphs#softmax} over inputs of these widths. */
    public static byte[] wideInputs(int... widths) {
        OnnxWriter writer = new OnnxWriter("wide-inputs");
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            parts.add(writer.input("part" + i, DataType.FLOAT, OPEN, widths[i]));
        }
        String x = writer.node("Concat", parts, attribute("axis", 1));
        String axes = writer.longs("axes", new long[] {1}, 1);
        String s = writer.node("ReduceSum", List.of(x, axes), attribute("keepdims", 1));
        String w = writer.floats("w", new float[] {-1, 0, 1}, 1, 3);
        String p =
                writer.node(
                        "Softmax",
                        List.of(writer.node("MatMul", List.of(s, w))),
                        attribute("axis", 1));
        writer.output(p, DataType.FLOAT, OPEN, 3);
        return writer.toBytes();
    }

    /**
     * As {@link Graphs#softmax}, with a label that is looked up in a list among the constants, as
     * scikit-learn's exports without ZipMap have it.
     */
    public static byte[] lookedUp(int columns, TensorProto list) {
        OnnxWriter writer = Graphs.softmax(columns);
        String index = writer.node("ArgMax", List.of("Softmax_1"), attribute("axis", 1));
        String found =
                writer.mlNode("ArrayFeatureExtractor", List.of(list.getName(), index), 1).get(0);
        String shape = writer.longs("flat", new long[] {-1}, 1);
        String label = writer.node("Reshape", List.of(found, shape));
        writer.output(label, DataType.forNumber(list.getDataType()), OPEN);
        return BadGraphs.edited(
                writer.toBytes(),
                model -> {
                    model.getGraphBuilder().addInitializer(list);
                    return model;
                });
    }

    /** A list of labels for {@link #lookedUp}. */
    public static TensorProto texts(String... labels) {
        TensorProto.Builder list = list(DataType.STRING, labels.length);
        for (String label : labels) {
            list.addStringData(ByteString.copyFromUtf8(label));
        }
        return list.build();
    }

    /** A list of labels for {@link #lookedUp}, INT64 or INT32, in the field of its type or raw. */
    public static TensorProto numbers(DataType type, boolean raw, int... labels) {
        TensorProto.Builder list = list(type, labels.length);
        ByteBuffer bytes = ByteBuffer.allocate(8 * labels.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int label : labels) {
            if (type == DataType.INT64 && raw) {
                bytes.putLong(label);
            } else if (type == DataType.INT64) {
                list.addInt64Data(label);
            } else if (raw) {
                bytes.putInt(label);
            } else {
                list.addInt32Data(label);
            }
        }
        return raw ? list.setRawData(ByteString.copyFrom(bytes.flip())).build() : list.build();
    }

    private static TensorProto.Builder list(DataType type, int count) {
        return TensorProto.newBuilder()
                .setName("labels")
                .setDataType(type.getNumber())
                .addDims(count);
    }

    /**
     * A support vector machine of one column that gives what its pairs of classes decide, and the
     * label of most votes: the first class below −1, the third above 1. The highest number is
     * always the third.
     *
     * @param labels {@code classlabels_strings} or {@code classlabels_ints}
     */
    public static byte[] oneAgainstOne(List<String> labels, boolean texts) {
        OnnxWriter writer = new OnnxWriter("one-against-one");
        String x = writer.input("x", DataType.FLOAT, OPEN, 1);
        List<String> outputs =
                writer.mlNode(
                        "SVMClassifier",
                        List.of(x),
                        2,
                        texts
                                ? attribute("classlabels_strings", labels)
                                : attribute(
                                        "classlabels_ints",
                                        labels.stream().mapToLong(Long::parseLong).toArray()),
                        attribute("kernel_type", "LINEAR"),
                        attribute("kernel_params", new float[] {1, 0, 3}),
                        attribute("post_transform", "NONE"),
                        attribute("vectors_per_class", new long[] {1, 1, 1}),
                        attribute("support_vectors", new float[] {-1, 1, 1}),
                        attribute("coefficients", new float[] {1, 0, 0, 1, -1, 0}),
                        // Of the pairs 0-1, 0-2, 1-2: -x - 1, -x, -x + 1; above 0 the first.
                        attribute("rho", new float[] {-1, 0, 1}));
        writer.output(outputs.get(0), texts ? DataType.STRING : DataType.INT64, OPEN);
        writer.output(outputs.get(1), DataType.FLOAT, OPEN, 3);
        return writer.toBytes();
    }

    /**
     * Moves the constants of a model into a file beside it, as PyTorch does.
     *
     * @return the model's file
     */
    public static Path saveApart(byte[] bytes, Path folder) throws IOException {
        ModelProto.Builder model = Graphs.parse(bytes).toBuilder();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
            ByteBuffer raw =
                    ByteBuffer.allocate(tensor.getFloatDataCount() * Float.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN);
            tensor.getFloatDataList().forEach(raw::putFloat);
            tensor.clearFloatData()
                    .setDataLocation(DataLocation.EXTERNAL)
                    .addExternalData(entry("location", "m.onnx.data"))
                    .addExternalData(entry("offset", String.valueOf(data.size())))
                    .addExternalData(entry("length", String.valueOf(raw.capacity())));
            data.write(raw.array());
        }
        Files.write(folder.resolve("m.onnx.data"), data.toByteArray());
        return Files.write(folder.resolve("m.onnx"), model.build().toByteArray());
    }

    public static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
