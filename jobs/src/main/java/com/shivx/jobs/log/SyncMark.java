package com.shivx.jobs.log;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.core.fs.FSDataInputStream;

/**
 * The sixteen bytes that stand in an Avro file after its header and after each block, and so at its
 * end. Avro's own reader takes a file that was cut short for one that holds less.
 *
 * <pre>
 * | magic | metadata | mark | block | mark | … | block | mark |
 * </pre>
 */
final class SyncMark {

    private SyncMark() {}

    /**
     * Throws unless the file ends with its mark, and leaves the stream at its beginning. What a cut
     * exactly behind a block has taken is not noticed.
     *
     * @param length of the file
     */
    static void requireAtEnd(FSDataInputStream in, long length) throws IOException {
        byte[] mark = ofHeader(in);
        byte[] end = new byte[DataFileConstants.SYNC_SIZE];
        in.seek(length - end.length);
        if (in.readNBytes(end, 0, end.length) != end.length || !Arrays.equals(mark, end)) {
            throw new EOFException("it ends in the middle of a block");
        }
        in.seek(0);
    }

    private static byte[] ofHeader(FSDataInputStream in) throws IOException {
        BinaryDecoder header = DecoderFactory.get().binaryDecoder(in, null);
        header.skipFixed(DataFileConstants.MAGIC.length);
        for (long count = header.readMapStart(); count > 0; count = header.mapNext()) {
            for (long entry = 0; entry < count; entry++) {
                header.skipString();
                header.skipBytes();
            }
        }
        byte[] mark = new byte[DataFileConstants.SYNC_SIZE];
        header.readFixed(mark);
        return mark;
    }
}
