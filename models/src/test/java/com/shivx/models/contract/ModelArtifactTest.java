package com.shivx.models.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.testing.Graphs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelArtifactTest {

    @TempDir private Path folder;

    @Test
    void refusesFilesThatAreNotThereEmptyOrTooLarge() throws Exception {
        assertThatThrownBy(() -> read(folder.resolve("none.onnx")))
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> read(folder)).hasMessageContaining("is no file");
        Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
        assertThatThrownBy(() -> read(empty)).hasMessageContaining("has 0 bytes");
        assertThatThrownBy(() -> ModelArtifact.readBytes(Files.write(empty, new byte[9]), 8))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("has 9 bytes, expected 1 to 8");
    }

    @Test
    void readsBytesFromAnywhereOnceTheirChecksumIsRight() throws Exception {
        ModelArtifact baseline = BaselineMomentum.artifact();
        ModelArtifact again = ModelArtifact.of(baseline.bytes(), baseline.sha256(), null);
        assertThat(again.contract()).isEqualTo(baseline.contract());

        OnnxWriter writer = Graphs.softmax(1);
        byte[] silent = writer.toBytes();
        byte[] signature =
                ModelArtifact.of(silent, baseline.contract())
                        .signature()
                        .replaceAll("(?s)\"columns\" : \\[.*?]", "\"columns\" : [\"spread_bps\"]")
                        .getBytes(StandardCharsets.UTF_8);
        String sha256 = DigestUtils.sha256Hex(silent);
        assertThat(ModelArtifact.of(silent, sha256, signature).contract().columns())
                .containsExactly("spread_bps");

        assertThatThrownBy(() -> ModelArtifact.of(silent, baseline.sha256(), signature))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("has checksum " + sha256);
    }

    @Test
    void becomesAnotherVersionUnlessTheFileSaysWhichItIs() throws Exception {
        Path file = Files.write(folder.resolve("m.onnx"), Graphs.softmax(1).toBytes());
        ContractFlags flags =
                ContractFlags.parse("market-v1", "log_return_1s", "DOWN,FLAT,UP", null);
        ModelArtifact silent = ModelArtifact.read(file, flags);
        assertThat(silent.isNamedByItsBytes()).isTrue();
        ModelArtifact named = silent.as("2.1.0");
        assertThat(named.isNamedByItsBytes()).isFalse();
        assertThat(silent.as("2.0.0").namedByItsBytes().contract()).isEqualTo(silent.contract());
        assertThat(named.contract()).isEqualTo(silent.contract().as("2.1.0"));
        assertThat(named.sha256()).isEqualTo(silent.sha256());

        ModelArtifact baseline = BaselineMomentum.artifact();
        assertThatThrownBy(() -> baseline.as("9.9.9"))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("9.9.9");
        ModelArtifact any =
                ModelArtifact.readOfAnyColumns(
                        file, ContractFlags.parse(null, null, "DOWN,FLAT,UP", null));
        assertThat(any.as("2.1.0").contract().columns()).containsExactly("x0");
    }

    @Test
    void refusesAContractThatNobodyElseWouldRead() throws Exception {
        byte[] bytes = Graphs.perColumn(List.of("a", "b"), DataType.FLOAT, 2).toBytes();
        Path file = Files.write(folder.resolve("m.onnx"), bytes);
        ModelContract read =
                ModelArtifact.readOfAnyColumns(
                                file, ContractFlags.parse(null, null, "DOWN,FLAT,UP", null))
                        .contract();
        ModelContract swapped =
                new ModelContract(
                        read.model(),
                        read.version(),
                        read.task(),
                        null,
                        null,
                        List.of("b", "a"),
                        read.classes(),
                        read.actions(),
                        read.output(),
                        read.imputes());
        ModelArtifact.of(bytes, read).checkReadsBack();
        assertThatThrownBy(() -> ModelArtifact.of(bytes, swapped).checkReadsBack())
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("with its signature");
    }

    private static void read(Path file) throws ModelRefusedException {
        ModelArtifact.readOfAnyColumns(file, ContractFlags.NONE);
    }
}
