package com.shivx.models.serving;

import java.util.Map;

/**
 * What a look at a window shows.
 *
 * @param reason the figures in words, one line
 * @param evidence the figures by name
 */
record Finding(Verdict verdict, String reason, Map<String, Double> evidence) {

    /** Whether something is out of bounds. */
    enum Verdict {
        TROUBLE,
        FINE,
        /** Too little was seen to say either: what was so before stays so. */
        INSUFFICIENT
    }
}
