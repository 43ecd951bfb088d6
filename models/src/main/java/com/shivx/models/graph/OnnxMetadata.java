package com.shivx.models.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;

/** What an ONNX file says of itself in its {@code metadata_props}. */
public final class OnnxMetadata {

    private OnnxMetadata() {}

    /**
     * The same file, with these entries in place of those whose keys begin with the prefix.
     *
     * @throws IllegalArgumentException if the bytes are no ONNX file
     */
    public static byte[] replaced(byte[] onnx, String prefix, Map<String, String> entries) {
        try {
            ModelProto file = ModelProto.parseFrom(onnx);
            ModelProto.Builder replaced = file.toBuilder().clearMetadataProps();
            file.getMetadataPropsList().stream()
                    .filter(entry -> !entry.getKey().startsWith(prefix))
                    .forEach(replaced::addMetadataProps);
            entries.forEach(
                    (key, value) ->
                            replaced.addMetadataProps(
                                    StringStringEntryProto.newBuilder()
                                            .setKey(key)
                                            .setValue(value)));
            return replaced.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the bytes are no ONNX file: " + e.getMessage(), e);
        }
    }
}
