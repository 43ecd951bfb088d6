package com.shivx.models.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.shivx.models.ModelRefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the file of a model says of it, read without running it.
 *
 * <p>The graph that is served gives one tensor of scores and at most one label, whatever else the
 * file's gives:
 *
 * <ul>
 *   <li>scikit-learn's exports end in ZipMap: a sequence with one map a row, which costs an object
 *       a class and row and cannot be written into a buffer of ours. Its input is the plain tensor
 *       [N, classes] with the same numbers, so the graph ends there and ZipMap is left out.
 *   <li>An output for each class is joined with the others into one tensor.
 *   <li>Other outputs, such as logits beside their probabilities, are left out.
 *   <li>The shape that a file declares for its scores is left out: old exports declare it wrongly,
 *       and the runtime would hold our buffers to it.
 *   <li>A version of the file format beyond the runtime's is lowered to it: exporters stamp the one
 *       they were released with, whatever the model uses.
 * </ul>
 *
 * @param bytes the graph to serve
 * @param inputs how rows are fed
 * @param scores name of the output that holds the scores
 * @param scoreType its element type, FLOAT or DOUBLE
 * @param scoreWidth scores a row as declared; 0 where the graph does not say. Only the trial run
 *     tells the truth
 * @param label the output that holds the predicted label; null without
 * @param labels the labels that the graph itself has for its classes
 * @param metadata the file's {@code metadata_props}
 */
