package com.shivx.models.testing;

import static com.shivx.models.graph.OnnxWriter.OPEN;
import static com.shivx.models.graph.OnnxWriter.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.shivx.models.graph.OnnxWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small graphs of every shape that exporters write, and of some that must not serve. */
public final class Graphs {

    private Graphs() {}

    /** Softmax over (−s, 0, s), s the sum of the columns: DOWN, FLAT, UP. */
    public static OnnxWriter softmax(int columns) {
        return softmax(columns, OPEN);
    }

    public static OnnxWriter softmax(int columns, long batch) {
        OnnxWriter writer = new OnnxWriter("softmax");
        String x = writer.input("x", DataType.FLOAT, batch, columns);
        writer.output(softmax(writer, x, columns), DataType.FLOAT, batch, 3);
        return writer;
    }

    /** As {@link #softmax}, with 0 for a value that is missing. */
    public static OnnxWriter softmaxOfPresent(int columns) {
        OnnxWriter writer = new OnnxWriter("softmax-of-present");
        String x = writer.input("x", DataType.FLOAT, OPEN, columns);
        String zero = writer.floats("zero", new float[] {0});
        String present = writer.node("Where", List.of(writer.node("IsNaN", List.of(x)), zero, x));
        writer.output(softmax(writer, present, columns), DataType.FLOAT, OPEN, 3);
        return writer;
    }

    /** As {@link #softmax}, with its probabilities as [N, 3, 1]. */
    public static OnnxWriter deep(int columns) {
        OnnxWriter writer = new OnnxWriter("deep");
        String x = writer.input("x", DataType.FLOAT, OPEN, columns);
        String p = softmax(writer, x, columns);
        String axes = writer.longs("axes", new long[] {2}, 1);
        writer.output(writer.node("Unsqueeze", List.of(p, axes)), DataType.FLOAT, OPEN, 3, 1);
        return writer;
    }

    private static String softmax(OnnxWriter writer, String x, int columns) {
        float[] weights = new float[3 * columns];
        for (int i = 0; i < columns; i++) {
            weights[3 * i] = -1;
            weights[3 * i + 2] = 1;
        }
        String w = writer.floats("w", weights, columns, 3);
        return writer.node(
                "Softmax", List.of(writer.node("MatMul", List.of(x, w))), attribute("axis", 1));
    }

    /** As {@link #softmax}, with an input for each column, [N, 1] or [N]. */
    public static OnnxWriter perColumn(List<String> names, DataType type, int rank) {
        OnnxWriter writer = new OnnxWriter("per-column");
        String axes = writer.longs("axes", new long[] {1}, 1);
        List<String> columns = new ArrayList<>();
        for (String name : names) {
            String x =
                    rank == 1 ? writer.input(name, type, OPEN) : writer.input(name, type, OPEN, 1);
            String wide = rank == 1 ? writer.node("Unsqueeze", List.of(x, axes)) : x;
            columns.add(writer.node("Cast", List.of(wide), attribute("to", DataType.FLOAT_VALUE)));
        }
        String x = writer.node("Concat", columns, attribute("axis", 1));
        writer.output(softmax(writer, x, names.size()), DataType.FLOAT, OPEN, 3);
        return writer;
    }

    /** As {@link #softmax} in double from end to end. */
    public static OnnxWriter doubles(int columns) {
        OnnxWriter writer = new OnnxWriter("doubles");
        String x = writer.input("x", DataType.DOUBLE, OPEN, columns);
        String narrow = writer.node("Cast", List.of(x), attribute("to", DataType.FLOAT_VALUE));
        String p = softmax(writer, narrow, columns);
        String wide = writer.node("Cast", List.of(p), attribute("to", DataType.DOUBLE_VALUE));
        writer.output(wide, DataType.DOUBLE, OPEN, 3);
        return writer;
    }

    /**
     * The sum of the columns through an operator without parameters, such as Sigmoid, Identity or
     * Sqrt.
     */
    public static OnnxWriter sum(int columns, String operator) {
        OnnxWriter writer = new OnnxWriter("sum");
        String x = writer.input("x", DataType.FLOAT, OPEN, columns);
        float[] ones = new float[columns];
        Arrays.fill(ones, 1);
        String w = writer.floats("w", ones, columns, 1);
        String s = writer.node(operator, List.of(writer.node("MatMul", List.of(x, w))));
        writer.output(s, DataType.FLOAT, OPEN, 1);
        return writer;
    }

    /** One node over [N, columns] that keeps the shape. */
    public static OnnxWriter shaped(int columns, String operator, AttributeProto... attributes) {
        OnnxWriter writer = new OnnxWriter(operator);
        String x = writer.input("x", DataType.FLOAT, OPEN, columns);
        writer.output(writer.node(operator, List.of(x), attributes), DataType.FLOAT, OPEN, columns);
        return writer;
    }

    /** Three decision scores, and the label of the highest, or of the lowest. */
    public static byte[] labelled(String argument, DataType type) {
        OnnxWriter writer = new OnnxWriter("labelled");
        String x = writer.input("x", DataType.FLOAT, OPEN, 3);
        writer.output(writer.node("Identity", List.of(x)), DataType.FLOAT, OPEN, 3);
        String label = writer.node(argument, List.of(x), attribute("axis", 1));
        writer.output(
                writer.node("Cast", List.of(label), attribute("to", type.getNumber())),
                type,
                OPEN,
                1);
        return writer.toBytes();
    }

