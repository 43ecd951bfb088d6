package com.shivx.models.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.ModelRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of names and numbers, {@code {"log_loss": 1.0432, …}}: {@value #METRICS_FILE} of a model's
 * validated figures, {@value #IMPORTANCE_FILE} of its columns' shares. NaN is {@code null}.
 */
public final class NamedNumbers {

    /** Validated figures. */
    public static final String METRICS_FILE = "metrics.json";

    /** Importance by column, the largest first. */
    public static final String IMPORTANCE_FILE = "importance.json";

    private NamedNumbers() {}

    /** The file's text, in the order of the map. */
    public static String write(Map<String, Double> numbers) {
        ObjectNode root = FileFields.JSON.createObjectNode();
        numbers.forEach((name, value) -> FileFields.put(root, name, value));
        return root.toPrettyString() + "\n";
    }

    /**
     * Reads.
     *
     * @param file what it is called, for messages
     */
    public static Map<String, Double> read(String file, byte[] json) throws ModelRefusedException {
        FileFields root = FileFields.parse(file, json);
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Iterator<String> names = root.node().fieldNames(); names.hasNext(); ) {
            String name = names.next();
            numbers.put(name, root.number(name));
        }
        return numbers;
    }

    /** The file's bytes. */
    public static byte[] bytes(Map<String, Double> numbers) {
        return write(numbers).getBytes(StandardCharsets.UTF_8);
    }
}
