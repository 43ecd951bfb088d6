package com.shivx.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.jobs.wire.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

    private static final int MAX = LineReader.LONGEST;

    @Test
    void readsLinesWhateverEndsThem() throws IOException {
        assertThat(lines("a\nb\r\n\n\r\nc\rd\n e "))
                .containsExactly("a", "b", "", "", "c\rd", " e ");
        assertThat(lines("a\n")).containsExactly("a");
        assertThat(lines("a\r")).containsExactly("a");
        assertThat(lines("\n\n")).containsExactly("", "");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void skipsOneMarkOfByteOrderAtTheStart() throws IOException {
        assertThat(lines("\ufeffa\n\ufeffb")).containsExactly("a", "\ufeffb");
        assertThat(lines("\ufeff\ufeffa")).containsExactly("\ufeffa");
        assertThat(lines("\ufeff")).isEmpty();
        assertThat(lines("ab")).containsExactly("ab");
    }

    /** Around the size of what is kept, and of the buffer. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                MAX - 1,
                MAX,
                MAX + 1,
                MAX + 2,
                MAX + 3,
                2 * MAX,
                2 * MAX + 3,
                2 * MAX + 4,
                2 * MAX + 5,
                5 * MAX
            })
    void agreesWithTheDefinitionForLinesOfAnyLength(int length) throws IOException {
        Random random = new Random(length);
        for (String end : List.of("\n", "\r\n", "\r\r\n", "")) {
            for (int chunk : new int[] {1 << 20, MAX + 1, 997}) {
                byte[] line = new byte[length];
                for (int i = 0; i < length; i++) {
                    line[i] = (byte) (random.nextInt(50) == 0 ? '\r' : 'a' + random.nextInt(26));
                }
                String text = "x\n" + new String(line, StandardCharsets.US_ASCII) + end;
                String tail = end.isEmpty() ? "" : "tail";
                assertAgrees((text + tail).getBytes(StandardCharsets.US_ASCII), chunk);
            }
        }
    }

    @Test
    void agreesWithTheDefinitionForAnyMixture() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                int length = random.nextInt(3) == 0 ? random.nextInt(4 * MAX) : random.nextInt(100);
                text.append("ab\r".repeat(length / 3)).append(random.nextBoolean() ? "\n" : "\r\n");
            }
            assertAgrees(
                    text.toString().getBytes(StandardCharsets.US_ASCII),
                    1 + random.nextInt(3 * MAX));
        }
    }

    @Test
    void holdsALineWithoutEndInOneBuffer() throws IOException {
        long length = 300_000_000;
        LineReader reader = new LineReader(new Endless(length));
        assertThat(reader.next()).isTrue();
        byte[] buffer = reader.bytes();

        assertThat(reader.fullLength()).isEqualTo(length);
        assertThat(reader.length()).isEqualTo(MAX);
        assertThat(reader.next()).isFalse();
        assertThat(reader.bytes()).isSameAs(buffer).hasSizeLessThan(3 * MAX);
    }

    /** The definition, on bytes held whole. */
    private static void assertAgrees(byte[] bytes, int chunk) throws IOException {
        LineReader reader = new LineReader(new Chunked(bytes, chunk));
        int start = 0;
        while (start < bytes.length) {
            int lineFeed = start;
            while (lineFeed < bytes.length && bytes[lineFeed] != '\n') {
                lineFeed++;
            }
            int end = lineFeed > start && bytes[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
            assertThat(reader.next()).isTrue();
            assertThat(reader.fullLength()).isEqualTo(end - start);
            assertThat(reader.isTooLong()).isEqualTo(end - start > MAX);
            assertThat(reader.copy())
                    .isEqualTo(Arrays.copyOfRange(bytes, start, Math.min(end, start + MAX)));
            assertThat(reader.sha256())
                    .isEqualTo(new Sha256().update(bytes, start, end - start).hex());
            start = lineFeed + 1;
        }
        assertThat(reader.next()).isFalse();
    }

    private static List<String> lines(String text) throws IOException {
        LineReader reader = new LineReader(new Chunked(text.getBytes(StandardCharsets.UTF_8), 2));
        List<String> lines = new ArrayList<>();
        while (reader.next()) {
            lines.add(new String(reader.copy(), StandardCharsets.UTF_8));
        }
        return lines;
    }

    /** Gives at most so many bytes at a time. */
    private static final class Chunked extends ByteArrayInputStream {

        private final int most;

        Chunked(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, most));
        }
    }

    /** So many bytes of one line. */
    private static final class Endless extends InputStream {

        private long left;

        Endless(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int given = (int) Math.min(left, length);
            Arrays.fill(into, offset, offset + given, (byte) 'x');
            left -= given;
            return given == 0 ? -1 : given;
        }
    }
}
