package com.shivx.models.onnx;

import com.shivx.models.graph.ElementType;
import java.util.Arrays;

/**
 * What a call really returns, as its first call showed; declarations are often wrong.
 *
 * @param name the output
 * @param type FLOAT or DOUBLE
 * @param shape its shape in that call
 * @param rows rows of that call
 */
record ScoreShape(String name, ElementType type, long[] shape, int rows) {

    /** Whether the shape has a row for each row fed; one row may come without its dimension. */
    boolean hasRows() {
        long elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return elements > 0 && (rows == 1 || (shape.length > 0 && shape[0] == rows));
    }

    /** Scores a row. */
    int width() {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b) / rows);
    }

    /** The shape of a call with another number of rows. */
    long[] forRows(int otherRows) {
        long[] other = shape.clone();
        if (otherRows != rows) {
            other[0] = otherRows;
        }
        return other;
    }
}
