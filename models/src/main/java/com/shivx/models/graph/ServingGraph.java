package com.shivx.models.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.shivx.models.ModelRefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the file of a model says of it, read without running it.
 *
 * <p>scikit-learn's exports end in ZipMap: a sequence with one map a row, which costs an object a
 * class and row and cannot be written into a buffer of ours. Its input is the plain tensor [N,
 * classes] with the same numbers, so the graph that is served ends there and ZipMap is left out.
 * The shape that a file declares for its scores is left out too: old exports declare it wrongly,
 * and the runtime would hold our buffers to it.
 *
 * @param bytes the graph to serve
 * @param inputs how rows are fed
 * @param scores name of the output that holds the scores
 * @param scoreType its element type, FLOAT or DOUBLE
 * @param scoreWidth scores a row as declared; 0 where the graph does not say. Only the trial run
 *     tells the truth
 * @param label name of the output that holds the predicted label; null without
 * @param labels the labels that the graph itself has for its classes, in its order; empty where it
 *     names none
 * @param labelsAreNames whether those are texts, which name the classes, and not numbers
 * @param metadata the file's {@code metadata_props}
 */
public record ServingGraph(
        byte[] bytes,
        InputLayout inputs,
        String scores,
        ElementType scoreType,
        int scoreWidth,
        @Nullable String label,
        List<String> labels,
        boolean labelsAreNames,
        Map<String, String> metadata) {

    private static final String REMEDY =
            "export a classifier with its probabilities or a regressor with its one value";

    /**
     * Reads it.
     *
     * @throws ModelRefusedException if the file is no model, or gives no rows of scores
     */
    public static ServingGraph parse(byte[] bytes) throws ModelRefusedException {
        ModelProto model = parseProto(bytes);
        GraphProto graph = model.getGraph();
        refuseExternalData(model);
        Map<String, NodeProto> producers = new HashMap<>();
        graph.getNodeList()
                .forEach(n -> n.getOutputList().forEach(output -> producers.put(output, n)));

        Map<String, ElementType> scores = new LinkedHashMap<>();
        List<String> labelOutputs = new ArrayList<>();
        NodeProto zipMap = null;
        for (ValueInfoProto output : graph.getOutputList()) {
            NodeProto producer = producers.get(output.getName());
            ElementType type = ElementType.of(output.getType().getTensorType().getElemType());
            if (producer != null && producer.getOpType().equals("ZipMap")) {
                zipMap = producer;
                scores.put(producer.getInput(0), mapValues(output));
            } else if (type == ElementType.FLOAT || type == ElementType.DOUBLE) {
                scores.put(output.getName(), type);
            } else {
                labelOutputs.add(output.getName());
            }
        }
        if (scores.size() != 1 || labelOutputs.size() > 1) {
            throw new ModelRefusedException(
                    "outputs "
                            + graph.getOutputList().stream()
                                    .map(o -> o.getName() + " " + InputLayout.describe(o))
                                    .collect(Collectors.joining(", "))
                            + " are not one float tensor of scores with at most one label beside it",
                    REMEDY);
        }
        Map.Entry<String, ElementType> score = scores.entrySet().iterator().next();
        AttributeProto labels = zipMap == null ? onlyLabels(graph) : labels(zipMap);
        return new ServingGraph(
                endingIn(score.getKey(), score.getValue(), zipMap, model),
                InputLayout.of(fed(graph)),
                score.getKey(),
                score.getValue(),
                zipMap == null ? declaredWidth(graph, score.getKey()) : InputLayout.OPEN,
                labelOutputs.isEmpty() ? null : labelOutputs.get(0),
                labels == null ? List.of() : texts(labels),
                labels != null && labels.getStringsCount() > 0,
                metadata(model));
    }

    /**
     * What the maps hold, and so what ZipMap's input does. A map of doubles is one that the runtime
     * itself refuses.
     */
    private static ElementType mapValues(ValueInfoProto maps) {
        TypeProto value =
                maps.getType().getSequenceType().getElemType().getMapType().getValueType();
        ElementType type = ElementType.of(value.getTensorType().getElemType());
        return type == ElementType.DOUBLE ? type : ElementType.FLOAT;
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

    private static ModelProto parseProto(byte[] bytes) throws ModelRefusedException {
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

    private static int declaredWidth(GraphProto graph, String output) {
        TensorShapeProto shape =
                graph.getOutputList().stream()
                        .filter(o -> o.getName().equals(output))
                        .findFirst()
                        .orElseThrow()
                        .getType()
                        .getTensorType()
                        .getShape();
        if (shape.getDimCount() == 1) {
            return 1;
        }
        return shape.getDimCount() == 2
                ? (int) Math.max(InputLayout.OPEN, shape.getDim(1).getDimValue())
                : InputLayout.OPEN;
    }

    private static byte[] endingIn(
            String scores, ElementType type, @Nullable NodeProto zipMap, ModelProto model) {
        ModelProto.Builder served = model.toBuilder();
        GraphProto.Builder graph = served.getGraphBuilder();
        String output = zipMap == null ? scores : zipMap.getOutput(0);
        if (zipMap != null) {
            graph.removeNode(graph.getNodeList().indexOf(zipMap));
        }
        for (ValueInfoProto.Builder value : graph.getOutputBuilderList()) {
            if (value.getName().equals(output)) {
                value.setName(scores).setType(type.withoutShape());
            }
        }
        return served.build().toByteArray();
    }

    /** The class labels of the only node that has any; of several, none says whose they are. */
    private static @Nullable AttributeProto onlyLabels(GraphProto graph) {
        List<AttributeProto> found =
                graph.getNodeList().stream()
                        .map(ServingGraph::labels)
                        .filter(Objects::nonNull)
                        .toList();
        return found.size() == 1 ? found.get(0) : null;
    }

    private static @Nullable AttributeProto labels(NodeProto node) {
        return node.getAttributeList().stream()
                .filter(a -> a.getName().startsWith("classlabels_"))
                .filter(a -> a.getIntsCount() + a.getStringsCount() > 0)
                .findFirst()
                .orElse(null);
    }

    private static List<String> texts(AttributeProto labels) {
        return labels.getStringsCount() > 0
                ? labels.getStringsList().stream().map(ByteString::toStringUtf8).toList()
                : labels.getIntsList().stream().map(String::valueOf).toList();
    }

    /**
     * The runtime would read any file that such a tensor names, wherever in the model it stands.
     */
    private static void refuseExternalData(Message message) throws ModelRefusedException {
        if (message instanceof TensorProto tensor && tensor.getExternalDataCount() > 0) {
            throw new ModelRefusedException(
                    "tensor '" + tensor.getName() + "' lies outside the model's file",
                    "save the model as one file (save_as_external_data=False)");
        }
        for (Object value : message.getAllFields().values()) {
            for (Object element : value instanceof List<?> list ? list : List.of(value)) {
                if (element instanceof Message inner) {
                    refuseExternalData(inner);
                }
            }
        }
    }
}
