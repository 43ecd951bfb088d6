package com.shivx.bench.model;

import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.graph.TreeNodes;
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
    private final TreeNodes nodes = new TreeNodes();

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
        return nodes.addTo(graph, x, classes);
    }

    private void split(int tree, int node, float[][] quantiles) {
        int feature = random.nextInt(quantiles.length);
        float[] of = quantiles[feature];
        float threshold = of[(int) (of.length * random.nextDouble(0.2, 0.8))];
        boolean missingBelow = random.nextInt(2) == 1;
        nodes.split(tree, node, feature, threshold, 2L * node + 1, 2L * node + 2, missingBelow);
    }

    private void leaf(int tree, int node) {
        nodes.leaf(tree, node, tree % classes, (float) random.nextDouble(-0.05, 0.05));
    }
}
