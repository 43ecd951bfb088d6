package com.shivx.jobs.files;

import java.nio.charset.StandardCharsets;

/**
 * A number read from ASCII digits without making a String of them. Both methods answer whether
 * there was one, and leave it in a field. Not safe between threads.
 */
final class AsciiNumber {

    /** Powers of ten that are doubles exactly. */
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    /** Integers up to here are doubles exactly. */
    private static final long EXACT = 1L << 53;

    /** So many digits fit a long whatever they are. */
    private static final int SAFE_DIGITS = 18;

    private long integer;
    private double number;

    /** What {@link #readInteger} found. */
    long integer() {
        return integer;
    }

    /** What {@link #readNumber} found. */
    double number() {
        return number;
    }

    /**
     * Reads digits with an optional minus, as a number of 10^−decimals: {@code 12.3456} with 3
     * decimals is 12345. Digits beyond are cut off; without decimals a point is an error, and so is
     * what does not fit a long.
     */
    boolean readInteger(byte[] bytes, int from, int to, int decimals) {
        boolean negative = from < to && bytes[from] == '-';
        int first = negative ? from + 1 : from;
        int point = -1;
        int scale = 0;
        // Counted downwards, because the smallest long has no positive twin.
        long value = 0;
        for (int i = first; i < to; i++) {
            int digit = bytes[i] - '0';
            if (bytes[i] == '.' && point < 0 && decimals > 0 && i > first) {
                point = i;
            } else if (digit < 0 || digit > 9) {
                return false;
            } else if (point < 0 || scale++ < decimals) {
                if (value < (Long.MIN_VALUE + digit) / 10) {
                    return false;
                }
                value = value * 10 - digit;
            }
        }
        for (; scale < decimals; scale++) {
            if (value < Long.MIN_VALUE / 10) {
                return false;
            }
            value *= 10;
        }
        if (first >= to || (!negative && value == Long.MIN_VALUE)) {
            return false;
        }
        integer = negative ? value : -value;
        return true;
    }

    /**
     * Reads a decimal number, to the bit what {@link Double#parseDouble} makes of it; or nan, inf
     * or infinity in any case, with an optional sign.
     *
     * <p>Up to 18 digits whose value is at most 2^53 are one exact integer divided by one exact
     * power of ten, and IEEE division rounds correctly (W. D. Clinger, "How to Read Floating Point
     * Numbers Accurately", 1990). All else goes the JDK's way.
     */
    boolean readNumber(byte[] bytes, int from, int to) {
        boolean negative = from < to && bytes[from] == '-';
        int first = negative ? from + 1 : from;
        int point = -1;
        long digits = 0;
        for (int i = first; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
            } else if (bytes[i] == '.' && point < 0) {
                point = i;
            } else {
                return readSlowly(bytes, from, to);
            }
        }
        int count = point < 0 ? to - first : to - first - 1;
        if (count < 1 || count > SAFE_DIGITS || digits > EXACT) {
            return readSlowly(bytes, from, to);
        }
        double value = point < 0 ? digits : digits / POWERS_OF_TEN[to - point - 1];
        number = negative ? -value : value;
        return true;
    }

    private boolean readSlowly(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equalsIgnoreCase("nan")) {
            number = Double.NaN;
            return true;
        }
        if (unsigned.equalsIgnoreCase("inf") || unsigned.equalsIgnoreCase("infinity")) {
            number = text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return true;
        }
        if (!isDecimal(bytes, from, to)) {
            return false;
        }
        try {
            number = Double.parseDouble(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Keeps out what the JDK allows besides: white space, hexadecimal, a trailing d or f. */
    private static boolean isDecimal(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if ("0123456789.eE+-".indexOf(bytes[i]) < 0) {
                return false;
            }
        }
        return true;
    }
}