public record ServingGraph(
        byte[] bytes,
        InputLayout inputs,
        String scores,
        ElementType scoreType,
        int scoreWidth,
        @Nullable LabelOutput label,
        Labels labels,
        Map<String, String> metadata) {

    /** The newest file format that ONNX Runtime 1.29 reads. */
    static final long MAX_IR_VERSION = 13;

    /** The newest of ONNX's own operators that it has. */
    static final long MAX_OPSET = 26;

    /** For the two operators that join columns, where a model has none of ONNX's own. */
    private static final long JOINING_OPSET = 13;

    private static final String JOINED = "shivx_scores";

    /**
     * Reads it.
     *
     * @throws ModelRefusedException if the file is no model, or gives no rows of scores
     */
    public static ServingGraph parse(byte[] bytes) throws ModelRefusedException {
        ModelProto model = parseProto(bytes);
        GraphProto graph = model.getGraph();
        ExternalData.refuse(model);
        checkOpset(model);
        Wiring wiring = new Wiring(graph);
        GraphOutputs outputs = GraphOutputs.of(graph, wiring);
        String label = outputs.label();
        Labels behindLabel = label == null ? Labels.NONE : wiring.labelsBehind(label);
        String scores = outputs.scores().size() == 1 ? outputs.scores().get(0) : JOINED;
        return new ServingGraph(
                serving(model, outputs, scores),
                InputLayout.of(fed(graph)),
                scores,
                outputs.type(),
                outputs.width(),
                label == null ? null : new LabelOutput(label, behindLabel.texts()),
                labels(outputs.zipMap(), behindLabel, wiring),
                metadata(model));
    }

    /** Newer operators may mean something else: they are not lowered. */
    private static void checkOpset(ModelProto model) throws ModelRefusedException {
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            if (isOnnx(opset) && opset.getVersion() > MAX_OPSET) {
                throw new ModelRefusedException(
                        "it is stamped opset "
                                + opset.getVersion()
                                + ", and ONNX Runtime 1.29 has the operators up to opset "
                                + MAX_OPSET,
                        "export it for opset " + MAX_OPSET + " or an older one");
            }
        }
    }

    private static boolean isOnnx(OperatorSetIdProto opset) {
        return opset.getDomain().isEmpty() || opset.getDomain().equals("ai.onnx");
    }

    private static Labels labels(@Nullable NodeProto zipMap, Labels behindLabel, Wiring wiring) {
        if (zipMap != null) {
            return Wiring.labels(zipMap);
        }
        return behindLabel.texts().isEmpty() ? wiring.onlyLabels() : behindLabel;
    }

    private static Map<String, String> metadata(ModelProto model) throws ModelRefusedException {
        Map<String, String> metadata = new HashMap<>();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            String before = metadata.put(entry.getKey(), entry.getValue());
            if (before != null && !before.equals(entry.getValue())) {
                throw new ModelRefusedException(
                        "metadata_props names "
                                + entry.getKey()
                                + " twice: "
                                + before
                                + " and "
                                + entry.getValue(),
                        "write it once");
            }
        }
        return metadata;
    }

    static ModelProto parseProto(byte[] bytes) throws ModelRefusedException {
        try {
            ModelProto model = ModelProto.parseFrom(bytes);
            if (model.hasGraph() && model.getGraph().getNodeCount() > 0) {
                return model;
            }
        } catch (InvalidProtocolBufferException e) {
            throw new ModelRefusedException(
                    "the file is no ONNX model, or only a part of one (" + e.getMessage() + ")",
                    "export or copy it again",
                    e);
        }
        throw new ModelRefusedException(
                "the file holds no ONNX graph", "export it as an ONNX model");
    }

    /** Inputs without those that are initializers, which old exports list among them. */
    private static List<ValueInfoProto> fed(GraphProto graph) {
        Set<String> initializers =
                graph.getInitializerList().stream()
                        .map(TensorProto::getName)
                        .collect(Collectors.toSet());
        return graph.getInputList().stream()
                .filter(i -> !initializers.contains(i.getName()))
                .toList();
    }

    private static byte[] serving(ModelProto model, GraphOutputs outputs, String scores) {
        ModelProto.Builder served = model.toBuilder();
        served.setIrVersion(Math.min(MAX_IR_VERSION, model.getIrVersion()));
        GraphProto.Builder graph = served.getGraphBuilder();
        if (outputs.zipMap() != null) {
            graph.removeNode(graph.getNodeList().indexOf(outputs.zipMap()));
        }
        graph.clearOutput();
        for (ValueInfoProto output : model.getGraph().getOutputList()) {
            if (output.getName().equals(outputs.label())) {
                graph.addOutput(output);
            }
        }
        graph.addOutput(
                ValueInfoProto.newBuilder().setName(scores).setType(outputs.type().withoutShape()));
        if (outputs.scores().size() > 1) {
            join(outputs.scores(), served);
        }
        return served.build().toByteArray();
    }

    /** [N] or [N, 1] for each class, to [N, classes]. */
    private static void join(List<String> columns, ModelProto.Builder model) {
        if (model.getOpsetImportList().stream().noneMatch(ServingGraph::isOnnx)) {
            model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(JOINING_OPSET));
        }
        String shape = JOINED + "_shape";
        GraphProto.Builder graph = model.getGraphBuilder();
        AttributeProto.Builder value =
                AttributeProto.newBuilder()
                        .setName("value")
                        .setType(AttributeProto.AttributeType.TENSOR)
                        .setT(
                                TensorProto.newBuilder()
                                        .setDataType(DataType.INT64_VALUE)
                                        .addDims(2)
                                        .addInt64Data(-1)
                                        .addInt64Data(1));
        graph.addNode(
                NodeProto.newBuilder().setOpType("Constant").addOutput(shape).addAttribute(value));
        NodeProto.Builder concat =
                NodeProto.newBuilder()
                        .setOpType("Concat")
                        .addOutput(JOINED)
                        .addAttribute(OnnxWriter.attribute("axis", 1));
        for (String column : columns) {
            String reshaped = JOINED + "_" + concat.getInputCount();
            graph.addNode(
                    NodeProto.newBuilder()
                            .setOpType("Reshape")
                            .addInput(column)
                            .addInput(shape)
                            .addOutput(reshaped));
            concat.addInput(reshaped);
        }
        graph.addNode(concat);
    }
}
