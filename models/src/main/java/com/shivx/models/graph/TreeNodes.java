package com.shivx.models.graph;

import static com.shivx.models.graph.OnnxWriter.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Collects the nodes of trees for one {@code TreeEnsembleRegressor}, whose answer is the sum of the
 * leaves that a row comes to, by output. A tree's nodes follow each other, its root first.
 *
 * <p>A split is {@code BRANCH_LT}: below the threshold to one side, at it and above to the other.
 */
public final class TreeNodes {

    private final List<Long> treeIds = new ArrayList<>();
    private final List<Long> nodeIds = new ArrayList<>();
    private final List<Long> columns = new ArrayList<>();
    private final List<Float> thresholds = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Long> trueIds = new ArrayList<>();
    private final List<Long> falseIds = new ArrayList<>();
    private final List<Long> missingTrue = new ArrayList<>();
    private final List<Long> leafTrees = new ArrayList<>();
    private final List<Long> leafNodes = new ArrayList<>();
    private final List<Long> leafOutputs = new ArrayList<>();
    private final List<Float> leafWeights = new ArrayList<>();

    /**
     * A node that compares.
     *
     * @param below the node for a value below the threshold
     * @param otherwise the node for any other
     * @param missingBelow whether a missing value goes with those below
     */
    public void split(
            long tree,
            long node,
            long column,
            float threshold,
            long below,
            long otherwise,
            boolean missingBelow) {
        node(tree, node, column, threshold, "BRANCH_LT");
        trueIds.add(below);
        falseIds.add(otherwise);
        missingTrue.add(missingBelow ? 1L : 0L);
    }

    /**
     * A node that ends a row's way.
     *
     * @param output what it adds to
     * @param weight what it adds
     */
    public void leaf(long tree, long node, long output, float weight) {
        node(tree, node, 0, 0, "LEAF");
        trueIds.add(0L);
        falseIds.add(0L);
        missingTrue.add(0L);
        leafTrees.add(tree);
        leafNodes.add(node);
        leafOutputs.add(output);
        leafWeights.add(weight);
    }

    /**
     * Adds the ensemble; the name of its output is returned.
     *
     * @param outputs numbers a row
     * @param base what each output begins with; without any, with 0
     */
    public String addTo(OnnxWriter graph, String x, int outputs, float... base) {
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(attribute("n_targets", outputs));
        if (base.length > 0) {
            attributes.add(attribute("base_values", base));
        }
        attributes.add(attribute("nodes_treeids", longs(treeIds)));
        attributes.add(attribute("nodes_nodeids", longs(nodeIds)));
        attributes.add(attribute("nodes_featureids", longs(columns)));
        attributes.add(attribute("nodes_values", floats(thresholds)));
        attributes.add(attribute("nodes_modes", modes));
        attributes.add(attribute("nodes_truenodeids", longs(trueIds)));
        attributes.add(attribute("nodes_falsenodeids", longs(falseIds)));
        attributes.add(attribute("nodes_missing_value_tracks_true", longs(missingTrue)));
        attributes.add(attribute("target_treeids", longs(leafTrees)));
        attributes.add(attribute("target_nodeids", longs(leafNodes)));
        attributes.add(attribute("target_ids", longs(leafOutputs)));
        attributes.add(attribute("target_weights", floats(leafWeights)));
        attributes.add(attribute("post_transform", "NONE"));
        AttributeProto[] array = attributes.toArray(AttributeProto[]::new);
        return graph.mlNode("TreeEnsembleRegressor", List.of(x), 1, array).get(0);
    }

    private void node(long tree, long node, long column, float value, String mode) {
        treeIds.add(tree);
        nodeIds.add(node);
        columns.add(column);
        thresholds.add(value);
        modes.add(mode);
    }

    private static long[] longs(List<Long> list) {
        return list.stream().flatMapToLong(LongStream::of).toArray();
    }

    private static float[] floats(List<Float> list) {
        float[] array = new float[list.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = list.get(i);
        }
        return array;
    }
}
