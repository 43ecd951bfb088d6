package com.shivx.models;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import com.shivx.models.InputLayout.Input;
import java.nio.ByteBuffer;
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

    private final List<Input> inputs;
    private final int rows;

    /** Columns in each input: all in the only one, or one in each. */
    private final int width;

    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();

    InputBuffers(InputLayout layout, int columns, int rows) throws OrtException {
        this.inputs = layout.inputs();
        this.rows = rows;
        this.width = layout.perColumn() ? 1 : columns;
        for (Input input : inputs) {
            ByteBuffer buffer = input.type().buffer((long) rows * width);
            buffers.add(buffer);
            tensors.put(input.name(), input.type().tensor(buffer, input.shape(rows, width)));
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
            fits &= put(column / width, row * width + column % width, values[indices[column]]);
        }
        return fits;
    }

    /** Zeros: beside rows that are fewer than the batch, and for a row that does not fit. */
    void blank(int row) {
        for (int column = 0; column < inputs.size() * width; column++) {
            put(column / width, row * width + column % width, 0);
        }
    }

    private boolean put(int input, int place, float value) {
        ByteBuffer buffer = buffers.get(input);
        switch (inputs.get(input).type()) {
            case FLOAT -> buffer.putFloat(place * Float.BYTES, value);
            case DOUBLE -> buffer.putDouble(place * Double.BYTES, value);
            case INT64 -> {
                buffer.putLong(place * Long.BYTES, (long) value);
                return (long) value == value;
            }
        }
        return true;
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensor::close);
    }
}
