package com.shivx.models.training;

import java.math.BigDecimal;
import java.util.List;

/**
 * A parameter of a trainer: what it may be, and what it is when nobody says.
 *
 * @param name as in {@code --param name=value}
 * @param fallback its value unless given, as text
 * @param low lowest number
 * @param high highest number
 * @param whole whether numbers must be whole
 * @param words words that it may be instead of a number
 */
public record Parameter(
        String name, String fallback, double low, double high, boolean whole, List<String> words) {

    /** A whole number of a range. */
    public static Parameter whole(String name, int fallback, int low, int high) {
        return new Parameter(name, Integer.toString(fallback), low, high, true, List.of());
    }

    /** A number of a range. */
    public static Parameter real(String name, double fallback, double low, double high) {
        return new Parameter(name, Double.toString(fallback), low, high, false, List.of());
    }

    /** A number of a range, or a word, which it is unless given. */
    public static Parameter realOr(String word, String name, double low, double high) {
        return new Parameter(name, word, low, high, false, List.of(word));
    }

    /** What it may be, in words. */
    public String allowed() {
        String numbers =
                "a %s from %s to %s"
                        .formatted(whole ? "whole number" : "number", plain(low), plain(high));
        return words.isEmpty() ? numbers : String.join(", ", words) + " or " + numbers;
    }

    void check(String value) throws TrainingException {
        if (!words.contains(value) && !isNumber(value)) {
            throw new TrainingException(
                    "parameter %s is '%s'".formatted(name, value), "make it " + allowed());
        }
    }

    private boolean isNumber(String value) {
        try {
            double number = whole ? Integer.parseInt(value) : Double.parseDouble(value);
            // Written so that NaN fails.
            return number >= low && number <= high;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String plain(double number) {
        return number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
