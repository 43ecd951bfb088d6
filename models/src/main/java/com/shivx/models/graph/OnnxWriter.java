package com.shivx.models.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes an ONNX graph node by node, in the order in which it computes. Every method that adds a
 * tensor returns its name, for the nodes that read it. The same calls give the same bytes: names
 * are counted, not drawn, and nothing holds a time.
 */
public final class OnnxWriter {

    /** A dimension that is left open. */
    public static final long OPEN = -1;

    /** IR 8 with opset 17 and ml 3: read by every ONNX Runtime since 1.12. */
    private static final long IR_VERSION = 8;

    private static final long OPSET = 17;
    private static final long ML_OPSET = 3;
    private static final String ML_DOMAIN = "ai.onnx.ml";

    private final GraphProto.Builder graph;
    private final TreeMap<String, String> metadata = new TreeMap<>();

    public OnnxWriter(String graphName) {
        graph = GraphProto.newBuilder().setName(graphName);
    }

    /** An input of the graph. */
    public String input(String name, TensorProto.DataType type, long... shape) {
        graph.addInput(value(name, type, shape));
        return name;
    }

    /** Makes a tensor an output of the graph. */
    public void output(String name, TensorProto.DataType type, long... shape) {
        graph.addOutput(value(name, type, shape));
    }

    /** A constant of floats in row-major order. */
    public String floats(String name, float[] values, long... shape) {
        TensorProto.Builder tensor = tensor(name, TensorProto.DataType.FLOAT, shape);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** A constant of whole numbers in row-major order. */
    public String longs(String name, long[] values, long... shape) {
        TensorProto.Builder tensor = tensor(name, TensorProto.DataType.INT64, shape);
        Arrays.stream(values).forEach(tensor::addInt64Data);
        graph.addInitializer(tensor);
        return name;
    }

    /** A node of ONNX's own operators with one output, whose name is returned. */
    public String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return add("", operator, inputs, 1, attributes).get(0);
    }

    /**
     * A node of the classical models' operators ({@code ai.onnx.ml}); the names of its outputs are
     * returned.
     */
    public List<String> mlNode(
            String operator, List<String> inputs, int outputs, AttributeProto... attributes) {
        return add(ML_DOMAIN, operator, inputs, outputs, attributes);
    }

    /** A property of the model, such as {@code shivx.columns}. */
    public OnnxWriter metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /** The model as a file holds it. */
    public byte[] toBytes() {
        ModelProto.Builder model =
                ModelProto.newBuilder()
                        .setIrVersion(IR_VERSION)
                        .setProducerName("shivx")
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                        .addOpsetImport(
                                OperatorSetIdProto.newBuilder()
                                        .setDomain(ML_DOMAIN)
                                        .setVersion(ML_OPSET))
                        .setGraph(graph);
        metadata.forEach(
                (key, value) ->
                        model.addMetadataProps(
                                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    public static AttributeProto attribute(String name, long value) {
        return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
    }

    public static AttributeProto attribute(String name, float value) {
        return attribute(name, AttributeProto.AttributeType.FLOAT).setF(value).build();
    }

    public static AttributeProto attribute(String name, String value) {
        return attribute(name, AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    public static AttributeProto attribute(String name, long[] values) {
        AttributeProto.Builder attribute = attribute(name, AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    public static AttributeProto attribute(String name, float[] values) {
        AttributeProto.Builder attribute = attribute(name, AttributeProto.AttributeType.FLOATS);
        for (float value : values) {
            attribute.addFloats(value);
        }
        return attribute.build();
    }

    public static AttributeProto attribute(String name, List<String> values) {
        AttributeProto.Builder attribute = attribute(name, AttributeProto.AttributeType.STRINGS);
        values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
        return attribute.build();
    }

    private static AttributeProto.Builder attribute(
            String name, AttributeProto.AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    private List<String> add(
            String domain,
            String operator,
            List<String> inputs,
            int outputs,
            AttributeProto... attributes) {
        String name = operator + "_" + graph.getNodeCount();
        NodeProto.Builder node =
                NodeProto.newBuilder()
                        .setName(name)
                        .setDomain(domain)
                        .setOpType(operator)
                        .addAllInput(inputs)
                        .addAllAttribute(List.of(attributes));
        for (int i = 0; i < outputs; i++) {
            node.addOutput(outputs == 1 ? name : name + "_" + i);
        }
        graph.addNode(node);
        return node.getOutputList();
    }

    private static TensorProto.Builder tensor(
            String name, TensorProto.DataType type, long... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        Arrays.stream(shape).forEach(tensor::addDims);
        return tensor;
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long size : shape) {
            dimensions.addDim(
                    size == OPEN
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam("N")
                            : TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(type.getNumber())
                                                .setShape(dimensions)))
                .build();
    }
}
