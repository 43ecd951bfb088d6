package com.shivx.models.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.testing.BadGraphs;
import com.shivx.models.testing.Exports;
import com.shivx.models.testing.Graphs;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalDataTest {

    private static final long PLENTY = 1 << 20;

    @TempDir private Path folder;
    private Path file;
    private byte[] apart;

    @BeforeEach
    void saveApart() throws Exception {
        file = Exports.saveApart(Graphs.softmax(2).toBytes(), folder);
        apart = Files.readAllBytes(file);
    }

    @Test
    void readsWeightsWhereverTheyAreInTheFile() throws Exception {
        TensorProto weights = Graphs.parse(inlined(apart)).getGraph().getInitializer(0);
        assertThat(weights.getExternalDataCount()).isZero();
        assertThat(
                        weights.getRawData()
                                .asReadOnlyByteBuffer()
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .asFloatBuffer()
                                .get(0))
                .isEqualTo(-1f);
        // Without a length: to the end of the file.
        assertThat(inlined(changed("length", null))).isEqualTo(inlined(apart));
    }

    @Test
    void leavesAModelOfOnePieceAsItIs() throws Exception {
        byte[] bytes = Graphs.softmax(2).toBytes();
        assertThat(inlined(bytes)).isSameAs(bytes);
    }

    @Test
    void findsTheFolderBehindALink() throws Exception {
        Path links = Files.createDirectory(folder.resolve("links"));
        Path link = Files.createSymbolicLink(links.resolve("latest.onnx"), file.toRealPath());
        assertThat(ExternalData.inlined(apart, link, PLENTY)).isEqualTo(inlined(apart));
    }

    @Test
    void readsWeightsInsideAttributesToo() throws Exception {
        TensorProto weights = Graphs.parse(apart).getGraph().getInitializer(0);
        byte[] inAttribute =
                BadGraphs.edited(
                        Graphs.softmax(2).toBytes(),
                        model -> {
                            model.getGraphBuilder()
                                    .getNodeBuilder(0)
                                    .addAttributeBuilder()
                                    .setT(weights);
                            return model;
                        });
        ModelProto whole = Graphs.parse(inlined(inAttribute));
        assertThat(whole.getGraph().getNode(0).getAttribute(0).getT().getRawData().size())
                .isEqualTo(24);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "location | /etc/passwd    | lies at /etc/passwd, no file of the model's folder",
                "location | ../secret      | no file of the model's folder",
                "location | .              | no file of the model's folder",
                "location | none           | lies where it cannot be read",
                "location | link           | no file of the model's folder",
                "offset   | 9              | lies beyond the 24 bytes of",
                "offset   | -1             | lies beyond the 24 bytes of",
                "offset   | 9223372036854775807 | lies beyond the 24 bytes of",
                "length   | 25             | lies beyond the 24 bytes of",
                "length   | -1             | lies beyond the 24 bytes of",
                "length   | many           | lies where it cannot be read",
            })
    void refusesWeightsThatLieElsewhere(String key, String value, String reason) throws Exception {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path model = Exports.saveApart(Graphs.softmax(2).toBytes(), inner);
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(inner.resolve("link"), folder.resolve("secret"));
        assertThatThrownBy(() -> ExternalData.inlined(changed(key, value), model, PLENTY))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("tensor 'w' ")
                .hasMessageContaining(reason)
                .hasMessageContaining("external_data=False");
    }

    @Test
    void readsNoMoreThanItMay() {
        assertThatThrownBy(() -> ExternalData.inlined(apart, file, 23))
                .hasMessageContaining("is more than may be read");
    }

    private byte[] inlined(byte[] bytes) throws ModelRefusedException {
        return ExternalData.inlined(bytes, file, PLENTY);
    }

    /** With another value of a key of the first tensor's place, or without it. */
    private byte[] changed(String key, @Nullable String value) {
        return BadGraphs.edited(
                apart,
                model -> {
                    TensorProto.Builder tensor = model.getGraphBuilder().getInitializerBuilder(0);
                    for (int i = tensor.getExternalDataCount() - 1; i >= 0; i--) {
                        if (tensor.getExternalData(i).getKey().equals(key)) {
                            tensor.removeExternalData(i);
                        }
                    }
                    if (value != null) {
                        tensor.addExternalData(Exports.entry(key, value));
                    }
                    return model;
                });
    }
}
