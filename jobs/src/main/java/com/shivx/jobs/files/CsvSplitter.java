package com.shivx.jobs.files;

import com.shivx.jobs.wire.UnreadableTickException;
import com.shivx.models.wire.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a row of CSV stand: separated by commas, without the spaces around them, in
 * double quotes or not. A quoted part may hold commas, but neither quotes nor line ends: no name or
 * number of a tick does. Not safe between threads.
 */
final class CsvSplitter {

    /** More parts than any known header has columns. */
    private static final int MOST = 256;

    private final int[] starts = new int[MOST];
    private final int[] ends = new int[MOST];
    private int count;

    /** Finds the parts of a row. */
    void split(byte[] bytes, int offset, int length) throws UnreadableTickException {
        UnreadableTickException.requireText(bytes, offset, length);
        count = 0;
        int end = offset + length;
        int at = offset;
        boolean more = true;
        while (more) {
            if (count == MOST) {
                throw new UnreadableTickException(
                        DeadLetterReason.WRONG_TYPE,
                        "the row has more than " + MOST + " parts: write one tick a line");
            }
            while (at < end && isSpace(bytes[at])) {
                at++;
            }
            int comma =
                    at < end && bytes[at] == '"'
                            ? splitQuoted(bytes, at, end)
                            : splitBare(bytes, at, end);
            more = comma < end;
            at = comma + 1;
        }
        if (count == 1 && isBlank(0)) {
            throw new UnreadableTickException(
                    DeadLetterReason.EMPTY, "there is nothing in the row: write one tick a line");
        }
    }

    /** Number of parts. */
    int count() {
        return count;
    }

    /** Where a part starts. */
    int start(int part) {
        return starts[part];
    }

    /** Where it ends. */
    int end(int part) {
        return ends[part];
    }

    /** Whether there is nothing in it. */
    boolean isBlank(int part) {
        return starts[part] == ends[part];
    }

    /** The parts of a line as texts; none where it is no CSV. */
    static List<String> header(LineReader line) {
        CsvSplitter parts = new CsvSplitter();
        try {
            parts.split(line.bytes(), line.start(), line.length());
        } catch (UnreadableTickException e) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(parts.count);
        for (int i = 0; i < parts.count; i++) {
            int length = parts.ends[i] - parts.starts[i];
            texts.add(new String(line.bytes(), parts.starts[i], length, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private int splitBare(byte[] bytes, int from, int end) {
        int comma = from;
        while (comma < end && bytes[comma] != ',') {
            comma++;
        }
        int last = comma;
        while (last > from && isSpace(bytes[last - 1])) {
            last--;
        }
        add(from, last);
        return comma;
    }

    private int splitQuoted(byte[] bytes, int from, int end) throws UnreadableTickException {
        int quote = from + 1;
        while (quote < end && bytes[quote] != '"') {
            quote++;
        }
        int comma = quote + 1;
        while (comma < end && isSpace(bytes[comma])) {
            comma++;
        }
        if (quote == end || (comma < end && bytes[comma] != ',')) {
            throw new UnreadableTickException(
                    DeadLetterReason.WRONG_TYPE,
                    "a double quote is not closed before the next comma: quote whole parts or none");
        }
        add(from + 1, quote);
        return comma;
    }

    private void add(int start, int end) {
        starts[count] = start;
        ends[count] = end;
        count++;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t';
    }
}
