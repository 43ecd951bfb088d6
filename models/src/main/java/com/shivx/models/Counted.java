package com.shivx.models;

import java.util.Locale;

/** How many there are of something, in words: {@code 1 symbol}, {@code 12,000 rows}. */
public final class Counted {

    private Counted() {}

    /**
     * The number with its noun.
     *
     * @param noun in the singular, of those that take an s
     */
    public static String of(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
