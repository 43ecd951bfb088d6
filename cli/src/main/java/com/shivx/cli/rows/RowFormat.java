package com.shivx.cli.rows;

import com.shivx.models.contract.ModelContract;
import com.shivx.models.quantization.SampleRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a line of a file holds a row of a model's columns. */
interface RowFormat {

    /** The column or field that holds the class that was right. */
    String LABEL = "label";

    /** A row; its label as in {@link SampleRows}. */
    record Row(float[] values, int label) {}

    /** Lines before the first row. */
    int headerLines();

    /**
     * The row of a line; null of a line that holds none.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    @Nullable Row parse(String line);

    /** A label by the class's name or by its index; blank is none. */
    static int label(String text, ModelContract contract) {
        if (text.isBlank()) {
            return SampleRows.NO_LABEL;
        }
        List<String> classes = contract.classes();
        int index = classes.indexOf(text);
        for (int i = 0; i < classes.size() && index < 0; i++) {
            index = text.equals(String.valueOf(i)) ? i : index;
        }
        if (index < 0) {
            throw new IllegalArgumentException(
                    "label '%s' is no class of the model; write one of %s, or nothing"
                            .formatted(text, classes));
        }
        return index;
    }

    /** A number as it is written; what is missing is NaN. */
    static float number(String text, String column) {
        if (text.isEmpty() || text.equalsIgnoreCase("nan") || text.equals("null")) {
            return Float.NaN;
        }
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "column %s is '%s', no number; leave it empty where it is missing"
                            .formatted(column, text),
                    e);
        }
    }
}
