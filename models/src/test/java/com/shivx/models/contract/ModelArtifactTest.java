package com.shivx.models.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.ModelRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static void read(Path file) throws ModelRefusedException {
        ModelArtifact.readOfAnyColumns(file, ContractFlags.NONE);
    }
}
