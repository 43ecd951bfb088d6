package com.shivx.models.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.models.Action;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.testing.Exports;
import com.shivx.models.testing.Graphs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A contract is what file, signature and flags say together; a gap or a contradiction is named. */
class ContractTest {

    private static final FeatureSet MARKET = FeatureSets.byName("market-v1");
    private static final String TWO_COLUMNS = "spread_bps,queue_imbalance";

    @TempDir private Path folder;

    @Test
    void takesAllFromFlags() throws Exception {
        ModelContract contract =
                read(Graphs.softmax(2).toBytes(), "market-v1", TWO_COLUMNS, "DOWN,FLAT,UP", null)
                        .contract();
        assertThat(contract.featureSet()).isEqualTo("market-v1");
        assertThat(contract.featureSetHash()).isEqualTo(MARKET.hash());
        assertThat(contract.columns()).containsExactly("spread_bps", "queue_imbalance");
        assertThat(contract.actions()).containsExactly(Action.SELL, Action.HOLD, Action.BUY);
        assertThat(contract.task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(contract.output()).isNull();
        assertThat(contract.imputes()).isFalse();
    }

    @Test
    void callsAModelWithoutNameAsItsFileAndVersionsItByItsBytes() throws Exception {
        ModelArtifact artifact =
                read(Graphs.softmax(2).toBytes(), "market-v1", TWO_COLUMNS, "DOWN,FLAT,UP", null);
        assertThat(artifact.contract().id())
                .isEqualTo("my-model@0.0.0+" + artifact.sha256().substring(0, 8));
    }

    @Test
    void takesAllFromMetadata() throws Exception {
        ModelContract contract = ModelArtifact.of(complete().toBytes()).contract();
        assertThat(contract.id()).isEqualTo("direction@2.1.0");
        assertThat(contract.classes()).containsExactly("CALM", "STORM");
        assertThat(contract.actions()).containsExactly(Action.HOLD, Action.SELL);
        assertThat(contract.output()).isEqualTo(OutputKind.PROBABILITIES);
    }

    @Test
    void writesASignatureThatSaysTheSame() throws Exception {
        byte[] bytes = complete().toBytes();
        ModelArtifact artifact = ModelArtifact.of(bytes);
        Files.writeString(folder.resolve("signature.json"), artifact.signature());
        assertThat(read(bytes, null, null, null, null))
                .usingRecursiveComparison()
                .isEqualTo(artifact);
        byte[] bare = Graphs.sum(2, "Sigmoid").toBytes();
        Files.writeString(
                folder.resolve("signature.json"),
                artifact.signature().replace(artifact.sha256(), Sha256.of(bare)));
        assertThat(read(bare, null, null, null, null).contract()).isEqualTo(artifact.contract());
    }

    @Test
    void writesASignatureOfARegressionOfAnyColumns() throws Exception {
        byte[] bytes = Graphs.sum(2, "Identity").toBytes();
        Path file = Files.write(folder.resolve("level.onnx"), bytes);
        ModelArtifact artifact = ModelArtifact.readOfAnyColumns(file, ContractFlags.NONE);
        assertThat(artifact.signature())
                .contains("\"task\" : \"regression\"")
                .doesNotContain("classes");
        ModelContract promised =
                new ModelContract(
                        "level",
                        "1.0.0",
                        Task.CLASSIFICATION,
                        null,
                        null,
                        List.of("a"),
                        List.of("A", "B"),
                        Arrays.asList(Action.BUY, null),
                        null,
                        true);
        assertThat(Signature.write(promised, "00"))
                .contains("\"A\" : \"BUY\"", "\"missing\" : \"imputed\"")
                .doesNotContain("\"B\" :");
    }

    @Test
    void takesAllFeaturesWhereTheInputIsAsWideAsTheSet() throws Exception {
        byte[] bytes = Graphs.softmax(MARKET.size()).toBytes();
        assertThat(read(bytes, "market-v1", null, "DOWN,FLAT,UP", null).contract().columns())
                .isEqualTo(FeatureFit.names(MARKET));
    }

    @Test
    void takesColumnsFromInputsThatAreNamedAsFeatures() throws Exception {
        byte[] bytes =
                Graphs.perColumn(List.of("queue_imbalance", "spread_bps"), DataType.FLOAT, 2)
                        .toBytes();
        assertThat(read(bytes, "market-v1", null, "DOWN,FLAT,UP", null).contract().columns())
                .containsExactly("queue_imbalance", "spread_bps");
        assertThat(read(bytes, "market-v1", TWO_COLUMNS, "DOWN,FLAT,UP", null).contract().columns())
                .containsExactly("queue_imbalance", "spread_bps");
        assertRefused(
                () -> read(bytes, "market-v1", "spread_bps,ewma", "DOWN,FLAT,UP", null),
                "the columns are [spread_bps, ewma] by --columns, and the inputs are named");
    }

    @Test
    void takesColumnsInTheOrderOfInputsThatAreNamedOtherwise() throws Exception {
        byte[] bytes = Graphs.perColumn(List.of("f0", "f1"), DataType.FLOAT, 2).toBytes();
        assertThat(read(bytes, "market-v1", TWO_COLUMNS, "DOWN,FLAT,UP", null).contract().columns())
                .containsExactly("spread_bps", "queue_imbalance");
        assertRefused(
                () -> read(bytes, "market-v1", null, "DOWN,FLAT,UP", null),
                "its columns [f0, f1] are no features of market-v1");
    }

    @Test
    void takesClassesFromLabelsThatAreTexts() throws Exception {
        byte[] bytes = Graphs.zipMap(2, List.of("DOWN", "FLAT", "UP"));
        assertThat(read(bytes, "market-v1", TWO_COLUMNS, null, null).contract().classes())
                .containsExactly("DOWN", "FLAT", "UP");
        assertRefused(
                () -> read(bytes, "market-v1", TWO_COLUMNS, "UP,FLAT,DOWN", null),
                "classes is UP,FLAT,DOWN by --classes and DOWN,FLAT,UP by the graph's labels");
        byte[] looked = Exports.lookedUp(2, Exports.texts("DOWN", "FLAT", "UP"));
        assertThat(read(looked, "market-v1", TWO_COLUMNS, null, null).contract().classes())
                .containsExactly("DOWN", "FLAT", "UP");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "-         | -             | -            | -            | says its feature set; name it with --features market-v1",
                "market-v9 | -             | -            | -            | its feature set is not known",
                "market-v1 | -             | DOWN,FLAT,UP | -            | says its columns; name its columns in its order with --columns",
                "market-v1 | spread_bps    | DOWN,FLAT,UP | -            | takes 5 columns, and --columns names 1: [spread_bps]",
                "market-v1 | spread_bps,a,b,c,d | DOWN,FLAT,UP | -            | its columns [a, b, c, d] are no features of market-v1",
                "market-v1 | a,a,b,c,d     | DOWN,FLAT,UP | -            | a column twice in [a, a, b, c, d]",
                "market-v1 | a,b,c,d,e     | -            | -            | says its classes; name its classes in its order with --classes",
                "market-v1 | a,b,c,d,e     | A,B,C        | -            | its class A has no action; give each class BUY, HOLD or SELL with --actions A=HOLD,B=HOLD,C=HOLD",
                "market-v1 | a,b,c,d,e     | A,B,C        | X=BUY        | the actions are X=BUY by --actions, and the classes are [A, B, C]",
            })
    void namesWhatIsMissingOrWrong(
            @Nullable String features,
            @Nullable String columns,
            @Nullable String classes,
            @Nullable String actions,
            String reason) {
        assertRefused(
                () -> read(Graphs.softmax(5).toBytes(), features, columns, classes, actions),
                reason);
    }

