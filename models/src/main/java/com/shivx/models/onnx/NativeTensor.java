package com.shivx.models.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import com.shivx.models.graph.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor outside the heap, in the order of the machine: the runtime reads and writes it in place.
 * Not thread-safe.
 */
final class NativeTensor implements AutoCloseable {

    /**
     * Bytes of the widest vector of today's CPUs. Some kernels add up in another order where a row
     * begins beside a boundary of their vectors, so every buffer begins at one.
     */
    private static final int ALIGNMENT = 64;

    private final ElementType type;
    private final ByteBuffer buffer;

    /** The same memory, for a tensor of floats. */
    private final FloatBuffer floats;

    private final OnnxTensor tensor;

    NativeTensor(ElementType type, long... shape) throws OrtException {
        this.type = type;
        this.buffer = buffer(type.bytes() * Arrays.stream(shape).reduce(1, Math::multiplyExact));
        this.floats = buffer.asFloatBuffer();
        this.tensor = OnnxTensor.createTensor(OnnxEnvironment.get(), buffer, shape, javaType(type));
    }

    private static ByteBuffer buffer(long bytes) {
        int size = Math.toIntExact(bytes);
        ByteBuffer room = ByteBuffer.allocateDirect(size + 2 * ALIGNMENT);
        return room.alignedSlice(ALIGNMENT).slice(0, size).order(ByteOrder.nativeOrder());
    }

    private static OnnxJavaType javaType(ElementType type) {
        return switch (type) {
            case FLOAT -> OnnxJavaType.FLOAT;
            case DOUBLE -> OnnxJavaType.DOUBLE;
            case INT64 -> OnnxJavaType.INT64;
        };
    }

    /** What the runtime is given; closed with this. */
    OnnxTensor tensor() {
        return tensor;
    }

    /**
     * Writes an element.
     *
     * @return false if it does not fit: a tensor of whole numbers takes these alone
     */
    boolean put(int place, float value) {
        switch (type) {
            case FLOAT -> buffer.putFloat(place * Float.BYTES, value);
            case DOUBLE -> buffer.putDouble(place * Double.BYTES, value);
            case INT64 -> {
                buffer.putLong(place * Long.BYTES, (long) value);
                return (long) value == value;
            }
        }
        return true;
    }

    /** Writes the first elements of that array to a tensor of floats, from a place on. */
    void put(int place, float[] values, int count) {
        floats.put(place, values, 0, count);
    }

    /** Reads elements from a place on, to the nearest float. */
    void get(int place, float[] target, int at, int count) {
        if (type == ElementType.FLOAT) {
            floats.get(place, target, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            target[at + i] = get(place + i);
        }
    }

    private float get(int place) {
        return switch (type) {
            case FLOAT -> buffer.getFloat(place * Float.BYTES);
            case DOUBLE -> (float) buffer.getDouble(place * Double.BYTES);
            case INT64 -> buffer.getLong(place * Long.BYTES);
        };
    }

    @Override
    public void close() {
        tensor.close();
    }
}
