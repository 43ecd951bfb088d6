package com.shivx.bench.crayfish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * An image as JSON: {@code {"id":7,"created_micros":1700000000000000,"image":[0.25, …]}}, 784
 * floats in it. Not safe between threads.
 */
final class ImageJson {

    /** Pixels of an image. */
    static final int PIXELS = 784;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(16 << 10);

    /**
     * An image.
     *
     * @param id counted from 0
     * @param createdMicros when it was made, microseconds since the epoch
     * @param pixels between 0 and 1
     */
    record Image(long id, long createdMicros, float[] pixels) {}

    byte[] write(Image image) {
        buffer.reset();
        try (JsonGenerator json = FACTORY.createGenerator(buffer)) {
            json.writeStartObject();
            json.writeNumberField("id", image.id());
            json.writeNumberField("created_micros", image.createdMicros());
            json.writeArrayFieldStart("image");
            for (float pixel : image.pixels()) {
                json.writeNumber(pixel);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
    }

    Image read(byte[] value) throws IOException {
        long id = 0;
        long createdMicros = 0;
        float[] pixels = {};
        try (JsonParser json = FACTORY.createParser(value)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case "id" -> id = json.getLongValue();
                    case "created_micros" -> createdMicros = json.getLongValue();
                    case "image" -> pixels = readPixels(json);
                    default -> json.skipChildren();
                }
            }
        }
        return new Image(id, createdMicros, pixels);
    }

    private static float[] readPixels(JsonParser json) throws IOException {
        float[] pixels = new float[PIXELS];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (count == pixels.length) {
                throw new IOException("an image has " + PIXELS + " pixels, not more");
            }
            pixels[count++] = json.getFloatValue();
        }
        return Arrays.copyOf(pixels, count);
    }
}
