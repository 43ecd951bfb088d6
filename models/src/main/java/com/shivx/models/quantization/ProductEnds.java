package com.shivx.models.quantization;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the products of a graph begin and end.
 *
 * @param inputs tensors that a product reads and no product stands before
 * @param outputs tensors that a product makes and no product stands behind
 */
record ProductEnds(Set<String> inputs, Set<String> outputs) {

    static ProductEnds of(GraphProto graph, List<Product> products) {
        Map<Integer, Product> byNode = new HashMap<>();
        products.forEach(product -> byNode.put(product.node(), product));
        return new ProductEnds(inputs(graph, byNode), outputs(graph, byNode));
    }

    /** Nodes stand in the order in which they compute, as ONNX asks. */
    private static Set<String> inputs(GraphProto graph, Map<Integer, Product> byNode) {
        Set<String> inputs = new LinkedHashSet<>();
        Set<String> behind = new HashSet<>();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            Product product = byNode.get(i);
            if (product != null && !behind.contains(product.input())) {
                inputs.add(product.input());
            }
            if (product != null || !Collections.disjoint(Names.readBy(node), behind)) {
                behind.addAll(node.getOutputList());
            }
        }
        return inputs;
    }

    private static Set<String> outputs(GraphProto graph, Map<Integer, Product> byNode) {
        Set<String> outputs = new LinkedHashSet<>();
        Set<String> before = new HashSet<>();
        for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
            NodeProto node = graph.getNode(i);
            Product product = byNode.get(i);
            if (product != null && !before.contains(product.output())) {
                outputs.add(product.output());
            }
            if (product != null || !Collections.disjoint(node.getOutputList(), before)) {
                before.addAll(Names.readBy(node));
            }
        }
        return outputs;
    }
}
