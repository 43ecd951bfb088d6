package com.shivx.models.quantization;

import static com.shivx.models.graph.OnnxWriter.OPEN;
import static com.shivx.models.graph.OnnxWriter.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.Scores;
import com.shivx.models.testing.BadGraphs;
import com.shivx.models.testing.Networks;
import com.shivx.models.testing.Networks.Layer;
import com.shivx.models.testing.Networks.Missing;
import com.shivx.models.testing.Quantized;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract of every model that serves, of quantised ones: a row has the same bits alone, in
 * every batch, beside padding, missing values and outliers.
 */
class QuantizedBitsTest {

    private static final int COLUMNS = 32;
    private static final float[][] ROWS = Networks.rows(6, 256, COLUMNS);
    private static final int[] EVERY_SIZE = {2, 4, 8, 16, 32, 64, 128, 256};

    @ParameterizedTest
    @EnumSource
    void givesARowTheSameBitsInAnyCompany(Missing missing) throws Exception {
        ModelArtifact original = Networks.of(Layer.GEMM, missing, "Relu", COLUMNS, 64, 32);
        ModelArtifact quantized = Quantized.of(original, Quantized.rows(ROWS)).quantized();

        try (OnnxModel model = ModelLoader.DEFAULT.load(quantized)) {
            assertThat(model.batchSizes()).containsExactly(EVERY_SIZE);
            for (int size : EVERY_SIZE) {
                assertThat(differing(model, size)).as("in batches of %d", size).isZero();
            }
        }
    }

    @Test
    void doesNotWithScalesOfTheBatch() throws Exception {
        ModelArtifact dynamic = dynamic();

        try (OnnxModel model = ModelLoader.DEFAULT.load(dynamic)) {
            assertThat(model.batchSizes()).containsExactly(1);
        }
        ModelArtifact original = Networks.of(Layer.GEMM, COLUMNS, 16);
        try (Quantizer quantizer = Quantizer.of(original)) {
            SampleRows rows = Quantized.rows(ROWS);
            Calibration calibration = quantizer.calibrate(rows);
            assertThatExceptionOfType(ModelRefusedException.class)
                    .isThrownBy(
                            () ->
                                    quantizer.compare(
                                            dynamic,
                                            calibration,
                                            rows,
                                            QuantizationTolerance.DEFAULT))
                    .withMessageContaining("other scores beside other rows");
        }
    }

    /** Rows of a batch that differ from themselves alone. */
    private static int differing(OnnxModel model, int size) {
        float[] outlier = new float[COLUMNS];
        Arrays.fill(outlier, 1e6f);
        float[] missing = new float[COLUMNS];
        Arrays.fill(missing, Float.NaN);
        float[][] batch = Arrays.copyOf(ROWS, size);
        for (int i = 1; i < size; i += 3) {
            batch[i] = i % 2 == 0 ? outlier : missing;
        }
        int differing = 0;
        try (BatchScorer alone = model.newScorer(1);
                BatchScorer together = model.newScorer(size)) {
            Scores scores = together.score(batch);
            for (int i = 0; i < size; i++) {
                Scores single = alone.score(batch[i]);
                boolean same =
                        scores.status(i) == single.status(0)
                                && Arrays.equals(scores.values(i), single.values(0));
                differing += same ? 0 : 1;
            }
        }
        return differing;
    }

    /** As quantize_dynamic of Python makes one: the scale is that of the highest of all rows. */
    private static ModelArtifact dynamic() {
        OnnxWriter writer = new OnnxWriter("dynamic");
        String x = writer.input("x", DataType.FLOAT, OPEN, COLUMNS);
        float[] weights = Networks.rows(8, 1, COLUMNS * 3)[0];
        String w = writer.floats("w", weights, COLUMNS, 3);
        String filled =
                writer.node(
                        "Where",
                        List.of(
                                writer.node("IsNaN", List.of(x)),
                                writer.floats("none", new float[] {0}),
                                x));
        String product = writer.node("MatMulInteger", List.of("q", w, "zero_point"));
        String sums = writer.node("Cast", List.of(product), attribute("to", 1));
        String scaled = writer.node("Mul", List.of(sums, "scale"));
        String logits =
                writer.node("Mul", List.of(scaled, writer.floats("ws", new float[] {0.01f})));
        writer.output(
                writer.node("Softmax", List.of(logits), attribute("axis", 1)),
                DataType.FLOAT,
                OPEN,
                3);
        NodeProto quantize =
                NodeProto.newBuilder()
                        .setOpType("DynamicQuantizeLinear")
                        .addInput(filled)
                        .addAllOutput(List.of("q", "scale", "zero_point"))
                        .build();
        byte[] bytes = new byte[weights.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (30 * weights[i]);
        }
        return ModelArtifact.of(
                BadGraphs.edited(
                        writer.toBytes(),
                        model -> {
                            TensorProto.Builder tensor =
                                    model.getGraphBuilder().getInitializerBuilder(0);
                            tensor.clearFloatData()
                                    .setDataType(DataType.INT8_VALUE)
                                    .setRawData(ByteString.copyFrom(bytes));
                            model.getGraphBuilder().addNode(2, quantize);
                            return model;
                        }),
                Networks.contract(COLUMNS));
    }
}
