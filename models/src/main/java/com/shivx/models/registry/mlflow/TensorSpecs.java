package com.shivx.models.registry.mlflow;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a graph takes and gives, as the signature of an {@code MLmodel} says it: names, NumPy's
 * types, and shapes with −1 for what is open.
 *
 * @param inputs a JSON list as text
 * @param outputs the same
 */
record TensorSpecs(String inputs, String outputs) {

    private static final Map<DataType, String> TYPES =
            Map.of(
                    DataType.FLOAT, "float32",
                    DataType.DOUBLE, "float64",
                    DataType.INT32, "int32",
                    DataType.INT64, "int64",
                    DataType.BOOL, "bool");

    /**
     * Of an ONNX file; empty where something is no tensor of numbers, such as the sequence of maps
     * of many scikit-learn exports, which such a signature cannot say.
     */
    static Optional<TensorSpecs> of(byte[] onnx) {
        try {
            ModelProto model = ModelProto.parseFrom(onnx);
            Set<String> constants = new HashSet<>();
            for (TensorProto constant : model.getGraph().getInitializerList()) {
                constants.add(constant.getName());
            }
            List<ValueInfoProto> inputs =
                    model.getGraph().getInputList().stream()
                            .filter(input -> !constants.contains(input.getName()))
                            .toList();
            Optional<String> taken = specs(inputs);
            Optional<String> given = specs(model.getGraph().getOutputList());
            return taken.isPresent() && given.isPresent()
                    ? Optional.of(new TensorSpecs(taken.get(), given.get()))
                    : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> specs(List<ValueInfoProto> values) {
        ArrayNode specs = JsonNodeFactory.instance.arrayNode();
        for (ValueInfoProto value : values) {
            TypeProto.Tensor tensor = value.getType().getTensorType();
            DataType element = DataType.forNumber(tensor.getElemType());
            String type = element == null ? null : TYPES.get(element);
            if (type == null) {
                return Optional.empty();
            }
            ObjectNode spec =
                    specs.addObject()
                            .put("name", value.getName())
                            .put("type", "tensor")
                            .putObject("tensor-spec")
                            .put("dtype", type);
            ArrayNode shape = spec.putArray("shape");
            for (Dimension dimension : tensor.getShape().getDimList()) {
                shape.add(dimension.hasDimValue() ? dimension.getDimValue() : -1);
            }
        }
        return Optional.of(specs.toString());
    }
}
