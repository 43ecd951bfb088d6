package com.shivx.models.quantization;

import org.jspecify.annotations.Nullable;

/**
 * A product of activations and constant weights, y = x·W + bias, by a Gemm, a MatMul, or a MatMul
 * and the Add after it.
 *
 * @param node its place among the graph's nodes
 * @param addNode that of the Add; −1 without
 * @param name the node's, or its output's where it has none
 * @param input tensor x
 * @param output tensor y, the Add's where there is one
 * @param inputs rows of W
 * @param outputs columns of W
 * @param weights W, row-major; a Gemm's transposition and alpha are in it
 * @param bias one for each output, a Gemm's beta in it; null without
 */
record Product(
        int node,
        int addNode,
        String name,
        String input,
        String output,
        int inputs,
        int outputs,
        float[] weights,
        float @Nullable [] bias) {

    /** What is added to an output. */
    float bias(int output) {
        return bias == null ? 0 : bias[output];
    }
}
