package com.shivx.features.tick;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The same few texts, such as symbols and kinds, as one String each instead of one a tick.
 *
 * <p>Invariant: a slot holds the last text of its hash, so memory is bounded whatever comes; a text
 * that another has displaced is only made anew. Not safe between threads.
 */
public final class TextCache {

    /**
     * Venues list thousands of instruments; with so many slots most of them have one to themselves,
     * and their String is the key by identity wherever it is looked up. 256 KiB, and 7 MiB of texts
     * at most.
     */
    private static final int SLOTS = 1 << 16;

    /** Longer texts are rare and not worth the place. */
    private static final int LONGEST = 64;

    private final @Nullable String[] slots = new @Nullable String[SLOTS];

    /** The text of a part of that array. */
    public String get(char[] chars, int offset, int length) {
        if (length > LONGEST) {
            return new String(chars, offset, length);
        }
        int hash = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + chars[i];
        }
        int slot = slotOf(hash);
        String cached = slots[slot];
        if (cached != null && isSame(cached, chars, offset, length)) {
            return cached;
        }
        String text = new String(chars, offset, length);
        slots[slot] = text;
        return text;
    }

    /** The text of a part of that array of UTF-8. */
    public String get(byte[] utf8, int offset, int length) {
        if (length > LONGEST) {
            return utf8(utf8, offset, length);
        }
        int hash = 0;
        boolean ascii = true;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + utf8[i];
            ascii &= utf8[i] >= 0;
        }
        if (!ascii) {
            return utf8(utf8, offset, length);
        }
        int slot = slotOf(hash);
        String cached = slots[slot];
        if (cached != null && isSame(cached, utf8, offset, length)) {
            return cached;
        }
        String text = utf8(utf8, offset, length);
        slots[slot] = text;
        return text;
    }

    private static String utf8(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    private static int slotOf(int hash) {
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }

    private static boolean isSame(String text, char[] chars, int offset, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != chars[offset + i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(String text, byte[] ascii, int offset, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != ascii[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
