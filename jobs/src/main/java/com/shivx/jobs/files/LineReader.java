package com.shivx.jobs.files;

import com.shivx.jobs.wire.DeadLetter;
import com.shivx.jobs.wire.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines of bytes, ended by LF or CRLF, the last by the end of the file as well; a UTF-8 mark of
 * byte order at the start is skipped. Memory is one buffer, whatever the length of a line: of a
 * longer one the first 64 KiB are kept, the rest is counted and digested.
 *
 * <pre>
 * buffer:  | read before | line: start … end | not yet looked at … filled | free |
 * </pre>
 */
final class LineReader {

    /** The longest line that is held whole. */
    static final int LONGEST = DeadLetter.KEPT_BYTES;

    /** The longest line with its end, twice: lines are moved to the front once in some hundreds. */
    private static final int BUFFER = 2 * (LONGEST + 2);

    private static final byte[] RETURN = {'\r'};

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final Sha256 sha256 = new Sha256();
    private int start;
    private int end;

    /** Where the next line starts. */
    private int next;

    private int filled;
    private boolean ended;
    private boolean begun;

    /** Length of a line beyond {@link #LONGEST}, whose digest is then complete; else −1. */
    private long longLength = -1;

    private String longSha256 = "";

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        if (!begun) {
            skipMarkOfByteOrder();
        }
        start = next;
        longLength = -1;
        int looked = start;
        while (true) {
            int lineFeed = indexOfLineFeed(looked);
            if (lineFeed >= 0) {
                return endAt(lineFeed, lineFeed + 1);
            }
            looked = filled - start;
            // One byte more than the longest line may be its carriage return.
            if (looked > LONGEST + 1) {
                readLongLine();
                return true;
            }
            if (!fill()) {
                return start < filled && endAt(filled, filled);
            }
            looked += start;
        }
    }

    /** The buffer in which the line stands. */
    byte[] bytes() {
        return buffer;
    }

    /** Where the line starts in it. */
    int start() {
        return start;
    }

    /** Bytes of the line, without its end; of a longer one those that are kept. */
    int length() {
        return end - start;
    }

    /** Whether the line is longer than what is kept of it. */
    boolean isTooLong() {
        return longLength >= 0;
    }

    /** Bytes of the whole line. */
    long fullLength() {
        return isTooLong() ? longLength : length();
    }

    /** SHA-256 of the whole line. */
    String sha256() {
        return isTooLong() ? longSha256 : sha256.update(buffer, start, length()).hex();
    }

    /** A copy of what is kept of the line. */
    byte[] copy() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    private boolean endAt(int lineEnd, int nextStart) {
        end = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        next = nextStart;
        if (end - start > LONGEST) {
            // Complete in the buffer, and still too long.
            longLength = (long) end - start;
            longSha256 = sha256.update(buffer, start, end - start).hex();
            end = start + LONGEST;
        }
        return true;
    }

    /**
     * Keeps the beginning at the front of the buffer and lets the rest of the line pass behind it.
     */
    private void readLongLine() throws IOException {
        moveToFront();
        long length = filled;
        // A carriage return counts only once it is known that no line feed follows.
        boolean pendingReturn = buffer[filled - 1] == '\r';
        sha256.update(buffer, 0, pendingReturn ? filled - 1 : filled);
        int kept = LONGEST;
        int lineFeed;
        do {
            filled = kept;
            if (!fill()) {
                lineFeed = filled;
                break;
            }
            lineFeed = indexOfLineFeed(kept);
            int chunkEnd = lineFeed >= 0 ? lineFeed : filled;
            if (pendingReturn && chunkEnd > kept) {
                sha256.update(RETURN, 0, 1);
            }
            length += chunkEnd - kept;
            if (chunkEnd > kept) {
                pendingReturn = buffer[chunkEnd - 1] == '\r';
                sha256.update(buffer, kept, chunkEnd - kept - (pendingReturn ? 1 : 0));
            }
        } while (lineFeed < 0);
        next = Math.min(lineFeed + 1, filled);
        end = LONGEST;
        longLength = pendingReturn ? length - 1 : length;
        longSha256 = sha256.hex();
    }

    private void skipMarkOfByteOrder() throws IOException {
        begun = true;
        while (filled < 3 && fill()) {}
        boolean marked =
                filled >= 3
                        && buffer[0] == (byte) 0xef
                        && buffer[1] == (byte) 0xbb
                        && buffer[2] == (byte) 0xbf;
        next = marked ? 3 : 0;
    }

    private int indexOfLineFeed(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Reads more behind what is there; false at the end of the file. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (filled == buffer.length) {
            moveToFront();
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        ended = read < 0;
        filled += Math.max(0, read);
        return !ended;
    }

    private void moveToFront() {
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
    }
}
