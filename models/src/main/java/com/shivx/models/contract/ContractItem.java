package com.shivx.models.contract;

import java.util.Locale;

/** What a contract consists of, and where each item is said. */
enum ContractItem {
    MODEL,
    VERSION,
    TASK,
    FEATURE_SET,
    FEATURE_SET_HASH,
    COLUMNS,
    CLASSES,
    ACTIONS,
    OUTPUT,
    MISSING,
    SHA256;

    /** Its field in {@code signature.json}. */
    String field() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its key in the model's {@code metadata_props}. */
    String metadataKey() {
        return ContractMetadata.PREFIX + field();
    }

    /** In words, as in "feature set hash". */
    String words() {
        return field().replace('_', ' ');
    }
}
