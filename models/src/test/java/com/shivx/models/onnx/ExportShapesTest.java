package com.shivx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.features.FeatureVector;
import com.shivx.features.tick.TickKind;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.graph.ServingGraph;
import com.shivx.models.testing.BadGraphs;
import com.shivx.models.testing.Exports;
import com.shivx.models.testing.Graphs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The shapes that exporters of scikit-learn, boosted trees and PyTorch write. */
class ExportShapesTest {

    private static final List<String> NAMES = List.of("DOWN", "FLAT", "UP");
    private static final FeatureVector VECTOR =
            new FeatureVector("v", "BTC", TickKind.QUOTE, 17, "hash", true, new float[0]);

    @TempDir private Path folder;

    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("a column a class, [N]", Exports.columns(3, 1, List.of("sD", "sF", "sU"))),
                shape("a column a class, [N, 1]", Exports.columns(3, 2, List.of("p0", "p1", "p2"))),
                shape("logits beside probabilities", Exports.logitsAndProbabilities(3)),
                shape("one row without batch", Exports.oneRow(3)),
                shape("single steps", Exports.deepInput(3, true)),
                shape("channels", Exports.deepInput(3, false)),
                shape("wide inputs", Exports.wideInputs(1, 2)),
                shape(
                        "a newer file format",
                        BadGraphs.edited(
                                Graphs.softmax(3).toBytes(), model -> model.setIrVersion(14))),
                shape(
                        "no shape of the input",
                        BadGraphs.edited(
                                Graphs.softmax(3).toBytes(), ExportShapesTest::withoutInputShape)),
                shape(
                        "labels from a list",
                        Exports.lookedUp(3, Exports.texts("DOWN", "FLAT", "UP"))));
    }

    private static Arguments shape(String name, byte[] bytes) {
        return Arguments.of(Named.of(name, bytes));
    }

    private static ModelProto.Builder withoutInputShape(ModelProto.Builder model) {
        model.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .clearShape();
        return model;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void givesTheSameProbabilitiesInEveryShape(byte[] bytes) throws Exception {
        float[][] rows = {{1, 0, 0.5f}, {0, -2, 1}, {0, 0, 0}, {3, -2, 0}, {-1, 0, 0}};
        try (OnnxModel model = load(bytes, "a,b,c", "DOWN,FLAT,UP");
                BatchScorer scorer = model.newScorer(256)) {
            assertThat(model.output()).isEqualTo(OutputKind.PROBABILITIES);
            Scores scores = scorer.score(rows);
            for (int i = 0; i < rows.length; i++) {
                double s = rows[i][0] + rows[i][1] + rows[i][2];
                double sum = Math.exp(-s) + 1 + Math.exp(s);
                float[] values = scores.values(i);
                assertThat((double) values[0]).isCloseTo(Math.exp(-s) / sum, within(1e-6));
                assertThat((double) values[1]).isCloseTo(1 / sum, within(1e-6));
                assertThat((double) values[2]).isCloseTo(Math.exp(s) / sum, within(1e-6));
            }
        }
    }

    @Test
    void laysColumnsIntoTheirInputsWhateverTheirWidth() throws Exception {
        byte[] bytes = Exports.wideInputs(2, 1);
        try (OnnxModel model = load(bytes, "a,b,c", "DOWN,FLAT,UP");
                BatchScorer scorer = model.newScorer(64)) {
            float[][] rows = new float[50][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = new float[] {i, -i, 0.25f};
            }
            Scores scores = scorer.score(rows);
            for (int i = 1; i < rows.length; i++) {
                assertThat(scores.values(i)).isEqualTo(scores.values(0));
            }
        }
    }

    @Test
    void lowersNoFileFormatThatTheRuntimeReads() {
        byte[] bytes = Graphs.softmax(2).toBytes();
        byte[] future = BadGraphs.edited(bytes, model -> model.setIrVersion(99));
        assertThat(Graphs.parse(graph(bytes)).getIrVersion()).isEqualTo(8);
        assertThat(Graphs.parse(graph(future)).getIrVersion()).isEqualTo(13);
    }

    private static byte[] graph(byte[] bytes) {
        return Infallible.get(() -> ServingGraph.parse(bytes)).bytes();
    }

    @ParameterizedTest
    @CsvSource({"true, DOWN|FLAT|UP", "false, -1|0|1"})
    void predictsTheLabelWhereTheHighestScoreDoesNotNameIt(boolean texts, String labels)
            throws Exception {
        byte[] bytes = Exports.oneAgainstOne(List.of(labels.split("\\|")), texts);
        try (OnnxModel model = load(bytes, null, texts ? null : "DOWN,FLAT,UP");
                BatchScorer scorer = model.newScorer(4)) {
            assertThat(model.output()).isEqualTo(OutputKind.LABELLED_SCORES);
            float[][] rows = {{-3}, {0}, {3}, {-2}, {0.5f}};
            Scores scores = scorer.score(rows);
            for (int i = 0; i < rows.length; i++) {
                float x = rows[i][0];
                Prediction prediction = scores.prediction(i, VECTOR, 1, Role.CHAMPION, true);
                assertThat(prediction.prediction())
                        .isEqualTo(NAMES.get(x < -1 ? 0 : x > 1 ? 2 : 1));
                assertThat(prediction.probabilities()).containsExactly(-x - 1, 0 - x, -x + 1);
                assertThat(prediction.confidence()).isNaN();
                assertThat(prediction.status()).isEqualTo(PredictionStatus.OK);
            }
        }
    }

    @Test
    void holdsAPromiseOfLabelledScores() throws Exception {
        byte[] votes = Exports.oneAgainstOne(NAMES, true);
        byte[] promised = BadGraphs.withMetadata(votes, "shivx.output", "labelled_scores");
        try (OnnxModel model = load(promised, null, null)) {
            assertThat(model.output()).isEqualTo(OutputKind.LABELLED_SCORES);
        }
        byte[] other = BadGraphs.withMetadata(votes, "shivx.output", "scores");
        assertRefused(other, null, "its highest score does not name its class: label DOWN beside");
        assertRefused(other, null, "promise labelled_scores");
        byte[] unlabelled =
                BadGraphs.withMetadata(
                        Graphs.shaped(3, "Identity").toBytes(), "shivx.output", "labelled_scores");
        assertRefused(
                unlabelled, "DOWN,FLAT,UP", "promises labelled scores, and the graph shows no");
        byte[] unordered =
                BadGraphs.withMetadata(
                        Graphs.labelled("ArgMin", DataType.INT64),
                        "shivx.output",
                        "labelled_scores");
        assertRefused(
                unordered, "DOWN,FLAT,UP", "promises labelled scores, and the graph shows no");
    }

    @Test
    void namesTheRemedyWhereScoresAreOfPairsAndNotOfClasses() {
        byte[] bytes =
                BadGraphs.edited(
                        Exports.oneAgainstOne(NAMES, true),
                        model -> {
                            NodeProto.Builder node = model.getGraphBuilder().getNodeBuilder(0);
                            String scores = node.getOutput(1);
                            node.setOutput(1, "pairs");
                            model.getGraphBuilder()
                                    .addNode(
                                            NodeProto.newBuilder()
                                                    .setOpType("Concat")
                                                    .addAttribute(OnnxWriter.attribute("axis", 1))
                                                    .addInput("pairs")
                                                    .addInput("pairs")
                                                    .addOutput(scores));
                            return model;
                        });
        assertRefused(bytes, null, "gives 6 numbers a row, expected 3 for the classes");
        assertRefused(bytes, null, "decision_function_shape='ovr'");
    }

    /** One exporter gives a single label for the whole batch: of no use, and no harm. */
    @Test
    void leavesALabelAloneThatIsNotOneARow() throws Exception {
        byte[] bytes = Graphs.labelled("ArgMin", DataType.INT64);
        byte[] one =
                BadGraphs.edited(
                        bytes,
                        model -> {
                            model.getGraphBuilder()
                                    .getNodeBuilder(1)
                                    .getAttributeBuilder(0)
                                    .setI(0);
                            model.getGraphBuilder()
                                    .getOutputBuilder(1)
                                    .getTypeBuilder()
                                    .getTensorTypeBuilder()
                                    .clearShape();
                            return model;
                        });
        try (OnnxModel model = load(one, null, "DOWN,FLAT,UP")) {
            assertThat(model.output()).isEqualTo(OutputKind.SCORES);
        }
    }

    @Test
    void readsWeightsThatLieBesideTheModel() throws Exception {
        Path file = Exports.saveApart(Graphs.softmax(3).toBytes(), folder);
        ModelArtifact artifact =
                ModelArtifact.readOfAnyColumns(
                        file, ContractFlags.parse(null, null, "DOWN,FLAT,UP", null));
        Files.delete(folder.resolve("m.onnx.data"));
        try (OnnxModel model = ModelLoader.DEFAULT.load(artifact);
                BatchScorer scorer = model.newScorer(2)) {
            assertThat(scorer.score(new float[] {9, 0, 0}).predicted(0)).isEqualTo(2);
        }
    }

    private void assertRefused(byte[] bytes, @Nullable String classes, String reason) {
        assertThatThrownBy(() -> load(bytes, null, classes))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(reason);
    }

    private OnnxModel load(byte[] bytes, @Nullable String columns, @Nullable String classes)
            throws ModelRefusedException {
        Path file = Infallible.get(() -> Files.write(folder.resolve("m.onnx"), bytes));
        return ModelLoader.DEFAULT.load(
                ModelArtifact.readOfAnyColumns(
                        file, ContractFlags.parse(null, columns, classes, null)));
    }
}
