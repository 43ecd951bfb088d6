package com.shivx.cli.rows;

import com.shivx.models.contract.ModelContract;
import com.shivx.models.quantization.SampleRows;
import java.util.ArrayList;
import java.util.List;

/** Numbers separated by commas, in quotes or not, under a header that names the columns. */
final class CsvRows implements RowFormat {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final ModelContract contract;
    private final int parts;
    private final int[] placeOf;
    private final int labelAt;

    /**
     * A format.
     *
     * @throws IllegalArgumentException if the header lacks a column, or has one twice
     */
    CsvRows(String header, ModelContract contract) {
        this.contract = contract;
        List<String> names =
                split(header.startsWith(BYTE_ORDER_MARK) ? header.substring(1) : header);
        parts = names.size();
        labelAt = contract.classes().isEmpty() ? -1 : names.indexOf(LABEL);
        placeOf = new int[contract.columns().size()];
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < placeOf.length; i++) {
            String column = contract.columns().get(i);
            placeOf[i] = names.indexOf(column);
            if (placeOf[i] != names.lastIndexOf(column)) {
                throw new IllegalArgumentException(
                        "its header names column %s twice; name it once".formatted(column));
            }
            if (placeOf[i] < 0) {
                missing.add(column);
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "its header lacks %d of the model's %d columns, the first of them %s; %s"
                            .formatted(
                                    missing.size(),
                                    placeOf.length,
                                    missing.get(0),
                                    RowFile.HOW_TO_MAKE));
        }
    }

    @Override
    public int headerLines() {
        return 1;
    }

    @Override
    public Row parse(String line) {
        List<String> cells = split(line);
        if (cells.size() != parts) {
            throw new IllegalArgumentException(
                    "it has %d parts, and the header has %d; write one row a line"
                            .formatted(cells.size(), parts));
        }
        float[] values = new float[placeOf.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = RowFormat.number(cells.get(placeOf[i]), contract.columns().get(i));
        }
        return new Row(
                values,
                labelAt < 0 ? SampleRows.NO_LABEL : RowFormat.label(cells.get(labelAt), contract));
    }

    /** No name or number holds a comma, in quotes or not. */
    private static List<String> split(String line) {
        List<String> cells = new ArrayList<>();
        int start = 0;
        for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', start)) {
            cells.add(bare(line.substring(start, comma)));
            start = comma + 1;
        }
        cells.add(bare(line.substring(start)));
        return cells;
    }

    private static String bare(String cell) {
        String bare = cell.strip();
        boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
        return quoted ? bare.substring(1, bare.length() - 1).strip() : bare;
    }
}
