package com.shivx.cli.demo;

/**
 * What stands for the characters of the screen on a terminal that knows ASCII only; as wide as they
 * are.
 */
final class Glyphs {

    private static final String UNICODE = "█░·→×…✓▸✗";
    private static final String ASCII = "#.->x~+>!";

    private Glyphs() {}

    static String ascii(String text) {
        String ascii = text;
        for (int i = 0; i < UNICODE.length(); i++) {
            ascii = ascii.replace(UNICODE.charAt(i), ASCII.charAt(i));
        }
        return ascii;
    }
}