    @Test
    void namesBothWhereFileAndFlagDiffer() {
        byte[] bytes = complete().toBytes();
        assertRefused(
                () -> read(bytes, null, null, "STORM,CALM", null),
                "classes is STORM,CALM by --classes and CALM,STORM by metadata_props 'shivx.classes'");
        byte[] old = complete().metadata("shivx.feature_set_hash", "0ld").toBytes();
        assertRefused(
                () -> read(old, null, null, null, null),
                "made for feature set market-v1 of hash 0ld, and here it has hash "
                        + MARKET.hash());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\": 3}                      | signature.json 'model' is 3, neither a text nor",
                "{\"columns\": [\"a\", null]}        | signature.json 'columns' is null, neither a text nor",
                "{\"task\": \"guess\"}               | signature.json 'task' is guess; make it one of [classification, regression]",
                "{\"version\": \"new\"}              | version 'new' is not semantic",
                "{\"model\": \"a~b\"}                | model name 'a~b' is not of",
                "{\"actions\": {\"CALM\": \"WAIT\"}} | 'CALM=WAIT' is not CLASS=BUY, CLASS=HOLD or CLASS=SELL",
                "{\"output\": \"value\"}             | a CLASSIFICATION does not give VALUE",
                "{\"sha256\": \"beef\"}              | sha256 is beef by signature.json 'sha256' and",
                "[1]                                 | signature.json holds no object",
                "{\"model\":                         | signature.json is no JSON",
            })
    void refusesASignatureThatSaysNothingSound(String json, String reason) throws Exception {
        Files.writeString(folder.resolve("signature.json"), json);
        byte[] bytes = Graphs.sum(2, "Sigmoid").toBytes();
        assertRefused(
                () -> read(bytes, "market-v1", TWO_COLUMNS, "CALM,STORM", "CALM=HOLD,STORM=SELL"),
                reason);
    }

    @Test
    void leavesOtherFieldsOfASignatureAlone() throws Exception {
        Files.writeString(
                folder.resolve("signature.json"),
                "{\"model\": \"storms\", \"task\": null, \"author\": 3}");
        byte[] bytes = Graphs.sum(2, "Sigmoid").toBytes();
        ModelArtifact read =
                read(bytes, "market-v1", TWO_COLUMNS, "CALM,STORM", "STORM=SELL, CALM=HOLD");
        assertThat(read.contract().model()).isEqualTo("storms");
    }

    @Test
    void refusesAnotherNumberOfClassesThanTheGraphHas() {
        byte[] bytes = Graphs.treeClassifier();
        assertRefused(
                () -> read(bytes, "market-v1", "spread_bps", "DOWN,FLAT,UP", null),
                "the classes are [DOWN, FLAT, UP] by --classes, and the graph has 2 labels: [0, 1]");
        assertRefused(
                () -> read(bytes, "market-v1", "spread_bps", null, null),
                "--classes DOWN,FLAT,UP (its labels are [0, 1])");
    }

    @Test
    void refusesWholeNumbersForFeatures() {
        byte[] bytes =
                Graphs.perColumn(List.of("queue_imbalance", "spread_bps"), DataType.INT64, 2)
                        .toBytes();
        assertRefused(
                () -> read(bytes, "market-v1", null, "DOWN,FLAT,UP", null),
                "its inputs take whole numbers (int64), and features are fractions");
    }

    @Test
    void takesANameThatTheFileDoesNotContradict() throws Exception {
        ContractFlags flags =
                ContractFlags.parse("market-v1", "spread_bps, queue_imbalance", null, null);
        Path file = folder.resolve("m.onnx");
        Files.write(file, complete().toBytes());
        assertThat(ModelArtifact.read(file, flags.named("direction", "2.1.0")).contract().id())
                .isEqualTo("direction@2.1.0");
        assertRefused(
                () -> ModelArtifact.read(file, flags.named("direction", "2.2.0")),
                "version is 2.2.0 by --version and 2.1.0 by metadata_props 'shivx.version'");
        assertRefused(
                () -> ModelArtifact.read(file, flags.named("momentum", "2.1.0")),
                "model is momentum by --model and direction by metadata_props 'shivx.model'");
    }

    @Test
    void travelsWithAJob() throws Exception {
        ModelArtifact artifact = ModelArtifact.of(complete().toBytes());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(artifact);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).usingRecursiveComparison().isEqualTo(artifact);
        }
    }

    @Test
    void readsFlagsAsTyped() {
        ContractFlags flags =
                ContractFlags.parse("market-v1", "a, b", "DOWN,UP", "DOWN = SELL, UP=BUY");
        assertThat(flags.columns()).containsExactly("a", "b");
        assertThat(flags.actions()).isEqualTo(Map.of("DOWN", Action.SELL, "UP", Action.BUY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UP", "UP=", "=BUY", "UP=buy"})
    void refusesActionsThatAreNone(String actions) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContractFlags.parse(null, null, null, actions))
                .withMessageContaining("'" + actions + "' is not CLASS=BUY");
    }

    private static OnnxWriter complete() {
        return Graphs.sum(2, "Sigmoid")
                .metadata("shivx.model", "direction")
                .metadata("shivx.version", "2.1.0")
                .metadata("shivx.feature_set", "market-v1")
                .metadata("shivx.feature_set_hash", MARKET.hash())
                .metadata("shivx.columns", "spread_bps, queue_imbalance")
                .metadata("shivx.classes", "CALM,STORM")
                .metadata("shivx.actions", "STORM=SELL,CALM=HOLD")
                .metadata("shivx.output", "probabilities");
    }

    private ModelArtifact read(
            byte[] bytes,
            @Nullable String features,
            @Nullable String columns,
            @Nullable String classes,
            @Nullable String actions)
            throws Exception {
        return ModelArtifact.read(
                Files.write(folder.resolve("my model.onnx"), bytes),
                ContractFlags.parse(features, columns, classes, actions));
    }

    private static void assertRefused(ThrowingCallable call, String reason) {
        assertThatThrownBy(call)
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(reason);
    }
}