    /** Every value less its mean over the batch: a row's answer depends on its company. */
    public static OnnxWriter lessBatchMean(int columns) {
        OnnxWriter writer = new OnnxWriter("less-batch-mean");
        String x = writer.input("x", DataType.FLOAT, OPEN, columns);
        String mean = writer.node("ReduceMean", List.of(x), attribute("axes", new long[] {0}));
        writer.output(writer.node("Sub", List.of(x, mean)), DataType.FLOAT, OPEN, columns);
        return writer;
    }

    /** As scikit-learn exports a classifier: a label, and a map of probabilities for each row. */
    public static byte[] zipMap(int columns, List<String> labels) {
        OnnxWriter writer = new OnnxWriter("zip-map");
        String x = writer.input("x", DataType.FLOAT, OPEN, columns);
        String p = softmax(writer, x, columns);
        String label =
                writer.node("ArgMax", List.of(p), attribute("axis", 1), attribute("keepdims", 0));
        String maps =
                writer.mlNode("ZipMap", List.of(p), 1, attribute("classlabels_strings", labels))
                        .get(0);
        writer.output(label, DataType.INT64, OPEN);
        writer.output(maps, DataType.FLOAT);
        ModelProto.Builder model = parse(writer.toBytes()).toBuilder();
        TypeProto.Map.Builder map =
                TypeProto.Map.newBuilder()
                        .setKeyType(DataType.STRING_VALUE)
                        .setValueType(
                                TypeProto.newBuilder()
                                        .setTensorType(
                                                TypeProto.Tensor.newBuilder()
                                                        .setElemType(DataType.FLOAT_VALUE)));
        model.getGraphBuilder()
                .getOutputBuilder(1)
                .setType(
                        TypeProto.newBuilder()
                                .setSequenceType(
                                        TypeProto.Sequence.newBuilder()
                                                .setElemType(
                                                        TypeProto.newBuilder().setMapType(map))));
        return model.build().toByteArray();
    }

    /**
     * As gradient boosting libraries export: labels that are numbers, and probabilities as a
     * tensor.
     */
    public static byte[] treeClassifier() {
        OnnxWriter writer = new OnnxWriter("trees");
        String x = writer.input("x", DataType.FLOAT, OPEN, 1);
        List<String> outputs =
                writer.mlNode(
                        "TreeEnsembleClassifier",
                        List.of(x),
                        2,
                        attribute("classlabels_int64s", new long[] {0, 1}),
                        attribute("class_ids", new long[] {0, 1, 0, 1}),
                        attribute("class_nodeids", new long[] {1, 1, 2, 2}),
                        attribute("class_treeids", new long[4]),
                        attribute("class_weights", new float[] {0.75f, 0.25f, 0.5f, 0.5f}),
                        attribute("nodes_falsenodeids", new long[] {2, 0, 0}),
                        attribute("nodes_featureids", new long[3]),
                        attribute("nodes_modes", List.of("BRANCH_LT", "LEAF", "LEAF")),
                        attribute("nodes_nodeids", new long[] {0, 1, 2}),
                        attribute("nodes_treeids", new long[3]),
                        attribute("nodes_truenodeids", new long[] {1, 0, 0}),
                        attribute("nodes_values", new float[] {0.5f, 0, 0}),
                        attribute("post_transform", "NONE"));
        writer.output(outputs.get(0), DataType.INT64, OPEN);
        writer.output(outputs.get(1), DataType.FLOAT, OPEN, 2);
        return writer.toBytes();
    }

    /**
     * Gives a batch back unchanged, after a million million rounds for each unit of its highest
     * value.
     */
    public static OnnxWriter busy(int columns) {
        return busy(columns, 1, false);
    }

    /** As {@link #busy(int)}, for each whole such number: below it, it answers at once. */
    public static OnnxWriter busyFrom(int columns, float unit) {
        return busy(columns, unit, true);
    }

    private static OnnxWriter busy(int columns, float unit, boolean wholeUnits) {
        OnnxWriter body = new OnnxWriter("body");
        body.input("round", DataType.INT64);
        String on = body.input("on", DataType.BOOL);
        String state = body.input("state", DataType.FLOAT, OPEN, columns);
        body.output(body.node("Identity", List.of(on)), DataType.BOOL);
        body.output(
                body.node("Neg", List.of(body.node("Neg", List.of(state)))),
                DataType.FLOAT,
                OPEN,
                columns);
        AttributeProto loop =
                AttributeProto.newBuilder()
                        .setName("body")
                        .setType(AttributeProto.AttributeType.GRAPH)
                        .setG(parse(body.toBytes()).getGraph())
                        .build();
        OnnxWriter writer = new OnnxWriter("busy");
        String x = writer.input("x", DataType.FLOAT, OPEN, columns);
        String high = writer.node("ReduceMax", List.of(x), attribute("keepdims", 0));
        String units = writer.node("Div", List.of(high, writer.floats("unit", new float[] {unit})));
        String whole = wholeUnits ? writer.node("Floor", List.of(units)) : units;
        String rounds =
                writer.node("Mul", List.of(whole, writer.floats("many", new float[] {1e12f})));
        String trips = writer.node("Cast", List.of(rounds), attribute("to", DataType.INT64_VALUE));
        writer.output(
                writer.node("Loop", List.of(trips, "", x), loop), DataType.FLOAT, OPEN, columns);
        return writer;
    }

    public static ModelProto parse(byte[] bytes) {
        try {
            return ModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
