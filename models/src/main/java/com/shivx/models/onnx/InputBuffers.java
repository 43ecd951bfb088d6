package com.shivx.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import com.shivx.models.graph.InputLayout;
import com.shivx.models.graph.InputLayout.Input;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one batch where the runtime reads them: outside the heap, a tensor an input. Not
 * thread-safe.
 */
final class InputBuffers implements AutoCloseable {

    private final int rows;

    /** Columns in each input: all in the only one, or one in each. */
    private final int width;

    private final List<NativeTensor> buffers = new ArrayList<>();
    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();

    InputBuffers(InputLayout layout, int columns, int rows) throws OrtException {
        this.rows = rows;
        this.width = layout.perColumn() ? 1 : columns;
        for (Input input : layout.inputs()) {
            NativeTensor buffer = new NativeTensor(input.type(), input.shape(rows, width));
            buffers.add(buffer);
            tensors.put(input.name(), buffer.tensor());
        }
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
     * @param indices where in {@code values} each column stands
     * @return false if a value does not fit an integer input, which takes whole numbers exactly
     */
    boolean write(int row, float[] values, int[] indices) {
        boolean fits = true;
        for (int column = 0; column < indices.length; column++) {
            fits &= tensor(column).put(place(row, column), values[indices[column]]);
        }
        return fits;
    }

    /** Zeros: beside rows that are fewer than the batch, and for a row that does not fit. */
    void blank(int row) {
        for (int column = 0; column < buffers.size() * width; column++) {
            tensor(column).put(place(row, column), 0);
        }
    }

    private NativeTensor tensor(int column) {
        return buffers.get(column / width);
    }

    private int place(int row, int column) {
        return row * width + column % width;
    }

    @Override
    public void close() {
        buffers.forEach(NativeTensor::close);
    }
}
