package com.shivx.models.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.testing.Graphs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static void read(Path file) throws ModelRefusedException {
        ModelArtifact.readOfAnyColumns(file, ContractFlags.NONE);
    }
}
