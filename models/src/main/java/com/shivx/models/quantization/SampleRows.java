package com.shivx.models.quantization;

import com.shivx.models.ModelRefusedException;

/**
 * Rows of a model's columns, such as it was trained on: read from their beginning as often as they
 * are needed, and never held all at once.
 */
@FunctionalInterface
public interface SampleRows {

    /** Instead of a label, of a row that has none. */
    int NO_LABEL = -1;

    /** Gives every row to the reader, in their order. */
    void read(Reader reader) throws ModelRefusedException;

    /** What is done with each row. */
    @FunctionalInterface
    interface Reader {

        /**
         * Takes a row.
         *
         * @param values one for each of the model's columns, in its order; NaN where it is missing.
         *     The reader may keep it
         * @param label index of the class that was right; {@link #NO_LABEL} where nobody says
         */
        void row(float[] values, int label) throws ModelRefusedException;
    }
}
