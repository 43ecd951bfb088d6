package com.shivx.models.graph;

import static com.shivx.models.graph.OnnxWriter.OPEN;
import static com.shivx.models.graph.OnnxWriter.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.testing.BadGraphs;
import com.shivx.models.testing.Exports;
import com.shivx.models.testing.Graphs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServingGraphTest {

    @Test
    void findsNamesInTheListThatTheLabelIsLookedUpIn() throws Exception {
        ServingGraph graph =
                ServingGraph.parse(Exports.lookedUp(2, Exports.texts("DOWN", "FLAT", "UP")));
        assertThat(graph.labels()).isEqualTo(new Labels(List.of("DOWN", "FLAT", "UP"), true));
        assertThat(label(graph).labels()).containsExactly("DOWN", "FLAT", "UP");
        assertThat(label(graph).classOf("UP")).isEqualTo(2);
        assertThat(label(graph).classOf("SIDEWAYS")).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"INT64, true", "INT64, false", "INT32, true", "INT32, false"})
    void findsNumbersInTheListThatTheLabelIsLookedUpIn(DataType type, boolean raw)
            throws Exception {
        TensorProto list = Exports.numbers(type, raw, -1, 0, 1);
        ServingGraph graph = ServingGraph.parse(Exports.lookedUp(2, list));
        assertThat(graph.labels()).isEqualTo(new Labels(List.of("-1", "0", "1"), false));
    }

    @Test
    void findsNoLabelsWhereTheyAreNoList() throws Exception {
        byte[] bytes = Exports.lookedUp(2, Exports.texts("DOWN", "FLAT", "UP"));
        byte[] floats =
                BadGraphs.edited(
                        bytes,
                        model -> {
                            labels(model).setDataType(1);
                            return model;
                        });
        assertThat(ServingGraph.parse(floats).labels().texts()).isEmpty();
        byte[] computed =
                BadGraphs.edited(
                        bytes,
                        model -> {
                            labels(model).setName("others");
                            return model;
                        });
        assertThat(ServingGraph.parse(computed).labels().texts()).isEmpty();
        ServingGraph argument = ServingGraph.parse(Graphs.labelled("ArgMax", DataType.INT64));
        assertThat(label(argument).labels()).isEmpty();
    }

    @Test
    void endsInAGraphThatRunsInACircle() throws Exception {
        byte[] bytes =
                BadGraphs.edited(
                        Graphs.labelled("ArgMax", DataType.INT64),
                        model -> {
                            String cast = model.getGraph().getNode(2).getOutput(0);
                            model.getGraphBuilder().getNodeBuilder(2).setInput(0, cast);
                            return model;
                        });
        assertThat(label(ServingGraph.parse(bytes)).labels()).isEmpty();
    }

    @Test
    void takesLabelsOfTheOnlyClassifierWithoutALabelOutput() throws Exception {
        byte[] bytes =
                BadGraphs.edited(
                        Graphs.treeClassifier(),
                        model -> {
                            model.getGraphBuilder().removeOutput(0);
                            return model;
                        });
        ServingGraph graph = ServingGraph.parse(bytes);
        assertThat(graph.label()).isNull();
        assertThat(graph.labels().texts()).containsExactly("0", "1");
    }

    @Test
    void servesNothingButScoresAndLabel() throws Exception {
        OnnxWriter writer = new OnnxWriter("many");
        String x = writer.input("x", DataType.FLOAT, OPEN, 2);
        String p = writer.node("Softmax", List.of(x), attribute("axis", 1));
        writer.output(p, DataType.FLOAT, OPEN, 2);
        String half = writer.node("Cast", List.of(x), attribute("to", DataType.FLOAT16_VALUE));
        writer.output(half, DataType.FLOAT16, OPEN, 2);
        ServingGraph graph = ServingGraph.parse(writer.toBytes());
        assertThat(graph.scores()).isEqualTo(p);
        assertThat(Graphs.parse(graph.bytes()).getGraph().getOutputCount()).isEqualTo(1);
    }

    @Test
    void joinsColumnsWhereAModelHasNoneOfTheOperatorsForIt() throws Exception {
        byte[] bytes =
                BadGraphs.edited(
                        Exports.columns(2, 1, List.of("a", "b")),
                        model -> model.removeOpsetImport(0));
        ServingGraph graph = ServingGraph.parse(bytes);
        assertThat(graph.scoreWidth()).isEqualTo(2);
        assertThat(Graphs.parse(graph.bytes()).getOpsetImportList())
                .extracting(opset -> opset.getDomain())
                .containsExactly("ai.onnx.ml", "");
    }

    @Test
    void saysWhatItsOutputsLeaveOpen() {
        byte[] two =
                BadGraphs.edited(
                        Graphs.labelled("ArgMax", DataType.INT64),
                        model -> {
                            model.getGraphBuilder()
                                    .addOutput(
                                            model.getGraph().getOutput(1).toBuilder()
                                                    .setName("other"));
                            return model;
                        });
        assertThatThrownBy(() -> ServingGraph.parse(two))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("do not say which is the label");
    }

    @Test
    void refusesOperatorsNewerThanTheRuntimes() throws Exception {
        byte[] newest = stamped(ServingGraph.MAX_IR_VERSION, ServingGraph.MAX_OPSET);
        assertThat(ServingGraph.parse(newest).scoreWidth()).isEqualTo(3);
        byte[] newer = stamped(ServingGraph.MAX_IR_VERSION, ServingGraph.MAX_OPSET + 1);
        assertThatThrownBy(() -> ServingGraph.parse(newer))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("stamped opset 27")
                .hasMessageContaining("export it for opset 26 or an older one");
    }

    @Test
    void knowsWhatTheRuntimeReads() throws Exception {
        open(stamped(ServingGraph.MAX_IR_VERSION, ServingGraph.MAX_OPSET));
        byte[] newerFormat = stamped(ServingGraph.MAX_IR_VERSION + 1, ServingGraph.MAX_OPSET);
        byte[] newerOpset = stamped(ServingGraph.MAX_IR_VERSION, ServingGraph.MAX_OPSET + 1);
        assertThatThrownBy(() -> open(newerFormat)).isInstanceOf(OrtException.class);
        assertThatThrownBy(() -> open(newerOpset)).isInstanceOf(OrtException.class);
    }

    private static byte[] stamped(long irVersion, long opset) {
        return BadGraphs.edited(
                Graphs.softmax(2).toBytes(),
                model -> {
                    model.getOpsetImportBuilder(0).setVersion(opset);
                    return model.setIrVersion(irVersion);
                });
    }

    private static void open(byte[] bytes) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            OrtEnvironment.getEnvironment().createSession(bytes, options).close();
        }
    }

    @Test
    void refusesAnOpenWidthBesideOtherInputs() {
        byte[] bytes = BadGraphs.twoInputs(OPEN, OPEN);
        assertThatThrownBy(() -> ServingGraph.parse(bytes))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("leaves its width open, and is one of 2 inputs");
    }

    private static TensorProto.Builder labels(ModelProto.Builder model) {
        return model.getGraphBuilder().getInitializerBuilderList().stream()
                .filter(tensor -> tensor.getName().equals("labels"))
                .findFirst()
                .orElseThrow();
    }

    private static LabelOutput label(ServingGraph graph) {
        LabelOutput label = graph.label();
        assertThat(label).isNotNull();
        return label;
    }
}
