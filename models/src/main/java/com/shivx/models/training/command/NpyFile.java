package com.shivx.models.training.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An array of floats as NumPy's format 1.0, which {@code numpy.load(file)} opens in one line, to
 * the bit and with its shape, without a library on either side:
 *
 * <pre>
 *   \x93NUMPY 1 0 | length of the header, 2 bytes, little-endian
 *   {'descr': '<f4', 'fortran_order': False, 'shape': (rows, columns), }   blanks to a multiple of 64, \n
 *   the values row by row, 4 bytes each, little-endian
 * </pre>
 */
final class NpyFile {

    private static final int ALIGNMENT = 64;
    private static final int PREFIX = 10;
    private static final int CHUNK = 8192;

    private NpyFile() {}

    /**
     * Writes it.
     *
     * @param shape such as {@code (3, 2)} or {@code (3,)}
     */
    static void write(Path file, String shape, float[] values) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(header(shape));
            ByteBuffer buffer = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
            for (int from = 0; from < values.length; from += CHUNK) {
                int count = Math.min(CHUNK, values.length - from);
                buffer.clear();
                buffer.asFloatBuffer().put(values, from, count);
                out.write(buffer.array(), 0, 4 * count);
            }
        }
    }

    private static byte[] header(String shape) {
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
        int padding = ALIGNMENT - (PREFIX + text.length() + 1) % ALIGNMENT;
        byte[] described =
                (text + " ".repeat(padding % ALIGNMENT) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(PREFIX + described.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) described.length)
                .put(described)
                .array();
    }
}
