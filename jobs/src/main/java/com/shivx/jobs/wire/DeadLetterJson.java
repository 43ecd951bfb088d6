package com.shivx.jobs.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as one line for people: what its headers say ({@code topic}, {@code partition},
 * {@code offset}, {@code reason}, …), and {@code key} and {@code value} as text, or as {@code
 * key_base64} and {@code value_base64} where they are none.
 */
public final class DeadLetterJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DeadLetterJson() {}

    /** The line, without its end, as UTF-8. */
    public static byte[] write(DeadLetter deadLetter) {
        return write(deadLetter.headers(), deadLetter.key(), deadLetter.value());
    }

    /**
     * The line of a record of the topic.
     *
     * @param headers as {@link DeadLetter#headers()}; others are passed over
     */
    public static byte[] write(
            Map<String, String> headers, byte @Nullable [] key, byte @Nullable [] value) {
        ObjectNode line = JSON.createObjectNode();
        headers.forEach(
                (header, text) -> {
                    if (header.startsWith(DeadLetter.HEADER_PREFIX)) {
                        putHeader(line, header.substring(DeadLetter.HEADER_PREFIX.length()), text);
                    }
                });
        putBytes(line, "key", key);
        putBytes(line, "value", value);
        try {
            return JSON.writeValueAsBytes(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree of texts prints", e);
        }
    }

    private static void putHeader(ObjectNode line, String name, String text) {
        switch (name) {
            case "partition", "offset", "length" -> line.put(name, Long.parseLong(text));
            default -> line.put(name, text);
        }
    }

    private static void putBytes(ObjectNode line, String name, byte @Nullable [] bytes) {
        if (bytes == null) {
            line.putNull(name);
            return;
        }
        try {
            line.put(
                    name,
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            line.put(name + "_base64", bytes);
        }
    }
}
