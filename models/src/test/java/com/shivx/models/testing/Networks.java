package com.shivx.models.testing;

import static com.shivx.models.graph.OnnxWriter.OPEN;
import static com.shivx.models.graph.OnnxWriter.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.models.Action;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.contract.Task;
import com.shivx.models.graph.OnnxWriter;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Networks of columns x0, x1, … that answer DOWN, FLAT, UP, with weights drawn from a seed: the
 * same shape gives the same numbers, however its layers are written.
 */
public final class Networks {

    /** How a linear layer is written. */
    public enum Layer {
        /** As PyTorch does: weights by output, transposed in the Gemm. */
        GEMM,
        /** As Keras and scikit-learn do: a MatMul, and an Add of the bias. */
        MAT_MUL_AND_ADD,
        /** Half the weights and twice the bias in a Gemm with alpha 2 and beta 0.5. */
        SCALED_GEMM
    }

    /** What a network does with a missing value. */
    public enum Missing {
        IMPUTED,
        LEFT
    }

    private static final int CLASSES = 3;
    private static final long SEED = 11;

    private Networks() {}

    /** Relu between layers, Softmax behind, missing values imputed. */
    public static ModelArtifact of(Layer layer, int columns, int... hidden) {
        return of(layer, Missing.IMPUTED, "Relu", columns, hidden);
    }

    /** The same with another activation function, or without imputing. */
    public static ModelArtifact of(
            Layer layer, Missing missing, String activation, int columns, int... hidden) {
        OnnxWriter graph = new OnnxWriter("network");
        String x = graph.input("x", DataType.FLOAT, OPEN, columns);
        if (missing == Missing.IMPUTED) {
            x = standardised(graph, x, columns);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        int width = columns;
        for (int i = 0; i < hidden.length; i++) {
            String sums = layer(graph, random, layer, x, "hidden" + i, width, hidden[i]);
            x = graph.node(activation, List.of(sums));
            width = hidden[i];
        }
        String logits = layer(graph, random, layer, x, "logits", width, CLASSES);
        String p = graph.node("Softmax", List.of(logits), attribute("axis", 1));
        graph.output(p, DataType.FLOAT, OPEN, CLASSES);
        return ModelArtifact.of(graph.toBytes(), contract(columns));
    }

    /** The contract of all of them. */
    public static ModelContract contract(int columns) {
        return new ModelContract(
                "direction",
                "1.0.0",
                Task.CLASSIFICATION,
                null,
                null,
                IntStream.range(0, columns).mapToObj(i -> "x" + i).toList(),
                List.of("DOWN", "FLAT", "UP"),
                List.of(Action.SELL, Action.HOLD, Action.BUY),
                OutputKind.PROBABILITIES,
                false);
    }

    /** Rows of independent Gaussian values, the same for the same seed. */
    public static float[][] rows(long seed, int count, int columns) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[count][columns];
        for (float[] row : rows) {
            for (int i = 0; i < columns; i++) {
                row[i] = (float) gaussian(random);
            }
        }
        return rows;
    }

    /** Box and Muller 1958. */
    private static double gaussian(SplittableRandom random) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** Missing values become 0.1; then (x − 0.1) / 1.1, at most five. */
    private static String standardised(OnnxWriter graph, String x, int columns) {
        String mean = graph.floats("mean", filled(columns, 0.1f), columns);
        String deviation = graph.floats("deviation", filled(columns, 1.1f), columns);
        String low = graph.floats("low", new float[] {-5});
        String high = graph.floats("high", new float[] {5});
        String filled = graph.node("Where", List.of(graph.node("IsNaN", List.of(x)), mean, x));
        String centred = graph.node("Sub", List.of(filled, mean));
        String scaled = graph.node("Div", List.of(centred, deviation));
        return graph.node("Clip", List.of(scaled, low, high));
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    private static String layer(
            OnnxWriter graph,
            SplittableRandom random,
            Layer layer,
            String x,
            String name,
            int in,
            int out) {
        float bound = (float) (2 / Math.sqrt(in));
        float[] weights = drawn(random, in * out, bound);
        float[] bias = drawn(random, out, bound);
        return switch (layer) {
            case GEMM -> {
                String w = graph.floats(name + ".weight", transposed(weights, in), out, in);
                String b = graph.floats(name + ".bias", bias, out);
                yield graph.node("Gemm", List.of(x, w, b), attribute("transB", 1));
            }
            case MAT_MUL_AND_ADD -> {
                String w = graph.floats(name + "/kernel", weights, in, out);
                String b = graph.floats(name + "/bias", bias, 1, out);
                yield graph.node("Add", List.of(b, graph.node("MatMul", List.of(x, w))));
            }
            case SCALED_GEMM -> {
                String w = graph.floats(name + ".weight", times(weights, 0.5f), in, out);
                String b = graph.floats(name + ".bias", times(bias, 2), out);
                yield graph.node(
                        "Gemm", List.of(x, w, b), attribute("alpha", 2f), attribute("beta", 0.5f));
            }
        };
    }

    private static float[] drawn(SplittableRandom random, int count, float bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return values;
    }

    private static float[] times(float[] values, float factor) {
        float[] products = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            products[i] = factor * values[i];
        }
        return products;
    }

    private static float[] transposed(float[] values, int rows) {
        int columns = values.length / rows;
        float[] transposed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            transposed[i % columns * rows + i / columns] = values[i];
        }
        return transposed;
    }
}
