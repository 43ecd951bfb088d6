package com.shivx.models.quantization;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of a graph's tensors. */
final class Names {

    private Names() {}

    /** A beginning that no tensor of the graph has, nor of a branch inside it. */
    static String unused(GraphProto graph, String wish) {
        Set<String> used = new HashSet<>();
        collect(graph, used);
        String prefix = wish + "_";
        while (startsAny(used, prefix)) {
            prefix += "_";
        }
        return prefix;
    }

    private static boolean startsAny(Set<String> names, String prefix) {
        return names.stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** Every tensor that a node reads, in the graph or in a branch inside it, or that comes out. */
    static Set<String> read(GraphProto graph) {
        Set<String> read =
                graph.getOutputList().stream()
                        .map(ValueInfoProto::getName)
                        .collect(Collectors.toCollection(HashSet::new));
        graph.getNodeList().forEach(node -> read.addAll(readBy(node)));
        return read;
    }

    /** Every tensor that a node reads, or a branch inside it. */
    static Set<String> readBy(NodeProto node) {
        Set<String> read = new HashSet<>(node.getInputList());
        Operators.graphs(node).forEach(inner -> read.addAll(read(inner)));
        return read;
    }

    private static void collect(GraphProto graph, Set<String> names) {
        names.addAll(read(graph));
        graph.getInputList().stream().map(ValueInfoProto::getName).forEach(names::add);
        graph.getInitializerList().stream().map(TensorProto::getName).forEach(names::add);
        for (NodeProto node : graph.getNodeList()) {
            names.addAll(node.getOutputList());
            Operators.graphs(node).forEach(inner -> collect(inner, names));
        }
    }
}
