package com.shivx.models.training.xgboost;

/**
 * One tree as XGBoost writes it: node 0 is the root, and a node without a left child is a leaf.
 *
 * @param output the class that its leaves add to
 * @param left the child of a value below the split; −1 of a leaf
 * @param right the child of any other value; −1 of a leaf
 * @param columns the column that is compared
 * @param conditions what it is compared with; of a leaf, what it adds
 * @param missingLeft whether a missing value goes left
 * @param gains what the split gained; 0 of a leaf
 */
record Tree(
        int output,
        int[] left,
        int[] right,
        int[] columns,
        float[] conditions,
        boolean[] missingLeft,
        double[] gains) {

    /** What is done with a node. */
    @FunctionalInterface
    interface NodeVisitor {
        void visit(int node);
    }

    boolean isLeaf(int node) {
        return left[node] < 0;
    }

    /** Every node that a row can come to, parents first; pruned ones stay in the file without. */
    void visit(NodeVisitor visitor) {
        // A child stands behind its parent, so the stack never holds a node twice.
        int[] stack = new int[left.length];
        int size = 1;
        while (size > 0) {
            int node = stack[--size];
            visitor.visit(node);
            if (!isLeaf(node)) {
                stack[size++] = right[node];
                stack[size++] = left[node];
            }
        }
    }
}
