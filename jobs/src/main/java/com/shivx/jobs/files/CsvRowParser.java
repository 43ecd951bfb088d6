package com.shivx.jobs.files;

import com.shivx.features.tick.TextCache;
import com.shivx.features.tick.TickKind;
import com.shivx.jobs.wire.TickField;
import com.shivx.jobs.wire.TickFields;
import com.shivx.jobs.wire.UnreadableTickException;
import com.shivx.models.wire.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of CSV under a header. A row has as many parts as the header, else it is cut off
 * (MISSING_FIELD) or two in one (WRONG_TYPE); an empty part is a missing field. Numbers may be nan
 * or inf in any case, as other programs write them.
 */
final class CsvRowParser implements RowParser {

    private final @Nullable TickKind kind;
    private final String[] names;

    /** The field of each column; null for those of no meaning to us. */
    private final @Nullable TickField[] fields;

    private final CsvSplitter parts = new CsvSplitter();
    private final AsciiNumber number = new AsciiNumber();
    private final TextCache texts = new TextCache();

    CsvRowParser(CsvLayout layout, List<String> header) {
        kind = layout.kind();
        names = header.toArray(String[]::new);
        fields = new @Nullable TickField[names.length];
        for (int i = 0; i < names.length; i++) {
            fields[i] = layout.columns().get(names[i]);
        }
    }

    @Override
    public void read(byte[] bytes, int offset, int length, TickFields into)
            throws UnreadableTickException {
        parts.split(bytes, offset, length);
        requireCount(parts.count(), names.length);
        if (kind != null) {
            into.setKind(kind);
        }
        for (int i = 0; i < names.length; i++) {
            TickField field = fields[i];
            if (field != null && !parts.isBlank(i)) {
                readField(bytes, i, field, into);
            }
        }
    }

    private void readField(byte[] bytes, int part, TickField field, TickFields into)
            throws UnreadableTickException {
        int start = parts.start(part);
        int end = parts.end(part);
        switch (field.type()) {
            case TEXT -> into.setText(field, texts.get(bytes, start, end - start));
            case INTEGER -> {
                if (!number.readInteger(bytes, start, end, 0)) {
                    throw wrongType(names[part], bytes, start, end, field.remedy());
                }
                into.setInteger(field, number.integer());
            }
            case NUMBER -> {
                if (!number.readNumber(bytes, start, end)) {
                    throw wrongType(names[part], bytes, start, end, field.remedy());
                }
                into.setNumber(field, number.number());
            }
        }
    }

    /** Throws unless a row has the parts that it should have. */
    static void requireCount(int count, int expected) throws UnreadableTickException {
        if (count != expected) {
            throw new UnreadableTickException(
                    count < expected ? DeadLetterReason.MISSING_FIELD : DeadLetterReason.WRONG_TYPE,
                    "the row has "
                            + count
                            + " parts instead of "
                            + expected
                            + ": write one tick a line");
        }
    }

    /** A part that is not what its column should hold. */
    static UnreadableTickException wrongType(
            String name, byte[] bytes, int start, int end, String remedy) {
        String value = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        return UnreadableTickException.wrongType(name, '"' + value + '"', remedy);
    }
}
