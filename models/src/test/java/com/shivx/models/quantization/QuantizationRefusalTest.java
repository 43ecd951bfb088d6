package com.shivx.models.quantization;

import static com.shivx.models.graph.OnnxWriter.OPEN;
import static com.shivx.models.graph.OnnxWriter.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.testing.BadGraphs;
import com.shivx.models.testing.Exports;
import com.shivx.models.testing.Graphs;
import com.shivx.models.testing.Networks;
import com.shivx.models.testing.Networks.Layer;
import com.shivx.models.testing.Networks.Missing;
import com.shivx.models.testing.Quantized;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not quantised, and that it says why and what to do. */
class QuantizationRefusalTest {

    private static final float[][] ROWS = Networks.rows(1, 500, 4);

    @TempDir private Path folder;

    static Stream<Arguments> refused() {
        byte[] network = Networks.of(Layer.GEMM, 4, 8).bytes();
        return Stream.of(
                refused("trees", Graphs.treeClassifier(), "made of trees", "as it is"),
                refused(
                        "no product",
                        Graphs.shaped(3, "Softmax", attribute("axis", 1)).toBytes(),
                        "no Gemm or MatMul",
                        "as it is"),
                refused("double weights", doubleWeights(), "type DOUBLE", "float32"),
                refused("computed weights", computedWeights(), "computed", "constant_folding"),
                refused("an old opset", opset(network, 12), "opset 12", "opset 13"),
                refused(
                        "external weights",
                        BadGraphs.edited(network, BadGraphs::externalWeights),
                        "lies outside",
                        "external_data=False"),
                refused("a branch", inBranch(), "inside a function or a branch", "plain graph"),
                refused(
                        "transposed rows",
                        gemmAttribute(network, "transA", 1),
                        "transA",
                        "without transA"),
                refused(
                        "weights that are not finite",
                        edited(network, m -> weight(m, Float.NaN)),
                        "holds NaN",
                        "diverged"),
                refused(
                        "weights that are cut off",
                        edited(network, QuantizationRefusalTest::cutWeights),
                        "numbers for the shape",
                        "again"),
                refused("rows of three dimensions", deepInput(), "of shape", "flatten"));
    }

    private static Arguments refused(String name, byte[] bytes, String reason, String remedy) {
        return Arguments.of(Named.of(name, bytes), reason, remedy);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWithReasonAndRemedy(byte[] bytes, String reason, String remedy) {
        int open = OnnxModel.open();
        ModelArtifact artifact = ModelArtifact.of(bytes, Networks.contract(4));

        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> Quantized.of(artifact, Quantized.rows(ROWS)))
                .withMessageContaining(reason)
                .withMessageContaining(remedy);
        assertThat(OnnxModel.open()).isEqualTo(open);
    }

