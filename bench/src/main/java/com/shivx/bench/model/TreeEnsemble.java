package com.shivx.bench.model;

import static com.shivx.models.graph.OnnxWriter.attribute;

import com.shivx.models.graph.OnnxWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Full binary trees with random splits and leaves, tree i for class i mod classes, as XGBoost's are
 * written in ONNX. A node splits at a random quantile of a random feature, so that rows like the
 * sample reach every leaf.
 */
final class TreeEnsemble {

    private final SampleVectors sample;
    private final int trees;
    private final int depth;
    private final int classes;
    private final SplittableRandom random;

    private final List<Long> treeIds = new ArrayList<>();
    private final List<Long> nodeIds = new ArrayList<>();
    private final List<Long> featureIds = new ArrayList<>();
    private final List<Float> values = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Long> trueIds = new ArrayList<>();
    private final List<Long> falseIds = new ArrayList<>();
    private final List<Long> missingTrue = new ArrayList<>();
    private final List<Long> leafTrees = new ArrayList<>();
    private final List<Long> leafNodes = new ArrayList<>();
    private final List<Long> leafClasses = new ArrayList<>();
    private final List<Float> leafWeights = new ArrayList<>();

    TreeEnsemble(SampleVectors sample, int trees, int depth, int classes, long seed) {
        this.sample = sample;
        this.trees = trees;
        this.depth = depth;
        this.classes = classes;
        random = new SplittableRandom(seed);
    }

    /** Adds the node; its output is one margin a class. */
    String addTo(OnnxWriter graph, String x) {
        float[][] quantiles = new float[sample.set().size()][];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = sample.sorted(i);
        }
        for (int tree = 0; tree < trees; tree++) {
            int splits = (1 << depth) - 1;
            for (int node = 0; node < splits; node++) {
                split(tree, node, quantiles);
            }
            for (int node = splits; node < 2 * splits + 1; node++) {
                leaf(tree, node);
            }
        }
        return graph.mlNode(
                        "TreeEnsembleRegressor",
                        List.of(x),
                        1,
                        attribute("n_targets", classes),
                        attribute("nodes_treeids", longs(treeIds)),
                        attribute("nodes_nodeids", longs(nodeIds)),
                        attribute("nodes_featureids", longs(featureIds)),
                        attribute("nodes_values", floats(values)),
                        attribute("nodes_modes", modes),
                        attribute("nodes_truenodeids", longs(trueIds)),
                        attribute("nodes_falsenodeids", longs(falseIds)),
                        attribute("nodes_missing_value_tracks_true", longs(missingTrue)),
                        attribute("target_treeids", longs(leafTrees)),
                        attribute("target_nodeids", longs(leafNodes)),
                        attribute("target_ids", longs(leafClasses)),
                        attribute("target_weights", floats(leafWeights)),
                        attribute("post_transform", "NONE"))
                .get(0);
    }

    private void split(int tree, int node, float[][] quantiles) {
        int feature = random.nextInt(quantiles.length);
        float[] of = quantiles[feature];
        node(tree, node, feature, of[(int) (of.length * random.nextDouble(0.2, 0.8))], "BRANCH_LT");
        trueIds.add(2L * node + 1);
        falseIds.add(2L * node + 2);
        missingTrue.add((long) random.nextInt(2));
    }

    private void leaf(int tree, int node) {
        node(tree, node, 0, 0, "LEAF");
        trueIds.add(0L);
        falseIds.add(0L);
        missingTrue.add(0L);
        leafTrees.add((long) tree);
        leafNodes.add((long) node);
        leafClasses.add((long) tree % classes);
        leafWeights.add((float) random.nextDouble(-0.05, 0.05));
    }

    private void node(int tree, int node, int feature, float value, String mode) {
        treeIds.add((long) tree);
        nodeIds.add((long) node);
        featureIds.add((long) feature);
        values.add(value);
        modes.add(mode);
    }

    private static long[] longs(List<Long> list) {
        return list.stream().mapToLong(Long::longValue).toArray();
    }

    private static float[] floats(List<Float> list) {
        float[] array = new float[list.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = list.get(i);
        }
        return array;
    }
}
