package com.shivx.models.quantization;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.shivx.models.ModelRefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the products of a graph that can be computed in eight-bit whole numbers. */
final class Products {

    private static final String WEIGHTS_REMEDY =
            "export it with its weights as constants (do_constant_folding=True)";

    private static final int NO_ADD = -1;

    private final GraphProto graph;
    private final Constants constants;

    private Products(GraphProto graph) {
        this.graph = graph;
        this.constants = new Constants(graph);
    }

    /**
     * All of them, in the graph's order.
     *
     * @throws ModelRefusedException if there is none, or one that cannot be quantised
     */
    static List<Product> of(GraphProto graph) throws ModelRefusedException {
        return new Products(graph).all();
    }

    private List<Product> all() throws ModelRefusedException {
        List<Product> products = new ArrayList<>();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            if (Operators.isProduct(node)) {
                products.add(node.getOpType().equals("Gemm") ? gemm(i, node) : matMul(i, node));
            }
        }
        return products;
    }

    private Product gemm(int place, NodeProto node) throws ModelRefusedException {
        if (intOf(node, "transA") != 0) {
            throw refused(node, "transposes its rows (transA)", "export it without transA");
        }
        TensorProto tensor = weightsOf(node);
        float[] weights = scaled(Constants.floats(tensor), floatOf(node, "alpha"));
        int first = (int) tensor.getDims(0);
        int second = (int) tensor.getDims(1);
        boolean transposed = intOf(node, "transB") != 0;
        int outputs = transposed ? first : second;
        return new Product(
                place,
                NO_ADD,
                nameOf(node),
                node.getInput(0),
                node.getOutput(0),
                transposed ? second : first,
                outputs,
                transposed ? transposed(weights, first, second) : weights,
                bias(node, outputs));
    }

    private Product matMul(int place, NodeProto node) throws ModelRefusedException {
        TensorProto tensor = weightsOf(node);
        int outputs = (int) tensor.getDims(1);
        int add = addAfter(node.getOutput(0));
        float[] bias = add == NO_ADD ? null : addend(graph.getNode(add), outputs);
        boolean added = bias != null;
        return new Product(
                place,
                added ? add : NO_ADD,
                nameOf(node),
                node.getInput(0),
                added ? graph.getNode(add).getOutput(0) : node.getOutput(0),
                (int) tensor.getDims(0),
                outputs,
                Constants.floats(tensor),
                bias);
    }

    /** The Add that alone reads a tensor. */
    private int addAfter(String tensor) {
        int add = NO_ADD;
        if (graph.getOutputList().stream().anyMatch(output -> output.getName().equals(tensor))) {
            return NO_ADD;
        }
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            if (Names.readBy(node).contains(tensor)) {
                if (add != NO_ADD || !Operators.isAdd(node)) {
                    return NO_ADD;
                }
                add = i;
            }
        }
        return add;
    }

    /** The constant of an Add that is one for each output; null where it adds anything else. */
    private float @Nullable [] addend(NodeProto add, int outputs) throws ModelRefusedException {
        for (String input : add.getInputList()) {
            TensorProto tensor = constants.get(input);
            if (tensor != null && isRow(tensor)) {
                float[] values = Constants.floats(tensor);
                return values.length == outputs ? values : null;
            }
        }
        return null;
    }

    private static boolean isRow(TensorProto tensor) {
        return tensor.getDimsCount() == 1 || (tensor.getDimsCount() == 2 && tensor.getDims(0) == 1);
    }

    private TensorProto weightsOf(NodeProto node) throws ModelRefusedException {
        TensorProto weights = constants.get(node.getInput(1));
        if (weights == null) {
            throw refused(node, "has weights that are computed, not constant", WEIGHTS_REMEDY);
        }
        if (constants.get(node.getInput(0)) != null) {
            throw refused(node, "multiplies two constants", WEIGHTS_REMEDY);
        }
        if (weights.getDimsCount() != 2) {
            throw refused(
                    node,
                    "has weights of shape " + weights.getDimsList() + ", expected two dimensions",
                    "export its layers as linear ones");
        }
        return weights;
    }

    /** What a Gemm adds to every row: a number, or one for each output. */
    private float @Nullable [] bias(NodeProto node, int outputs) throws ModelRefusedException {
        if (node.getInputCount() < 3 || node.getInput(2).isEmpty()) {
            return null;
        }
        TensorProto tensor = constants.get(node.getInput(2));
        if (tensor == null) {
            throw refused(node, "adds what is computed, not constant", WEIGHTS_REMEDY);
        }
        float[] given = scaled(Constants.floats(tensor), floatOf(node, "beta"));
        boolean oneRow = tensor.getDimsCount() == 0 || isRow(tensor);
        if (!oneRow || (given.length != outputs && given.length != 1)) {
            throw refused(
                    node,
                    "adds a tensor of shape "
                            + tensor.getDimsList()
                            + " to "
                            + outputs
                            + " outputs",
                    "export it with a bias of one number an output");
        }
        float[] bias = given.length == outputs ? given : new float[outputs];
        if (given.length != outputs) {
            Arrays.fill(bias, given[0]);
        }
        return bias;
    }

    private static float[] scaled(float[] values, float factor) {
        for (int i = 0; i < values.length && factor != 1; i++) {
            values[i] *= factor;
        }
        return values;
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] transposed = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = values[row * columns + column];
            }
        }
        return transposed;
    }

    /** 0 where it is not given, as Gemm has it for its transpositions. */
    private static long intOf(NodeProto node, String name) {
        AttributeProto attribute = attribute(node, name);
        return attribute == null ? 0 : attribute.getI();
    }

    /** 1 where it is not given, as Gemm has it for alpha and beta. */
    private static float floatOf(NodeProto node, String name) {
        AttributeProto attribute = attribute(node, name);
        return attribute == null ? 1 : attribute.getF();
    }

    private static @Nullable AttributeProto attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    static String nameOf(NodeProto node) {
        return node.getName().isEmpty() ? node.getOutput(0) : node.getName();
    }

    private static ModelRefusedException refused(NodeProto node, String what, String remedy) {
        return new ModelRefusedException(
                node.getOpType() + " '" + nameOf(node) + "' " + what, remedy);
    }
}
