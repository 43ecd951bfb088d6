package com.shivx.models.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.shivx.models.testing.Graphs;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnnxMetadataTest {

    @Test
    void replacesItsOwnEntriesAndLeavesTheRestOfTheFile() throws Exception {
        byte[] before =
                Graphs.softmax(3)
                        .metadata("author", "somebody")
                        .metadata("shivx.classes", "DOWN,FLAT,UP")
                        .metadata("shivx.version", "1.0.0")
                        .toBytes();

        byte[] after =
                OnnxMetadata.replaced(before, "shivx.", Map.of("shivx.classes", "UP,FLAT,DOWN"));

        assertThat(ServingGraph.parse(after).metadata())
                .isEqualTo(Map.of("author", "somebody", "shivx.classes", "UP,FLAT,DOWN"));
        assertThat(ModelProto.parseFrom(after).getGraph())
                .isEqualTo(ModelProto.parseFrom(before).getGraph());
    }

    @Test
    void refusesWhatIsNoModel() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> OnnxMetadata.replaced("no model".getBytes(UTF_8), "shivx.", Map.of()))
                .withMessageStartingWith("the bytes are no ONNX file: ");
    }
}
