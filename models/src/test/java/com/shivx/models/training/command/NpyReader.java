package com.shivx.models.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** NumPy's format 1.0 as its description has it, read by other code than wrote it. */
final class NpyReader {

    private NpyReader() {}

    static float[] read(Path file, String shape) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(bytes, 0, 6, StandardCharsets.ISO_8859_1)).isEqualTo("\u0093NUMPY");
        assertThat(bytes[6]).isEqualTo((byte) 1);
        assertThat(bytes[7]).isZero();
        int length = (bytes[8] & 0xff) + 256 * (bytes[9] & 0xff);
        assertThat((10 + length) % 64).isZero();
        assertThat(bytes[9 + length]).isEqualTo((byte) '\n');
        assertThat(new String(bytes, 10, length, StandardCharsets.US_ASCII).strip())
                .isEqualTo("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }");
        float[] values = new float[(bytes.length - 10 - length) / 4];
        ByteBuffer.wrap(bytes, 10 + length, 4 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }
}
