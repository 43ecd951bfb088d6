package com.shivx.cli.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a line of JSON: what its headers say ({@code topic}, {@code partition}, {@code
 * offset}, {@code reason}, …), and {@code key} and {@code value} as text, or as {@code key_base64}
 * and {@code value_base64} where they are none.
 */
final class DeadLetterLine {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER_PREFIX = "shivx.error.";

    private DeadLetterLine() {}

    static byte[] of(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode line = JSON.createObjectNode();
        for (Header header : record.headers()) {
            if (header.key().startsWith(HEADER_PREFIX)) {
                putHeader(line, header.key().substring(HEADER_PREFIX.length()), header.value());
            }
        }
        putBytes(line, "key", record.key());
        putBytes(line, "value", record.value());
        try {
            return JSON.writeValueAsBytes(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree of texts prints", e);
        }
    }

    private static void putHeader(ObjectNode line, String name, byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
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
