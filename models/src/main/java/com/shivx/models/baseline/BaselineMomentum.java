package com.shivx.models.baseline;

import static com.shivx.models.graph.OnnxWriter.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.features.FeatureSet;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.FeatureFit;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.graph.OnnxWriter;
import java.util.List;

/**
 * {@code baseline-momentum 0.1.0}: what anyone who has watched an order book would guess, so that
 * the first run has something to score and later models something to beat. It is not trained, and
 * claims no profit.
 *
 * <pre>
 *   z = clip((x − mean) / scale, −3, 3)      a missing x is its mean: z = 0, it says nothing
 *   s = Σ weight · z                         above 0: pressure upwards
 *   (DOWN, FLAT, UP) = softmax(−s, 0, s)
 * </pre>
 *
 * <p>Missing values, infinities and outliers are dealt with inside the graph, so every row has an
 * answer. With all columns silent the classes are equally likely, which is what they are by
 * construction: the threshold of FLAT is set to give thirds. Weights are whole twentieths: each
 * column that is one scale above its mean multiplies the odds of UP against DOWN by exp(2 ·
 * weight).
 */
public final class BaselineMomentum {

    /**
     * One column.
     *
     * @param scale about its standard deviation in liquid markets; beyond three of them it counts
     *     no more
     * @param weight what one scale adds to the pressure
     */
    private record Term(String column, float mean, float scale, float weight) {}

    private static final List<Term> TERMS =
            List.of(
                    // More waits at the bid than at the ask: the best documented of short-lived
                    // signals.
                    new Term("queue_imbalance", 0, 0.7f, 0.25f),
                    // The same pressure in terms of price; it repeats the imbalance, so it counts
                    // less.
                    new Term("microprice_deviation_bps", 0, 0.1f, 0.05f),
                    // Orders that came and went at the best prices, in mean depths: what pushes the
                    // queue.
                    new Term("order_flow_imbalance_1s", 0, 10, 0.10f),
                    new Term("order_flow_imbalance_10s", 0, 30, 0.05f),
                    // Momentum: what just moved goes on a little. All that a market without sizes
                    // has.
                    new Term("log_return_1s", 0, 1.5e-4f, 0.05f),
                    new Term("log_return_10s", 0, 5e-4f, 0.05f));

    private static final float CLIP = 3;

    private BaselineMomentum() {}

    /** The model for vectors of {@code market-v1}. */
    public static ModelArtifact artifact() throws ModelRefusedException {
        return ModelArtifact.of(toBytes(FeatureFit.featureSet("market-v1")));
    }

    /**
     * The ONNX file, which holds its whole contract.
     *
     * @throws IllegalArgumentException if the set lacks a column
     */
    static byte[] toBytes(FeatureSet set) {
        TERMS.forEach(term -> set.indexOf(term.column()));
        int columns = TERMS.size();
        float[] means = new float[columns];
        float[] scales = new float[columns];
        float[] weights = new float[3 * columns];
        for (int i = 0; i < columns; i++) {
            means[i] = TERMS.get(i).mean();
            scales[i] = TERMS.get(i).scale();
            weights[3 * i] = -TERMS.get(i).weight();
            weights[3 * i + 2] = TERMS.get(i).weight();
        }

        OnnxWriter graph = new OnnxWriter("baseline-momentum");
        String x = graph.input("features", DataType.FLOAT, OnnxWriter.OPEN, columns);
        String mean = graph.floats("mean", means, columns);
        String scale = graph.floats("scale", scales, columns);
        String low = graph.floats("low", new float[] {-CLIP});
        String high = graph.floats("high", new float[] {CLIP});
        String weight = graph.floats("weight", weights, columns, 3);

        String missing = graph.node("IsNaN", List.of(x));
        String filled = graph.node("Where", List.of(missing, mean, x));
        String centred = graph.node("Sub", List.of(filled, mean));
        String scaled = graph.node("Div", List.of(centred, scale));
        String clipped = graph.node("Clip", List.of(scaled, low, high));
        String logits = graph.node("MatMul", List.of(clipped, weight));
        String probabilities = graph.node("Softmax", List.of(logits), attribute("axis", 1));
        graph.output(probabilities, DataType.FLOAT, OnnxWriter.OPEN, 3);

        return graph.metadata("shivx.model", "baseline-momentum")
                .metadata("shivx.version", "0.1.0")
                .metadata("shivx.task", "classification")
                .metadata("shivx.feature_set", set.name())
                .metadata("shivx.feature_set_hash", set.hash())
                .metadata(
                        "shivx.columns",
                        String.join(",", TERMS.stream().map(Term::column).toList()))
                .metadata("shivx.classes", "DOWN,FLAT,UP")
                .metadata("shivx.actions", "DOWN=SELL,FLAT=HOLD,UP=BUY")
                .metadata("shivx.output", "probabilities")
                .metadata("shivx.missing", "imputed")
                .toBytes();
    }
}
