package com.shivx.models.quantization;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.models.ModelRefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The constants of a graph: its initializers, and what its Constant nodes hold. */
final class Constants {

    private final Map<String, TensorProto> tensors = new HashMap<>();

    Constants(GraphProto graph) {
        graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
                for (AttributeProto attribute : node.getAttributeList()) {
                    if (attribute.hasT()) {
                        tensors.put(node.getOutput(0), attribute.getT());
                    }
                }
            }
        }
    }

    /** Null of a tensor that is computed. */
    @Nullable TensorProto get(String name) {
        return tensors.get(name);
    }

    /** The numbers of a tensor of finite floats, row-major. */
    static float[] floats(TensorProto tensor) throws ModelRefusedException {
        if (tensor.getDataType() != DataType.FLOAT_VALUE) {
            throw refused(
                    tensor,
                    "has type " + DataType.forNumber(tensor.getDataType()) + ", expected FLOAT",
                    "export the model in float32");
        }
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int count = raw.hasRemaining() ? raw.remaining() / Float.BYTES : tensor.getFloatDataCount();
        if (count != count(tensor.getDimsList())) {
            throw refused(
                    tensor,
                    "has " + count + " numbers for the shape " + tensor.getDimsList(),
                    "export the model again");
        }
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = raw.hasRemaining() ? raw.getFloat() : tensor.getFloatData(i);
            if (!Float.isFinite(floats[i])) {
                throw refused(
                        tensor,
                        "holds " + floats[i] + " at place " + i,
                        "train the model again: it has diverged");
            }
        }
        return floats;
    }

    private static long count(List<Long> shape) {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }

    private static ModelRefusedException refused(TensorProto tensor, String what, String remedy) {
        return new ModelRefusedException("tensor '" + tensor.getName() + "' " + what, remedy);
    }
}
