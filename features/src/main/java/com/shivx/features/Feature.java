package com.shivx.features;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The schema of one feature: what its float32 means, and what it may be.
 *
 * @param name snake_case, unique within its set
 * @param unit unit of the value; {@code 1} where it has none
 * @param min smallest value that can be right
 * @param max largest value that can be right
 * @param warmUp what must have passed before it has a value
 * @param watch how drift looks at it
 * @param description what it measures, in one sentence
 */
public record Feature(
        String name,
        String unit,
        double min,
        double max,
        WarmUp warmUp,
        Watch watch,
        String description) {

    /** Type of every feature in a vector. */
    public static final String TYPE = "float32";

    private static final String ROW = "%-26s %-8s %-22s %-10s %-27s %-13s %s";

    /** Headings of {@link #describe()}. */
    static final String DESCRIPTION_HEADER =
            String.format(ROW, "NAME", "TYPE", "RANGE", "UNIT", "WARM-UP", "WATCHED BY", "MEANING");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    public Feature {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Feature name '" + name + "' must be snake_case, such as spread_bps");
        }
        if (!(min < max) || Double.isInfinite(min) || Double.isInfinite(max)) {
            throw new IllegalArgumentException(
                    "Feature " + name + " needs a finite range, not [" + min + ", " + max + "]");
        }
    }

    /** What is wrong with a value, in one line with the remedy. A missing value, NaN, never is. */
    public Optional<String> problem(float value) {
        if (Float.isNaN(value) || (value >= (float) min && value <= (float) max)) {
            return Optional.empty();
        }
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "Feature %s is %s, outside %s (%s): correct what computed it, or widen the"
                                + " range in its schema",
                        name,
                        value,
                        range(),
                        unit));
    }

    /** One row of {@link FeatureSet#describe()}. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                ROW,
                name,
                TYPE,
                range(),
                unit,
                warmUp,
                watch.name().toLowerCase(Locale.ROOT),
                description);
    }

    private String range() {
        return "[" + plain(min) + ", " + plain(max) + "]";
    }

    private static String plain(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }

    /** What a hash covers: everything that changes what a number means; not the prose. */
    String canonical() {
        return String.join(
                "|",
                name,
                TYPE,
                Double.toString(min),
                Double.toString(max),
                unit,
                warmUp.toString(),
                watch.name());
    }
}
