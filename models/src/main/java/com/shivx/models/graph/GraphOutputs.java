package com.shivx.models.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.shivx.models.ModelRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which outputs of a graph hold the scores, and which the label.
 *
 * @param scores one tensor with a row of scores for each row; or a tensor of one score a row for
 *     each class, in the order of the classes
 * @param type their element type, FLOAT or DOUBLE
 * @param width scores a row as declared; 0 where the graph does not say
 * @param label the label; null without
 * @param zipMap the node that makes maps of the scores; null without
 */
record GraphOutputs(
        List<String> scores,
        ElementType type,
        int width,
        @Nullable String label,
        @Nullable NodeProto zipMap) {

    private static final String REMEDY =
            "export a classifier with its probabilities or a regressor with its one value; of several"
                    + " outputs call that of the probabilities 'probabilities'";

    /** What labels can be; an output of anything else is left out. */
    private static final Set<Integer> LABEL_TYPES =
            Set.of(
                    DataType.STRING_VALUE,
                    DataType.INT64_VALUE,
                    DataType.INT32_VALUE,
                    DataType.BOOL_VALUE);

    private record Candidate(String name, ElementType type, int width) {}

    static GraphOutputs of(GraphProto graph, Wiring wiring) throws ModelRefusedException {
        List<Candidate> floats = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        NodeProto zipMap = null;
        for (ValueInfoProto output : graph.getOutputList()) {
            NodeProto producer = wiring.producer(output.getName());
            ElementType type = ElementType.of(output.getType().getTensorType().getElemType());
            if (producer != null && producer.getOpType().equals("ZipMap")) {
                zipMap = producer;
                floats.add(
                        new Candidate(producer.getInput(0), mapValues(output), InputLayout.OPEN));
            } else if (type == ElementType.FLOAT || type == ElementType.DOUBLE) {
                floats.add(new Candidate(output.getName(), type, width(output)));
            } else if (LABEL_TYPES.contains(output.getType().getTensorType().getElemType())) {
                labels.add(output.getName());
            }
        }
        List<Candidate> scores = scores(floats);
        if (scores.isEmpty() || labels.size() > 1) {
            throw new ModelRefusedException(
                    "outputs "
                            + graph.getOutputList().stream()
                                    .map(o -> o.getName() + " " + InputLayout.describe(o))
                                    .collect(Collectors.joining(", "))
                            + reason(floats, labels),
                    REMEDY);
        }
        return new GraphOutputs(
                scores.stream().map(Candidate::name).toList(),
                scores.get(0).type(),
                scores.size() > 1 ? scores.size() : scores.get(0).width(),
                labels.isEmpty() ? null : labels.get(0),
                zipMap);
    }

    private static String reason(List<Candidate> floats, List<String> labels) {
        if (floats.isEmpty()) {
            return " hold no scores of float or double";
        }
        return labels.size() > 1
                ? " do not say which is the label"
                : " do not say which holds the scores";
    }

    /** The only one; of several the one called probabilities, or all if each is a column. */
    private static List<Candidate> scores(List<Candidate> floats) {
        if (floats.size() == 1) {
            return floats;
        }
        List<Candidate> named =
                floats.stream()
                        .filter(f -> f.name().toLowerCase(Locale.ROOT).contains("prob"))
                        .toList();
        if (named.size() == 1) {
            return named;
        }
        boolean columns =
                floats.stream().allMatch(f -> f.width() == 1)
                        && floats.stream().map(Candidate::type).distinct().count() == 1;
        return columns ? floats : List.of();
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

    private static int width(ValueInfoProto output) {
        List<Long> sizes =
                output.getType().getTensorType().getShape().getDimList().stream()
                        .map(d -> Math.max(InputLayout.OPEN, d.getDimValue()))
                        .toList();
        return switch (sizes.size()) {
            case 1 -> 1;
            case 2 -> sizes.get(1).intValue();
            default -> InputLayout.OPEN;
        };
    }
}
