package com.shivx.models.graph;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import org.jspecify.annotations.Nullable;

/** The element types that a row of features can be fed as, or scores be read as. */
public enum ElementType {
    FLOAT(Float.BYTES, DataType.FLOAT),
    DOUBLE(Double.BYTES, DataType.DOUBLE),
    INT64(Long.BYTES, DataType.INT64);

    private final int bytes;
    private final DataType onnxType;

    ElementType(int bytes, DataType onnxType) {
        this.bytes = bytes;
        this.onnxType = onnxType;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
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
