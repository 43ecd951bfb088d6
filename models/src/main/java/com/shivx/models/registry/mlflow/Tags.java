package com.shivx.models.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The tags that say what is ours, as lists of keys and values. */
final class Tags {

    /** The semantic version of a model version. */
    static final String VERSION = "shivx.version";

    /** Its files with their checksums, as JSON. */
    static final String FILES = "shivx.files";

    /** Who registered it. */
    static final String CREATED_BY = "shivx.created_by";

    /** Of one attempt to register it. */
    static final String REGISTRATION = "shivx.registration";

    /** An entry of the audit, as JSON, on a run of its own. */
    static final String AUDIT_ENTRY = "shivx.audit.entry";

    /** The model that it is about. */
    static final String AUDIT_MODEL = "shivx.audit.model";

    private Tags() {}

    /** The value of a key; empty without. */
    static String value(JsonNode tagged, String key) {
        for (JsonNode tag : tagged.path("tags")) {
            if (tag.path("key").asText().equals(key)) {
                return tag.path("value").asText();
            }
        }
        return "";
    }

    static void add(ObjectNode tagged, String key, String value) {
        ArrayNode tags = tagged.withArray("tags");
        tags.addObject().put("key", key).put("value", value);
    }
}
