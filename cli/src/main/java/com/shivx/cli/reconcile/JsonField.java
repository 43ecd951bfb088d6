package com.shivx.cli.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** One field of a JSON object, without reading what follows it. */
public final class JsonField {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonField() {}

    /** The text of a scalar field at the top; empty where there is none. */
    public static String read(byte[] object, String field) throws IOException {
        try (JsonParser parser = JSON.createParser(object)) {
            parser.nextToken();
            for (String name = parser.nextFieldName();
                    name != null;
                    name = parser.nextFieldName()) {
                parser.nextToken();
                if (name.equals(field)) {
                    return parser.getValueAsString("");
                }
                parser.skipChildren();
            }
            return "";
        }
    }
}
