package com.shivx.models.onnx;

import static com.shivx.models.graph.OnnxWriter.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.PredictionStatus;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.testing.BadGraphs;
import com.shivx.models.testing.Graphs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shape that loads, every reason to refuse, and no session left behind by either. */
class ModelLoaderTest {

    private static final String CLASSES = "DOWN,FLAT,UP";

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

    static Stream<Arguments> shapes() {
        List<String> names = List.of("a", "b");
        return Stream.of(
                Arguments.of(Named.of("one tensor", Graphs.softmax(2).toBytes())),
                Arguments.of(Named.of("scores [N, 3, 1]", Graphs.deep(2).toBytes())),
                Arguments.of(Named.of("fixed batch of 1", Graphs.softmax(2, 1).toBytes())),
                Arguments.of(Named.of("fixed batch of 4", Graphs.softmax(2, 4).toBytes())),
                Arguments.of(Named.of("double", Graphs.doubles(2).toBytes())),
                Arguments.of(
                        Named.of(
                                "[N, 1] a column",
                                Graphs.perColumn(names, DataType.FLOAT, 2).toBytes())),
                Arguments.of(
                        Named.of(
                                "[N] a column",
                                Graphs.perColumn(names, DataType.DOUBLE, 1).toBytes())),
                Arguments.of(
                        Named.of(
                                "int64 a column",
                                Graphs.perColumn(names, DataType.INT64, 2).toBytes())),
                Arguments.of(Named.of("ZipMap", Graphs.zipMap(2, List.of("DOWN", "FLAT", "UP")))));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void givesTheSameProbabilitiesInEveryShape(byte[] bytes) throws Exception {
        float[][] rows = {{1, 0}, {0, -2}, {0, 0}, {3, -2}, {1, 0}};
        try (OnnxModel model = load(bytes, "a,b", CLASSES);
                BatchScorer scorer = model.newScorer(256)) {
            Scores scores = scorer.score(rows);
            for (int i = 0; i < rows.length; i++) {
                double s = rows[i][0] + rows[i][1];
                double sum = Math.exp(-s) + 1 + Math.exp(s);
                assertThat(scores.status(i)).isEqualTo(PredictionStatus.OK);
                assertThat(scores.values(i)).hasSize(3);
                assertThat((double) scores.values(i)[0])
                        .isCloseTo(Math.exp(-s) / sum, within(1e-6));
                assertThat((double) scores.values(i)[2]).isCloseTo(Math.exp(s) / sum, within(1e-6));
                assertThat(scores.predicted(i)).isEqualTo(s < 0 ? 0 : s > 0 ? 2 : 0);
            }
        }
    }

    @Test
    void completesOneProbabilityToTwoClasses() throws Exception {
        try (OnnxModel model = load(Graphs.sum(2, "Sigmoid").toBytes(), "a,b", "DOWN,UP");
                BatchScorer scorer = model.newScorer(8)) {
            assertThat(model.output()).isEqualTo(OutputKind.PROBABILITIES);
            assertThat(scorer.score(new float[] {0, 0}).values(0)).containsExactly(0.5f, 0.5f);
            assertThat(scorer.score(new float[] {2, 0}).predicted(0)).isEqualTo(1);
        }
    }

    @Test
    void completesOneDecisionScoreToTwoClasses() throws Exception {
        try (OnnxModel model = load(Graphs.sum(2, "Identity").toBytes(), "a,b", "DOWN,UP");
                BatchScorer scorer = model.newScorer(8)) {
            assertThat(model.output()).isEqualTo(OutputKind.SCORES);
            assertThat(scorer.score(new float[] {2, 1}).values(0)).containsExactly(-3, 3);
            assertThat(scorer.score(new float[] {0, 0}).predicted(0)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INT64", "STRING"})
    void takesDecisionScoresWhoseHighestIsTheLabel(DataType label) throws Exception {
        try (OnnxModel model = load(Graphs.labelled("ArgMax", label), null, CLASSES);
                BatchScorer scorer = model.newScorer(8)) {
            assertThat(model.output()).isEqualTo(OutputKind.SCORES);
            assertThat(scorer.score(new float[] {1, 3, 2}).predicted(0)).isEqualTo(1);
        }
    }

    @Test
    void readsOneNumberWithoutClassesAsARegression() throws Exception {
        try (OnnxModel model = load(Graphs.sum(2, "Identity").toBytes(), null, null);
                BatchScorer scorer = model.newScorer(8)) {
            assertThat(model.output()).isEqualTo(OutputKind.VALUE);
            assertThat(model.contract().columns()).containsExactly("x0", "x1");
            assertThat(scorer.score(new float[] {2, 1}).values(0)).containsExactly(3);
            assertThat(model.answersMissing()).isFalse();
            float[] missing = {Float.NaN, 1};
            assertThat(scorer.score(missing).status(0)).isEqualTo(PredictionStatus.INVALID_OUTPUT);
            assertThat(scorer.score(missing).values(0)).isEmpty();
        }
    }

    @Test
    void failsARowThatDoesNotFitIntegerInputsAndScoresTheOthers() throws Exception {
        byte[] bytes = Graphs.perColumn(List.of("a", "b"), DataType.INT64, 2).toBytes();
        try (OnnxModel model = load(bytes, null, CLASSES);
                BatchScorer scorer = model.newScorer(8)) {
            Scores scores = scorer.score(new float[][] {{1, 2}, {0.5f, 1}, {Float.NaN, 1}});
            assertThat(scores.status(0)).isEqualTo(PredictionStatus.OK);
            assertThat(scores.status(1)).isEqualTo(PredictionStatus.FAILED);
            assertThat(scores.status(2)).isEqualTo(PredictionStatus.FAILED);
        }
    }

    @Test
    void scoresRowByRowWhatLooksAtTheWholeBatch() throws Exception {
        try (OnnxModel model = load(Graphs.lessBatchMean(2).toBytes(), null, "A,B")) {
            assertThat(model.batchSizes()).containsExactly(1);
            try (BatchScorer scorer = model.newScorer(256)) {
                Scores scores = scorer.score(new float[][] {{1, 2}, {5, 7}});
                assertThat(scores.values(0)).containsExactly(0, 0);
                assertThat(scores.values(1)).containsExactly(0, 0);
            }
        }
    }

    static Stream<Arguments> refusals() {
        byte[] good = Graphs.softmax(2).toBytes();
        return Stream.of(
                refusal(
                        "a text",
                        "no ONNX model".getBytes(StandardCharsets.UTF_8),
                        "no ONNX model, or only a part"),
                refusal(
                        "cut off",
                        Arrays.copyOf(good, good.length / 2),
                        "no ONNX model, or only a part"),
                refusal(
                        "no graph",
                        ModelProto.newBuilder().setIrVersion(8).build().toByteArray(),
                        "holds no ONNX graph"),
                refusal(
                        "an unknown operator",
                        Graphs.shaped(3, "Clairvoyance").toBytes(),
                        "ONNX Runtime cannot load it"),
                refusal(
                        "weights in another file",
                        BadGraphs.edited(good, BadGraphs::externalWeights),
                        "lies at /etc/passwd, no file of the model's folder"),
                refusal(
                        "no input",
                        BadGraphs.edited(good, BadGraphs::withoutInput),
                        "the graph has no input"),
                refusal(
                        "bool input",
                        BadGraphs.input(DataType.BOOL, -1, 3),
                        "bool[N, 3] is no tensor of float"),
                refusal(
                        "a cube",
                        BadGraphs.input(DataType.FLOAT, -1, 3, 3),
                        "float[N, 3, 3] takes no row of values"),
                refusal(
                        "millions of columns",
                        BadGraphs.input(DataType.FLOAT, -1, 1 << 24),
                        "takes 16777216 values a row"),
                refusal(
                        "millions of rows",
                        BadGraphs.input(DataType.FLOAT, 1 << 24, 3),
                        "fixes the batch at 16777216"),
                refusal("two batches", BadGraphs.twoInputs(3, 1), "fixes another batch"),
                refusal(
                        "a sequence input",
                        BadGraphs.edited(good, BadGraphs::sequenceInput),
                        "sequence_type is no tensor"),
                refusal(
                        "two scores",
                        BadGraphs.edited(good, BadGraphs::secondScores),
                        "do not say which holds the scores"),
                refusal(
                        "labels alone",
                        BadGraphs.labelsAlone(),
                        "hold no scores of float or double"),
                refusal(
                        "classes of another number",
                        Graphs.shaped(2, "Softmax", attribute("axis", 1)).toBytes(),
                        "gives 2 numbers a row, expected 3 for the classes [DOWN, FLAT, UP]"),
                refusal(
                        "rows lost",
                        BadGraphs.total(),
                        "for 2 rows, expected one row of scores for each"),
                refusal(
                        "NaN",
                        BadGraphs.nan(),
                        "only 0 of 12 ordinary rows gave probabilities that sum to 1, one gave [NaN, NaN, NaN]"),
                refusal(
                        "random numbers",
                        Graphs.shaped(3, "RandomNormalLike").toBytes(),
                        "change from call to call"),
                refusal("no end", Graphs.busy(3).toBytes(), "did not end within 300 ms"),
                refusal("a crash", BadGraphs.failing(), "the trial run failed"),
                refusal(
                        "promised to impute",
                        BadGraphs.withMetadata(good, "shivx.missing", "imputed"),
                        "promises an answer for missing values"),
                refusal(
                        "promised probabilities",
                        BadGraphs.withMetadata(
                                Graphs.shaped(3, "Identity").toBytes(),
                                "shivx.output",
                                "probabilities"),
                        "ordinary rows gave probabilities that sum to 1"),
                refusal(
                        "labels that its scores do not name",
                        Graphs.labelled("ArgMin", DataType.INT64),
                        "its highest score does not name its class"),
                refusal(
                        "said twice",
                        BadGraphs.withMetadata(
                                BadGraphs.withMetadata(good, "shivx.columns", "a,b"),
                                "shivx.columns",
                                "b,a"),
                        "metadata_props names shivx.columns twice: a,b and b,a"),
                refusal(
                        "promised to impute whole numbers",
                        BadGraphs.withMetadata(
                                Graphs.perColumn(List.of("a"), DataType.INT64, 1).toBytes(),
                                "shivx.missing",
                                "imputed"),
                        "promises an answer for missing values"),
                refusal(
                        "another checksum",
                        BadGraphs.withMetadata(good, "shivx.sha256", "beef"),
                        "sha256 is beef by metadata_props"));
    }

    private static Arguments refusal(String name, byte[] bytes, String reason) {
        return Arguments.of(Named.of(name, bytes), reason);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(byte[] bytes, String reason) {
        assertThatThrownBy(() -> load(bytes, null, CLASSES))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("; ");
    }

    @Test
    void saysWhatWouldMakeItFit() {
        byte[] bytes = Graphs.softmax(2).toBytes();
        assertThatThrownBy(() -> load(bytes, null, null))
                .isInstanceOfSatisfying(
                        ModelRefusedException.class,
                        refused -> assertThat(refused.remedy()).contains("--classes DOWN,FLAT,UP"));
    }

    @Test
    void refusesSeveralNumbersOfARegression() {
        byte[] bytes =
                BadGraphs.withMetadata(
                        Graphs.shaped(3, "Identity").toBytes(), "shivx.task", "regression");
        assertThatThrownBy(() -> load(bytes, null, null))
                .hasMessageContaining("gives 3 numbers a row, expected 1 of a regression");
    }

    @Test
    void refusesBytesOfAnotherChecksum() throws Exception {
        ModelArtifact good = artifact(Graphs.softmax(2).toBytes(), null, CLASSES);
        byte[] changed = good.bytes().clone();
        changed[changed.length - 1]++;
        ModelArtifact bad = new ModelArtifact(changed, good.sha256(), good.contract());
        assertThatThrownBy(() -> ModelLoader.DEFAULT.load(bad))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("has checksum")
                .hasMessageContaining("expected " + good.sha256());
    }

    @Test
    void refusesAContractThatIsNotTheGraphs() throws Exception {
        ModelContract ofThree = artifact(Graphs.softmax(3).toBytes(), null, CLASSES).contract();
        byte[] ofTwo = Graphs.softmax(2).toBytes();
        ModelArtifact wide = ModelArtifact.of(ofTwo, ofThree);
        assertThatThrownBy(() -> ModelLoader.DEFAULT.load(wide))
                .hasMessageContaining("takes 2 columns, and the contract names 3");
        byte[] named = Graphs.perColumn(List.of("a", "b", "c"), DataType.FLOAT, 2).toBytes();
        ModelArtifact other =
                ModelArtifact.of(
                        named, artifact(Graphs.softmax(3).toBytes(), "c,b,a", CLASSES).contract());
        assertThatThrownBy(() -> ModelLoader.DEFAULT.load(other))
                .hasMessageContaining("and the inputs are named [a, b, c]");
    }

    @Test
    void refusesSizesThatNoCallCanHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelLoader(0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelLoader(4096, Duration.ofSeconds(1)));
    }

    private OnnxModel load(byte[] bytes, @Nullable String columns, @Nullable String classes)
            throws ModelRefusedException {
        return new ModelLoader(64, Duration.ofMillis(300)).load(artifact(bytes, columns, classes));
    }

    private ModelArtifact artifact(byte[] bytes, @Nullable String columns, @Nullable String classes)
            throws ModelRefusedException {
        try {
            return ModelArtifact.readOfAnyColumns(
                    Files.write(folder.resolve("m.onnx"), bytes),
                    ContractFlags.parse(null, columns, classes, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
