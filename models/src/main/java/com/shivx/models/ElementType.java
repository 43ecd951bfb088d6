package com.shivx.models;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The element types that a row of features can be fed as, or scores be read as. */
enum ElementType {
    FLOAT(Float.BYTES, DataType.FLOAT, OnnxJavaType.FLOAT),
    DOUBLE(Double.BYTES, DataType.DOUBLE, OnnxJavaType.DOUBLE),
    INT64(Long.BYTES, DataType.INT64, OnnxJavaType.INT64);

    /** Bytes of the widest vector of today's CPUs. */
    private static final int ALIGNMENT = 64;

    private final int bytes;
    private final DataType onnxType;
    private final OnnxJavaType javaType;

    ElementType(int bytes, DataType onnxType, OnnxJavaType javaType) {
        this.bytes = bytes;
        this.onnxType = onnxType;
        this.javaType = javaType;
    }

    /**
     * A buffer outside the heap, in the order of the machine: the runtime reads and writes it in
     * place. Some kernels add up in another order where a row begins beside a boundary of their
     * vectors, so every buffer begins at one.
     */
    ByteBuffer buffer(long elements) {
        int size = Math.toIntExact(elements * bytes);
        ByteBuffer room = ByteBuffer.allocateDirect(size + 2 * ALIGNMENT);
        return room.alignedSlice(ALIGNMENT).slice(0, size).order(ByteOrder.nativeOrder());
    }

    OnnxTensor tensor(ByteBuffer buffer, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(OnnxEnvironment.get(), buffer, shape, javaType);
    }

    /** Null for what cannot be fed or read. */
    static @Nullable ElementType of(int onnxType) {
        for (ElementType type : values()) {
            if (type.onnxType.getNumber() == onnxType) {
                return type;
            }
        }
        return null;
    }

    /** The type of a tensor of these elements, of any shape. */
    TypeProto withoutShape() {
        return TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(onnxType.getNumber()))
                .build();
    }
}
