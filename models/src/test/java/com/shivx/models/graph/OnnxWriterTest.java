package com.shivx.models.graph;

import static com.shivx.models.graph.OnnxWriter.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.shivx.models.testing.Graphs;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxWriterTest {

    @Test
    void writesTheSameBytesEveryTime() throws Exception {
        byte[] first = Graphs.softmax(3).metadata("b", "2").metadata("a", "1").toBytes();
        byte[] second = Graphs.softmax(3).metadata("a", "1").metadata("b", "2").toBytes();
        assertThat(first).isEqualTo(second);
        // Pinned: a model's checksum is its identity, and must survive an upgrade of the protobuf
        // library.
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(first)))
                .isEqualTo("ef5f0dbe0e3f7577d07283c40a80c0e9c9bf0c4cb16540cf067f6f06459aaccd");
    }

    @Test
    void writesWhatTheRuntimeReads() throws Exception {
        byte[] bytes = Graphs.softmax(3).metadata("shivx.columns", "a,b,c").toBytes();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session =
                        OrtEnvironment.getEnvironment().createSession(bytes, options)) {
            NodeInfo input = session.getInputInfo().get("x");
            assertThat(input).isNotNull();
            TensorInfo info = (TensorInfo) input.getInfo();
            assertThat(info.getShape()).containsExactly(-1, 3);
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsEntry("shivx.columns", "a,b,c");
            assertThat(session.getMetadata().getProducerName()).isEqualTo("shivx");
        }
    }

    @Test
    void namesTensorsByTheirNodeAndCountsOutputs() {
        OnnxWriter writer = new OnnxWriter("names");
        String x = writer.input("x", DataType.FLOAT, OnnxWriter.OPEN, 2);
        assertThat(writer.node("Neg", List.of(x))).isEqualTo("Neg_0");
        assertThat(writer.mlNode("TreeEnsembleClassifier", List.of(x), 2))
                .containsExactly("TreeEnsembleClassifier_1_0", "TreeEnsembleClassifier_1_1");
        ModelProto model = Graphs.parse(writer.toBytes());
        assertThat(model.getGraph().getNode(0).getDomain()).isEmpty();
        assertThat(model.getGraph().getNode(1).getDomain()).isEqualTo("ai.onnx.ml");
    }

    @Test
    void keepsAttributesOfEveryType() {
        assertThat(attribute("a", 3).getI()).isEqualTo(3);
        assertThat(attribute("a", "text").getS().toStringUtf8()).isEqualTo("text");
        assertThat(attribute("a", new long[] {1, 2}).getIntsList()).containsExactly(1L, 2L);
        assertThat(attribute("a", new float[] {1, 2}).getFloatsList()).containsExactly(1f, 2f);
        assertThat(attribute("a", List.of("b", "c")).getStringsCount()).isEqualTo(2);
    }
}