    @Test
    void refusesWhatIsQuantisedAlready() throws Exception {
        ModelArtifact once =
                Quantized.of(Networks.of(Layer.GEMM, 4, 8), Quantized.rows(ROWS)).quantized();
        ModelArtifact unsigned =
                ModelArtifact.of(
                        edited(once.bytes(), ModelProto.Builder::clearMetadataProps),
                        once.contract());

        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> Quantizer.of(once))
                .withMessageContaining("quantised already, from the file of checksum");
        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> Quantizer.of(unsigned))
                .withMessageContaining("it has a QuantizeLinear");
    }

    @Test
    void takesWeightsThatLayBesideTheFileWhenItWasRead() throws Exception {
        ModelArtifact whole = Networks.of(Layer.GEMM, 4, 8);
        Path file = Exports.saveApart(whole.bytes(), folder);
        ModelArtifact read =
                ModelArtifact.readOfAnyColumns(
                        file, ContractFlags.parse(null, null, "DOWN,FLAT,UP", null));

        assertThat(Quantized.of(read, Quantized.rows(ROWS)).accepted()).isTrue();
    }

    @Test
    void refusesToCalibrateOnTooFewRows() {
        ModelArtifact network = Networks.of(Layer.GEMM, 4, 8);

        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> Quantized.of(network, Quantized.rows()))
                .withMessageContaining("there are 0 rows");
        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> Quantized.of(network, Quantized.rows(Arrays.copyOf(ROWS, 99))))
                .withMessageContaining("there are 99 rows")
                .withMessageContaining("100 or more");
    }

    @Test
    void refusesToCalibrateOnRowsThatTheModelDoesNotAnswer() {
        ModelArtifact network = Networks.of(Layer.GEMM, Missing.LEFT, "Tanh", 4, 8);
        float[][] missing = new float[200][4];
        for (float[] row : missing) {
            Arrays.fill(row, Float.NaN);
        }

        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> Quantized.of(network, Quantized.rows(missing)))
                .withMessageContaining("answers none of the 200 rows");
    }

    @Test
    void refusesTolerancesThatMeanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuantizationTolerance(1.5, 0, 0))
                .withMessageContaining("class changes of 1.5 is not 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuantizationTolerance(0, Double.NaN, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new QuantizationTolerance(0, 0, -1));
    }

    private static byte[] edited(byte[] bytes, UnaryOperator<ModelProto.Builder> edit) {
        return BadGraphs.edited(bytes, edit);
    }

    private static byte[] opset(byte[] bytes, long version) {
        return edited(
                bytes,
                model -> {
                    model.getOpsetImportBuilder(0).setVersion(version);
                    return model;
                });
    }

    private static byte[] gemmAttribute(byte[] bytes, String name, long value) {
        return edited(
                bytes,
                model -> {
                    model.getGraphBuilder().getNodeBuilderList().stream()
                            .filter(node -> node.getOpType().equals("Gemm"))
                            .forEach(
                                    node ->
                                            node.clearAttribute()
                                                    .addAttribute(attribute(name, value)));
                    return model;
                });
    }

    private static ModelProto.Builder weight(ModelProto.Builder model, float value) {
        model.getGraphBuilder().getInitializerBuilderList().stream()
                .filter(tensor -> tensor.getName().equals("logits.weight"))
                .forEach(tensor -> tensor.setFloatData(0, value));
        return model;
    }

    private static ModelProto.Builder cutWeights(ModelProto.Builder model) {
        model.getGraphBuilder().getInitializerBuilderList().stream()
                .filter(tensor -> tensor.getName().equals("logits.weight"))
                .forEach(tensor -> tensor.clearFloatData().addFloatData(1));
        return model;
    }

    private static byte[] doubleWeights() {
        OnnxWriter writer = new OnnxWriter("double");
        String x = writer.input("x", DataType.DOUBLE, OPEN, 4);
        writer.floats("w", new float[12], 4, 3);
        writer.output(writer.node("MatMul", List.of(x, "w")), DataType.DOUBLE, OPEN, 3);
        return edited(
                writer.toBytes(),
                model -> {
                    model.getGraphBuilder()
                            .getInitializerBuilder(0)
                            .clearFloatData()
                            .setDataType(DataType.DOUBLE_VALUE)
                            .addAllDoubleData(Collections.nCopies(12, 1.0));
                    return model;
                });
    }

    /** Scores of each row by its own square. */
    private static byte[] computedWeights() {
        OnnxWriter writer = new OnnxWriter("computed");
        String x = writer.input("x", DataType.FLOAT, OPEN, 4);
        String w = writer.floats("w", new float[12], 4, 3);
        String doubled = writer.node("Add", List.of(w, w));
        writer.output(writer.node("MatMul", List.of(x, doubled)), DataType.FLOAT, OPEN, 3);
        return writer.toBytes();
    }

    private static byte[] inBranch() {
        OnnxWriter branch = new OnnxWriter("branch");
        branch.output(
                branch.node("MatMul", List.of("x", branch.floats("w", new float[12], 4, 3))),
                DataType.FLOAT,
                OPEN,
                3);
        OnnxWriter writer = new OnnxWriter("if");
        String x = writer.input("x", DataType.FLOAT, OPEN, 4);
        String sum = writer.node("ReduceSum", List.of(x), attribute("keepdims", 0));
        String positive =
                writer.node("Greater", List.of(sum, writer.floats("zero", new float[] {0})));
        writer.output(
                writer.node(
                        "If",
                        List.of(positive),
                        graph("then_branch", branch),
                        graph("else_branch", branch)),
                DataType.FLOAT,
                OPEN,
                3);
        return writer.toBytes();
    }

    private static AttributeProto graph(String name, OnnxWriter branch) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(Graphs.parse(branch.toBytes()).getGraph())
                .build();
    }

    /** Rows as steps of length one, as recurrent networks have them. */
    private static byte[] deepInput() {
        OnnxWriter writer = new OnnxWriter("deep");
        String x = writer.input("x", DataType.FLOAT, OPEN, 1, 4);
        String w = writer.floats("w", Networks.rows(3, 1, 12)[0], 4, 3);
        String scores = writer.node("MatMul", List.of(x, w));
        writer.output(
                writer.node(
                        "Softmax",
                        List.of(writer.node("Flatten", List.of(scores))),
                        attribute("axis", 1)),
                DataType.FLOAT,
                OPEN,
                3);
        return writer.toBytes();
    }
}
