package com.shivx.models.testing;

import static com.shivx.models.graph.OnnxWriter.OPEN;
import static com.shivx.models.graph.OnnxWriter.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import com.shivx.models.graph.OnnxWriter;
import java.util.List;
import java.util.function.UnaryOperator;

/** Graphs that must not serve. */
public final class BadGraphs {

    private BadGraphs() {}

    public static byte[] edited(byte[] bytes, UnaryOperator<ModelProto.Builder> edit) {
        return edit.apply(Graphs.parse(bytes).toBuilder()).build().toByteArray();
    }

    public static byte[] withMetadata(byte[] bytes, String key, String value) {
        StringStringEntryProto entry =
                StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
        return edited(bytes, model -> model.addMetadataProps(entry));
    }

    public static ModelProto.Builder externalWeights(ModelProto.Builder model) {
        model.getGraphBuilder()
                .getInitializerBuilder(0)
                .addExternalData(
                        StringStringEntryProto.newBuilder()
                                .setKey("location")
                                .setValue("/etc/passwd"));
        return model;
    }

    public static ModelProto.Builder withoutInput(ModelProto.Builder model) {
        model.getGraphBuilder().clearInput();
        return model;
    }

    public static ModelProto.Builder sequenceInput(ModelProto.Builder model) {
        model.getGraphBuilder()
                .getInputBuilder(0)
                .setType(TypeProto.newBuilder().setSequenceType(TypeProto.Sequence.newBuilder()));
        return model;
    }

    public static ModelProto.Builder secondScores(ModelProto.Builder model) {
        model.getGraphBuilder()
                .addOutput(model.getGraph().getOutput(0).toBuilder().setName("more"));
        return model;
    }

    /** One input of that type and shape, which nothing else of the graph fits. */
    public static byte[] input(DataType type, long... shape) {
        OnnxWriter writer = new OnnxWriter("input");
        String x = writer.input("x", type, shape);
        writer.output(writer.node("Identity", List.of(x)), DataType.FLOAT, shape);
        return writer.toBytes();
    }

    /** Two inputs [N, 1] and [batch, width]. */
    public static byte[] twoInputs(long batch, long width) {
        OnnxWriter writer = new OnnxWriter("two");
        String a = writer.input("a", DataType.FLOAT, OPEN, 1);
        String b = writer.input("b", DataType.FLOAT, batch, width);
        writer.output(writer.node("Add", List.of(a, b)), DataType.FLOAT, OPEN, width);
        return writer.toBytes();
    }

    public static byte[] labelsAlone() {
        OnnxWriter writer = new OnnxWriter("labels");
        String x = writer.input("x", DataType.FLOAT, OPEN, 3);
        writer.output(
                writer.node("ArgMax", List.of(x), attribute("axis", 1)), DataType.INT64, OPEN, 1);
        return writer.toBytes();
    }

    /** One row for the whole batch. */
    public static byte[] total() {
        OnnxWriter writer = new OnnxWriter("total");
        String x = writer.input("x", DataType.FLOAT, OPEN, 3);
        String total = writer.node("ReduceMean", List.of(x), attribute("axes", new long[] {0}));
        writer.output(total, DataType.FLOAT, 1, 3);
        return writer.toBytes();
    }

    public static byte[] nan() {
        OnnxWriter writer = new OnnxWriter("nan");
        String x = writer.input("x", DataType.FLOAT, OPEN, 3);
        String zero = writer.node("Sub", List.of(x, x));
        writer.output(writer.node("Div", List.of(zero, zero)), DataType.FLOAT, OPEN, 3);
        return writer.toBytes();
    }

    /** Looks up a row that is not there, which only a call shows. */
    public static byte[] failing() {
        OnnxWriter writer = new OnnxWriter("failing");
        String x = writer.input("x", DataType.FLOAT, OPEN, 3);
        String all = writer.node("ReduceSum", List.of(x), attribute("keepdims", 0));
        String far = writer.node("Mul", List.of(all, writer.floats("million", new float[] {1e6f})));
        String index = writer.node("Cast", List.of(far), attribute("to", DataType.INT64_VALUE));
        String row = writer.node("Gather", List.of(x, index));
        writer.output(writer.node("Add", List.of(x, row)), DataType.FLOAT, OPEN, 3);
        return writer.toBytes();
    }
}
