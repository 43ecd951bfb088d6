package com.shivx.models.training.xgboost;

import static com.shivx.models.graph.OnnxWriter.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.graph.TreeNodes;
import com.shivx.models.training.xgboost.TreeEnsemble.Objective;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes trees as an ONNX graph: one {@code TreeEnsembleRegressor}, and for classes a softmax over
 * its margins.
 *
 * <p>A split is {@code BRANCH_LT}, as XGBoost goes left below it and right at it; the {@code
 * BRANCH_LEQ} of other exporters breaks every row that hits a split. Two classes have the margins
 * (0, m): their softmax is (σ(−m), σ(m)), sums to 1, and treats each row by itself, whatever the
 * batch. All numbers are float32 on both sides.
 */
final class TreeGraph {

    private TreeGraph() {}

    /** The graph, whose metadata somebody else adds. */
    static OnnxWriter write(TreeEnsemble ensemble) {
        boolean binary = ensemble.objective() == Objective.BINARY;
        float[] base = binary ? new float[] {0, ensemble.base()[0]} : ensemble.base();
        OnnxWriter graph = new OnnxWriter("xgboost");
        String x = graph.input("features", DataType.FLOAT, OnnxWriter.OPEN, ensemble.columns());
        String margins = nodes(ensemble.trees(), binary).addTo(graph, x, base.length, base);
        String answers =
                ensemble.objective() == Objective.VALUE
                        ? margins
                        : graph.node("Softmax", List.of(margins), attribute("axis", 1));
        graph.output(answers, DataType.FLOAT, OnnxWriter.OPEN, base.length);
        return graph;
    }

    private static TreeNodes nodes(List<Tree> trees, boolean binary) {
        TreeNodes nodes = new TreeNodes();
        for (int i = 0; i < trees.size(); i++) {
            Tree tree = trees.get(i);
            int id = i;
            int output = binary ? 1 : tree.output();
            Map<Integer, Integer> numbers = numbers(tree);
            tree.visit(node -> add(nodes, tree, id, node, output, numbers));
        }
        return nodes;
    }

    /**
     * XGBoost leaves the numbers of pruned nodes out; ONNX Runtime refuses a number that is not
     * below the count of nodes there are.
     */
    private static Map<Integer, Integer> numbers(Tree tree) {
        Map<Integer, Integer> numbers = new HashMap<>();
        tree.visit(node -> numbers.put(node, numbers.size()));
        return numbers;
    }

    private static void add(
            TreeNodes nodes,
            Tree tree,
            int id,
            int node,
            int output,
            Map<Integer, Integer> numbers) {
        float condition = tree.conditions()[node];
        int number = numbers.getOrDefault(node, -1);
        if (tree.isLeaf(node)) {
            nodes.leaf(id, number, output, condition);
        } else {
            nodes.split(
                    id,
                    number,
                    tree.columns()[node],
                    condition,
                    numbers.getOrDefault(tree.left()[node], -1),
                    numbers.getOrDefault(tree.right()[node], -1),
                    tree.missingLeft()[node]);
        }
    }
}
