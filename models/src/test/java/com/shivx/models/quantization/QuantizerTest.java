package com.shivx.models.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.graph.ServingGraph;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.Scores;
import com.shivx.models.testing.Graphs;
import com.shivx.models.testing.Networks;
import com.shivx.models.testing.Networks.Layer;
import com.shivx.models.testing.Networks.Missing;
import com.shivx.models.testing.Quantized;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What quantising makes of a network, and what it costs. */
class QuantizerTest {

    private static final float[][] ROWS = Networks.rows(1, 2_000, 32);

    @TempDir private Path folder;
    private int openBefore;

    @BeforeEach
    void countOpenModels() {
        openBefore = OnnxModel.open();
    }

    @AfterEach
    void leavesNoModelOpen() {
        assertThat(OnnxModel.open()).isEqualTo(openBefore);
    }

    @ParameterizedTest
    @EnumSource
    void makesANetworkThreeAndAHalfTimesSmallerAndHardlyDifferent(Layer layer) throws Exception {
        QuantizationReport report =
                Quantized.of(Networks.of(layer, 32, 256, 256), Quantized.rows(ROWS));

        assertThat(report.ratio()).isGreaterThan(3.5);
        assertThat(report.accepted()).as("%s", report.exceeded()).isTrue();
        assertThat(report.change().rows()).isEqualTo(ROWS.length);
        assertThat(report.change().meanDifference()).isBetween(1e-6, 4e-3);
        assertThat(report.change().classChanges()).isLessThan(0.01);
        assertThat(report.change().before().rows()).isZero();
        assertThat(report.calibration().rows()).isEqualTo(ROWS.length);
        assertThat(report.calibration().notFinite()).isZero();
    }

