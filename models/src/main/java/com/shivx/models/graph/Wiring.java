package com.shivx.models.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What makes each tensor of a graph, and which labels stand behind it. */
final class Wiring {

    /** Operators that hand labels on, one for one. */
    private static final Set<String> HANDING_ON =
            Set.of("Cast", "Flatten", "Identity", "Reshape", "Squeeze", "Transpose", "Unsqueeze");

    /** Operators that look an index up in a list of labels. */
    private static final Set<String> LOOKING_UP = Set.of("ArrayFeatureExtractor", "Gather");

    private final Map<String, NodeProto> producers = new HashMap<>();
    private final Map<String, TensorProto> constants = new HashMap<>();

    Wiring(GraphProto graph) {
        graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
        for (NodeProto node : graph.getNodeList()) {
            node.getOutputList().forEach(output -> producers.put(output, node));
        }
    }

    /** The node that makes a tensor; null of an input or a constant. */
    @Nullable NodeProto producer(String tensor) {
        return producers.get(tensor);
    }

    /**
     * The labels that a tensor's values are taken from, in the order of their indices; empty where
     * the graph does not show it.
     */
    Labels labelsBehind(String output) {
        String tensor = output;
        // No more steps than nodes, should a broken graph run in a circle.
        for (int step = 0; step <= producers.size(); step++) {
            NodeProto node = producers.get(tensor);
            if (node == null || node.getInputCount() == 0) {
                return Labels.NONE;
            }
            Labels own = labels(node);
            if (!own.texts().isEmpty()) {
                return own;
            }
            if (LOOKING_UP.contains(node.getOpType())) {
                TensorProto list = constants.get(node.getInput(0));
                return list == null ? Labels.NONE : labels(list);
            }
            if (!HANDING_ON.contains(node.getOpType())) {
                return Labels.NONE;
            }
            tensor = node.getInput(0);
        }
        return Labels.NONE;
    }

    /** The class labels of the only node that has any; of several, none says whose they are. */
    Labels onlyLabels() {
        List<Labels> found =
                producers.values().stream()
                        .distinct()
                        .map(Wiring::labels)
                        .filter(labels -> !labels.texts().isEmpty())
                        .toList();
        return found.size() == 1 ? found.get(0) : Labels.NONE;
    }

    /** Those that a classifier or a ZipMap has among its attributes. */
    static Labels labels(NodeProto node) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getName().startsWith("classlabels_")) {
                if (attribute.getStringsCount() > 0) {
                    return new Labels(texts(attribute.getStringsList()), true);
                }
                if (attribute.getIntsCount() > 0) {
                    return Labels.ofNumbers(attribute.getIntsList());
                }
            }
        }
        return Labels.NONE;
    }

    private static Labels labels(TensorProto list) {
        List<Long> numbers = new ArrayList<>();
        ByteBuffer raw = list.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        switch (list.getDataType()) {
            case DataType.STRING_VALUE -> {
                return new Labels(texts(list.getStringDataList()), true);
            }
            case DataType.INT64_VALUE -> {
                numbers.addAll(list.getInt64DataList());
                while (raw.remaining() >= Long.BYTES) {
                    numbers.add(raw.getLong());
                }
            }
            case DataType.INT32_VALUE -> {
                list.getInt32DataList().forEach(number -> numbers.add(number.longValue()));
                while (raw.remaining() >= Integer.BYTES) {
                    numbers.add((long) raw.getInt());
                }
            }
            default -> {
                return Labels.NONE;
            }
        }
        return Labels.ofNumbers(numbers);
    }

    private static List<String> texts(List<ByteString> labels) {
        return labels.stream().map(ByteString::toStringUtf8).toList();
    }
}
