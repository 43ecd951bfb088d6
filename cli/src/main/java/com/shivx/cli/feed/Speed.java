package com.shivx.cli.feed;

/**
 * How fast ticks are fed.
 *
 * @param multiple event time per time of the clock; infinite for as fast as they are taken
 */
public record Speed(double multiple) {

    /** As fast as they are taken: by the broker, and where that is watched by the scoring. */
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    /** The pace of life. */
    public static final Speed REAL_TIME = new Speed(1);

    public Speed {
        if (!(multiple > 0)) {
            throw new IllegalArgumentException(
                    "a speed is a positive number or max, not " + multiple);
        }
    }

    /** Reads {@code max}, {@code 10} or {@code 0.5}. */
    public static Speed parse(String text) {
        if (text.equalsIgnoreCase("max")) {
            return MAX;
        }
        try {
            return new Speed(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a speed is a positive number or max, not '" + text + "'", e);
        }
    }

    public boolean isMax() {
        return Double.isInfinite(multiple);
    }

    /** {@code max}, {@code 10×} or {@code 0.5×}. */
    @Override
    public String toString() {
        if (isMax()) {
            return "max";
        }
        return (multiple == Math.rint(multiple)
                        ? String.valueOf((long) multiple)
                        : String.valueOf(multiple))
                + "×";
    }
}
