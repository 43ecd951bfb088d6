package com.shivx.cli.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.models.contract.ModelContract;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A feature vector as a JSON object a line; those that are not ready hold no row. */
final class JsonRows implements RowFormat {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ModelContract contract;

    JsonRows(ModelContract contract) {
        this.contract = contract;
    }

    @Override
    public int headerLines() {
        return 0;
    }

    @Override
    public @Nullable Row parse(String line) {
        JsonNode vector = read(line);
        if (vector.has("ready") && !vector.get("ready").booleanValue()) {
            return null;
        }
        JsonNode features = vector.path("features");
        if (!features.isObject()) {
            throw new IllegalArgumentException(
                    "it has no object 'features'; " + RowFile.HOW_TO_MAKE);
        }
        List<String> columns = contract.columns();
        float[] values = new float[columns.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = features.path(columns.get(i));
            if (value.isMissingNode()) {
                throw new IllegalArgumentException(
                        "its features lack the model's column %s; take vectors of %s"
                                .formatted(columns.get(i), contract.featureSet()));
            }
            values[i] = RowFormat.number(value.asText(), columns.get(i));
        }
        return new Row(values, RowFormat.label(vector.path(LABEL).asText(""), contract));
    }

    private static JsonNode read(String line) {
        try {
            JsonNode vector = JSON.readTree(line);
            if (vector.isObject()) {
                return vector;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "it is no JSON (%s); write one object a line".formatted(e.getOriginalMessage()),
                    e);
        }
        throw new IllegalArgumentException("it is no JSON object; write one object a line");
    }
}
