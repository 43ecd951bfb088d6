package com.shivx.models.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.shivx.models.ModelRefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weights that a model keeps in files beside its own, as PyTorch's exporter does unless told
 * otherwise. They are read where the model is read, and from its folder alone; the runtime never
 * sees such a tensor, for it would read any file that one names.
 */
public final class ExternalData {

    private final Path model;
    private long left;

    private ExternalData(Path model, long maxBytes) {
        this.model = model;
        this.left = maxBytes;
    }

    /**
     * The model in one piece: the same bytes where it is.
     *
     * @param file the model's
     * @param maxBytes the most that its weights may have
     */
    public static byte[] inlined(byte[] bytes, Path file, long maxBytes)
            throws ModelRefusedException {
        ModelProto model = ServingGraph.parseProto(bytes);
        if (firstIn(model) == null) {
            return bytes;
        }
        ModelProto.Builder whole = model.toBuilder();
        new ExternalData(file, maxBytes).inline(whole);
        return whole.build().toByteArray();
    }

    /** Refuses a model that is not in one piece. */
    static void refuse(ModelProto model) throws ModelRefusedException {
        TensorProto outside = firstIn(model);
        if (outside != null) {
            throw refused(outside, "lies outside the model's file");
        }
    }

    private static @Nullable TensorProto firstIn(Message message) {
        if (message instanceof TensorProto tensor && tensor.getExternalDataCount() > 0) {
            return tensor;
        }
        for (Object value : message.getAllFields().values()) {
            for (Object element : value instanceof List<?> list ? list : List.of(value)) {
                TensorProto found = element instanceof Message inner ? firstIn(inner) : null;
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Wherever in the model a tensor stands. */
    private void inline(Message.Builder message) throws ModelRefusedException {
        if (message instanceof TensorProto.Builder tensor && tensor.getExternalDataCount() > 0) {
            tensor.setRawData(read(tensor.build())).clearExternalData().clearDataLocation();
        }
        for (FieldDescriptor field : message.getAllFields().keySet()) {
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                continue;
            }
            if (!field.isRepeated()) {
                inline(message.getFieldBuilder(field));
                continue;
            }
            for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                inline(message.getRepeatedFieldBuilder(field, i));
            }
        }
    }

    private ByteString read(TensorProto tensor) throws ModelRefusedException {
        Map<String, String> place = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            place.put(entry.getKey(), entry.getValue());
        }
        try {
            Path folder = model.toRealPath().resolveSibling(".").normalize();
            Path file = folder.resolve(place.getOrDefault("location", "")).toRealPath();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                throw refused(tensor, "lies at " + file + ", no file of the model's folder");
            }
            long offset = Long.parseLong(place.getOrDefault("offset", "0"));
            long size = Files.size(file);
            long length =
                    place.containsKey("length")
                            ? Long.parseLong(place.get("length"))
                            : size - offset;
            if (offset < 0 || length < 0 || offset > size - length) {
                throw refused(tensor, "lies beyond the " + size + " bytes of " + file);
            }
            left -= length;
            if (left < 0) {
                throw refused(tensor, "is more than may be read");
            }
            return read(file, offset, (int) length);
        } catch (IOException | InvalidPathException | NumberFormatException e) {
            throw refused(tensor, "lies where it cannot be read: " + e);
        }
    }

    private static ByteString read(Path file, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw new EOFException(file + " became shorter");
                }
            }
        }
        return ByteString.copyFrom(bytes.flip());
    }

    private static ModelRefusedException refused(TensorProto tensor, String what) {
        return new ModelRefusedException(
                "tensor '" + tensor.getName() + "' " + what,
                "keep the files together, or save the model as one (external_data=False)");
    }
}
