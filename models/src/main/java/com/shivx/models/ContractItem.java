package com.shivx.models;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a contract consists of, and where each item is said. */
enum ContractItem {
    MODEL(null),
    VERSION(null),
    TASK(null),
    FEATURE_SET("--features"),
    FEATURE_SET_HASH(null),
    COLUMNS("--columns"),
    CLASSES("--classes"),
    ACTIONS("--actions"),
    OUTPUT(null),
    MISSING(null),
    SHA256(null);

    private final @Nullable String flag;

    ContractItem(@Nullable String flag) {
        this.flag = flag;
    }

    /** The flag that supplies it; null where only the file does. */
    @Nullable String flag() {
        return flag;
    }

    /** Its field in {@code signature.json}. */
    String field() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its key in the model's {@code metadata_props}. */
    String metadataKey() {
        return "shivx." + field();
    }

    /** In words, as in "feature set hash". */
    String words() {
        return field().replace('_', ' ');
    }
}
