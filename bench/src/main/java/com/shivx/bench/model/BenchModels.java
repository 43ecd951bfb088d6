package com.shivx.bench.model;

import static com.shivx.models.graph.OnnxWriter.OPEN;
import static com.shivx.models.graph.OnnxWriter.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.models.graph.OnnxWriter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Models of known size and shape, with random weights: how fast a model is does not depend on what
 * it has learned. All take every feature of the set and give DOWN, FLAT, UP. The same set gives the
 * same bytes.
 */
public final class BenchModels {

    /** Name of the input of every one of them. */
    public static final String INPUT = "features";

    /** Name of the small network. */
    public static final String SMALL = "bench-small";

    private static final String VERSION = "1.0.0";
    private static final int CLASSES = 3;
    private static final int IMAGE_PIXELS = 784;
    private static final int IMAGE_CLASSES = 10;
    private static final float CLIP = 5;
    private static final long SEED = 17;

    private final SampleVectors sample;
    private final FeatureSet set;

    /** Models for vectors like these. */
    public BenchModels(SampleVectors sample) {
        this.sample = sample;
        set = sample.set();
    }

    /** 35 → 64 → 32 → 3, as PyTorch exports one, about 4,500 parameters. */
    public byte[] smallNetwork() {
        return smallNetwork(VERSION);
    }

    /** The same as another version: with other weights. */
    public byte[] smallNetwork(String version) {
        return network(SMALL, version, 64, 32);
    }

    /** 35 → 512 → 256 → 3, about 150,000 parameters. */
    public byte[] wideNetwork() {
        return network("bench-wide", VERSION, 512, 256);
    }

    /** 35 → 2304 → 2304 → 2304 → 3, about 10,700,000 parameters: what a GPU is for. */
    public byte[] largeNetwork() {
        return network("bench-large", VERSION, 2304, 2304, 2304);
    }

    /** 300 trees of depth 6, 100 for each class, over quantiles of the features. */
    public byte[] trees() {
        OnnxWriter graph = new OnnxWriter("bench-trees");
        String x = graph.input(INPUT, DataType.FLOAT, OPEN, set.size());
        String margins = new TreeEnsemble(sample, 300, 6, CLASSES, SEED).addTo(graph, x);
        String p = graph.node("Softmax", List.of(margins), attribute("axis", 1));
        graph.output(p, DataType.FLOAT, OPEN, CLASSES);
        return finished(graph, "bench-trees", VERSION);
    }

    /**
     * 784 → 32 → 32 → 32 → 10 for images, about 28,000 parameters, as the Crayfish benchmark scores
     * with; for no feature set.
     */
    public static byte[] images() {
        OnnxWriter graph = new OnnxWriter("bench-images");
        String x = graph.input(INPUT, DataType.FLOAT, OPEN, IMAGE_PIXELS);
        addNetwork(graph, new SplittableRandom(SEED), x, IMAGE_PIXELS, IMAGE_CLASSES, 32, 32, 32);
        return graph.toBytes();
    }

    private byte[] network(String name, String version, int... hidden) {
        OnnxWriter graph = new OnnxWriter(name);
        String x = graph.input(INPUT, DataType.FLOAT, OPEN, set.size());
        SplittableRandom random = new SplittableRandom(SEED + version.hashCode());
        addNetwork(graph, random, standardised(graph, x), set.size(), CLASSES, hidden);
        return finished(graph, name, version);
    }

    private static void addNetwork(
            OnnxWriter graph,
            SplittableRandom random,
            String x,
            int columns,
            int classes,
            int... hidden) {
        String activations = x;
        int width = columns;
        for (int i = 0; i < hidden.length; i++) {
            String layer = layer(graph, random, activations, "hidden" + i, width, hidden[i]);
            activations = graph.node("Relu", List.of(layer));
            width = hidden[i];
        }
        String logits = layer(graph, random, activations, "logits", width, classes);
        String p = graph.node("Softmax", List.of(logits), attribute("axis", 1));
        graph.output(p, DataType.FLOAT, OPEN, classes);
    }

    /** Missing values become the mean; then (x − mean) / deviation, at most five of them. */
    private String standardised(OnnxWriter graph, String x) {
        int columns = set.size();
        float[] means = new float[columns];
        float[] deviations = new float[columns];
        for (int i = 0; i < columns; i++) {
            float[] values = sample.sorted(i);
            double sum = 0;
            double squares = 0;
            for (float value : values) {
                sum += value;
                squares += (double) value * value;
            }
            double mean = sum / values.length;
            double variance = squares / values.length - mean * mean;
            means[i] = (float) mean;
            deviations[i] = variance > 1e-12 ? (float) Math.sqrt(variance) : 1;
        }
        String mean = graph.floats("mean", means, columns);
        String deviation = graph.floats("deviation", deviations, columns);
        String low = graph.floats("low", new float[] {-CLIP});
        String high = graph.floats("high", new float[] {CLIP});
        String missing = graph.node("IsNaN", List.of(x));
        String filled = graph.node("Where", List.of(missing, mean, x));
        String centred = graph.node("Sub", List.of(filled, mean));
        String scaled = graph.node("Div", List.of(centred, deviation));
        return graph.node("Clip", List.of(scaled, low, high));
    }

    /** A linear layer as PyTorch writes it: weights by output, transposed in the Gemm. */
    private static String layer(
            OnnxWriter graph, SplittableRandom random, String x, String name, int in, int out) {
        float bound = (float) (1 / Math.sqrt(in));
        String weight = graph.floats(name + ".weight", uniform(random, in * out, bound), out, in);
        String bias = graph.floats(name + ".bias", uniform(random, out, bound), out);
        return graph.node("Gemm", List.of(x, weight, bias), attribute("transB", 1));
    }

    private static float[] uniform(SplittableRandom random, int count, float bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return values;
    }

    private byte[] finished(OnnxWriter graph, String name, String version) {
        return graph.metadata("shivx.model", name)
                .metadata("shivx.version", version)
                .metadata("shivx.task", "classification")
                .metadata("shivx.feature_set", set.name())
                .metadata("shivx.feature_set_hash", set.hash())
                .metadata(
                        "shivx.columns",
                        set.features().stream().map(Feature::name).collect(Collectors.joining(",")))
                .metadata("shivx.classes", "DOWN,FLAT,UP")
                .metadata("shivx.actions", "DOWN=SELL,FLAT=HOLD,UP=BUY")
                .metadata("shivx.output", "probabilities")
                .metadata("shivx.missing", "imputed")
                .toBytes();
    }
}