    @Test
    void givesTheSameBitsHoweverItsLayersAreWritten() throws Exception {
        List<float[]> gemm = answers(quantized(Networks.of(Layer.GEMM, 32, 64, 32)), ROWS);

        for (Layer layer : List.of(Layer.MAT_MUL_AND_ADD, Layer.SCALED_GEMM)) {
            assertThat(answers(quantized(Networks.of(layer, 32, 64, 32)), ROWS))
                    .as("%s", layer)
                    .containsExactlyElementsOf(gemm);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Relu", "Tanh", "Sigmoid", "LeakyRelu", "Elu"})
    void computesEveryProductInWholeNumbersWithStaticScales(String activation) throws Exception {
        ModelArtifact network = Networks.of(Layer.GEMM, Missing.IMPUTED, activation, 32, 64, 32);
        QuantizationReport report = Quantized.of(network, Quantized.rows(ROWS));

        assertThat(operators(Graphs.parse(report.quantized().bytes())))
                .doesNotContain("DynamicQuantizeLinear")
                .contains("QuantizeLinear");
        assertThat(operators(optimized(report.quantized())))
                .filteredOn(operator -> operator.contains("Gemm") || operator.contains("MatMul"))
                .containsExactly("QGemm", "QGemm", "QGemm");
        assertThat(report.change().meanDifference()).isLessThan(4e-3);
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoFloatWeightInTheFile(Layer layer) throws Exception {
        ModelProto model = Graphs.parse(quantized(Networks.of(layer, 32, 64, 32)).bytes());

        assertThat(model.getGraph().getInitializerList())
                .filteredOn(tensor -> tensor.getDataType() == DataType.FLOAT_VALUE)
                .allSatisfy(tensor -> assertThat(tensor.getDimsCount()).isLessThan(2))
                .noneSatisfy(tensor -> assertThat(tensor.getName()).contains("bias"));
    }

    @Test
    void saysInTheFileWhatItIsAndWhatItWasMadeFrom() throws Exception {
        ModelArtifact original = Networks.of(Layer.GEMM, 32, 16);
        ModelArtifact quantized = quantized(original);

        assertThat(quantized.contract().version()).isEqualTo("1.0.0+int8");
        assertThat(quantized.contract().columns()).isEqualTo(original.contract().columns());
        assertThat(ServingGraph.parse(quantized.bytes()).metadata())
                .containsEntry("shivx.quantized-from", original.sha256())
                .containsEntry("shivx.model", "direction")
                .containsEntry("shivx.version", "1.0.0+int8")
                .containsEntry("shivx.classes", "DOWN,FLAT,UP")
                .containsEntry("shivx.actions", "DOWN=SELL,FLAT=HOLD,UP=BUY");
        Path file = Files.write(folder.resolve("mine.onnx"), quantized.bytes());
        assertThat(ModelArtifact.readOfAnyColumns(file, ContractFlags.NONE).contract())
                .isEqualTo(quantized.contract());
    }

    @Test
    void givesTheSameFileForTheSameRowsInAnyOrder() throws Exception {
        ModelArtifact original = Networks.of(Layer.GEMM, 32, 16);
        float[][] reversed = new float[ROWS.length][];
        for (int i = 0; i < ROWS.length; i++) {
            reversed[i] = ROWS[ROWS.length - 1 - i];
        }

        assertThat(Quantized.of(original, Quantized.rows(reversed)).quantized().sha256())
                .isEqualTo(quantized(original).sha256());
    }

    @ParameterizedTest
    @CsvSource({"Relu, NOT_FINITE, 2", "Tanh, MISSING, 1"})
    void leavesRowsUnansweredThatTheOriginalDoes(
            String activation, Unanswered unanswered, int unansweredRows) throws Exception {
        ModelArtifact original = Networks.of(Layer.GEMM, Missing.LEFT, activation, 32, 64, 32);
        float[][] rows = ROWS.clone();
        rows[1] = changed(rows[1], 5, Float.NaN);
        rows[3] = changed(rows[3], 31, Float.NEGATIVE_INFINITY);
        QuantizationReport report = Quantized.of(original, Quantized.rows(rows));

        assertThat(report.calibration().unanswered()).isEqualTo(unanswered);
        assertThat(report.calibration().notFinite()).isPositive();
        assertThat(report.change().answersLost()).isZero();
        assertThat(report.change().answersGained()).isZero();
        assertThat(report.change().rows()).isEqualTo(rows.length - unansweredRows);
        assertThat(report.accepted()).as("%s", report.exceeded()).isTrue();
        assertThat(operators(optimized(report.quantized())))
                .filteredOn(operator -> operator.contains("Gemm"))
                .containsExactly("QGemm", "QGemm", "QGemm");
    }

    @Test
    void answersMissingValuesAsTheOriginalImputesThem() throws Exception {
        float[][] rows = ROWS.clone();
        rows[0] = changed(rows[0], 7, Float.NaN);
        QuantizationReport report =
                Quantized.of(Networks.of(Layer.GEMM, 32, 64, 32), Quantized.rows(rows));
        float[] imputed = changed(rows[0], 7, 0.1f);

        assertThat(report.calibration().unanswered()).isEqualTo(Unanswered.NONE);
        List<float[]> answers = answers(report.quantized(), rows[0], imputed);
        assertThat(answers.get(0)).isEqualTo(answers.get(1));
    }

    @Test
    void isNotSpoiltByAFewGlitches() throws Exception {
        ModelArtifact original = Networks.of(Layer.GEMM, Missing.LEFT, "Relu", 32, 64, 32);
        float[][] rows = Networks.rows(2, 20_000, 32);
        rows[17] = changed(rows[17], 3, 1e6f);
        QuantizationReport report = Quantized.of(original, Quantized.rows(rows));

        assertThat(report.accepted()).as("%s", report.exceeded()).isTrue();
    }

    @Test
    void measuresWhatLabelsSayOfBoth() throws Exception {
        ModelArtifact original = Networks.of(Layer.GEMM, 32, 64, 32);
        List<float[]> probabilities = answers(original, ROWS);
        SplittableRandom random = new SplittableRandom(5);
        int[] labels =
                probabilities.stream().mapToInt(p -> drawn(p, random.nextDouble())).toArray();
        SampleRows rows =
                reader -> {
                    for (int i = 0; i < ROWS.length; i++) {
                        reader.row(ROWS[i], labels[i]);
                    }
                };
        ScoreChange change = Quantized.of(original, rows).change();

        double logLoss = 0;
        double right = 0;
        double brier = 0;
        for (int i = 0; i < ROWS.length; i++) {
            float[] p = probabilities.get(i);
            logLoss -= Math.log(p[labels[i]]) / ROWS.length;
            right += best(p) == labels[i] ? 1.0 / ROWS.length : 0;
            for (int k = 0; k < p.length; k++) {
                brier += Math.pow(p[k] - (k == labels[i] ? 1 : 0), 2) / ROWS.length;
            }
        }
        assertThat(change.before().rows()).isEqualTo(ROWS.length);
        assertThat(change.before().logLoss()).isCloseTo(logLoss, within(1e-9));
        assertThat(change.before().accuracy()).isCloseTo(right, within(1e-9));
        assertThat(change.before().brier()).isCloseTo(brier, within(1e-9));
        assertThat(change.logLossRise()).isNotZero().isBetween(-0.005, 0.005);
    }

    @Test
    void refusesWhatIsBeyondTheTolerance() throws Exception {
        QuantizationTolerance none = new QuantizationTolerance(0, 0, 0);
        QuantizationReport report =
                Quantized.of(
                        Networks.of(Layer.GEMM, 32, 256, 256),
                        Quantized.rows(Networks.rows(3, 5_000, 32)),
                        none);

        assertThat(report.accepted()).isFalse();
        assertThat(report.exceeded())
                .singleElement()
                .satisfies(
                        excess -> {
                            assertThat(excess.bound())
                                    .isEqualTo(QuantizationTolerance.Bound.CLASS_CHANGES);
                            assertThat(excess.figure()).contains("tolerated are 0.00 %");
                        });
    }

    private static ModelArtifact quantized(ModelArtifact original) throws Exception {
        return Quantized.of(original, Quantized.rows(ROWS)).quantized();
    }

    private static List<float[]> answers(ModelArtifact artifact, float[]... rows) throws Exception {
        try (OnnxModel model = ModelLoader.DEFAULT.load(artifact);
                BatchScorer scorer = model.newScorer(256)) {
            Scores scores = scorer.score(rows);
            List<float[]> answers = new ArrayList<>();
            for (int i = 0; i < rows.length; i++) {
                answers.add(scores.values(i));
            }
            return answers;
        }
    }

    /** What the runtime makes of it. */
    private ModelProto optimized(ModelArtifact artifact) throws Exception {
        Path file = folder.resolve("optimized.onnx");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // It warns that such a file is for this machine alone.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setOptimizedModelFilePath(file.toString());
            OrtEnvironment.getEnvironment().createSession(artifact.bytes(), options).close();
        }
        return Graphs.parse(Files.readAllBytes(file));
    }

    private static List<String> operators(ModelProto model) {
        return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
    }

    private static float[] changed(float[] row, int column, float value) {
        float[] changed = row.clone();
        changed[column] = value;
        return changed;
    }

    private static int drawn(float[] p, double uniform) {
        return uniform < p[0] ? 0 : uniform < p[0] + p[1] ? 1 : 2;
    }

    private static int best(float[] p) {
        int best = 0;
        for (int i = 1; i < p.length; i++) {
            best = p[i] > p[best] ? i : best;
        }
        return best;
    }
}
