package com.shivx.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import com.shivx.models.graph.ElementType;
import com.shivx.models.graph.InputLayout;
import com.shivx.models.graph.InputLayout.Input;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one batch where the runtime reads them: outside the heap, a tensor an input. Not
 * thread-safe.
 */
final class InputBuffers implements AutoCloseable {

    private final int rows;

    /** For each column the tensor it lies in, how many lie there, and which of them it is. */
    private final NativeTensor[] tensorOf;

    private final int[] widthOf;
    private final int[] placeOf;

    /** The tensor of all columns where there is but one, of floats: it is written row by row. */
    private final @Nullable NativeTensor whole;

    /** Where in a vector's values each column stands. */
    private final int[] indices;

    /** Whether that is where the column stands in the model, too. */
    private final boolean inOrder;

    private final float[] gathered;

    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();

    /**
     * @param indices where in a vector's values each column of the model stands
     */
    InputBuffers(InputLayout layout, int[] indices, int rows) throws OrtException {
        int columns = indices.length;
        this.rows = rows;
        this.indices = indices;
        this.inOrder = IntStream.range(0, columns).allMatch(i -> indices[i] == i);
        this.tensorOf = new NativeTensor[columns];
        this.widthOf = new int[columns];
        this.placeOf = new int[columns];
        int column = 0;
        for (Input input : layout.inputs()) {
            int width = input.width() == InputLayout.OPEN ? columns : input.width();
            NativeTensor tensor = new NativeTensor(input.type(), input.shape(rows, width));
            tensors.put(input.name(), tensor.tensor());
            for (int i = 0; i < width; i++, column++) {
                tensorOf[column] = tensor;
                widthOf[column] = width;
                placeOf[column] = i;
            }
        }
        Input first = layout.inputs().get(0);
        whole =
                layout.inputs().size() == 1 && first.type() == ElementType.FLOAT
                        ? tensorOf[0]
                        : null;
        gathered = new float[columns];
    }

    int rows() {
        return rows;
    }

    Map<String, OnnxTensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /**
     * Writes a row.
     *
     * @return false if a value does not fit an integer input, which takes whole numbers exactly
     */
    boolean write(int row, float[] values) {
        if (whole != null) {
            whole.put(row * indices.length, inOrder ? values : gather(values), indices.length);
            return true;
        }
        boolean fits = true;
        for (int column = 0; column < tensorOf.length; column++) {
            fits &= put(row, column, values[indices[column]]);
        }
        return fits;
    }

    private float[] gather(float[] values) {
        for (int column = 0; column < gathered.length; column++) {
            gathered[column] = values[indices[column]];
        }
        return gathered;
    }

    /** Zeros: beside rows that are fewer than the batch, and for a row that does not fit. */
    void blank(int row) {
        for (int column = 0; column < tensorOf.length; column++) {
            put(row, column, 0);
        }
    }

    private boolean put(int row, int column, float value) {
        return tensorOf[column].put(row * widthOf[column] + placeOf[column], value);
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensor::close);
    }
}
