package com.shivx.models.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What a random search draws from: a dimension for each parameter that is worth it.
 *
 * @param dimensions drawn in this order
 */
public record SearchSpace(List<Dimension> dimensions) {

    /** Nothing to draw. */
    public static final SearchSpace NONE = new SearchSpace(List.of());

    /** Enough to tell two draws apart, and short enough to be typed again. */
    private static final MathContext DIGITS = new MathContext(4);

    public SearchSpace {
        dimensions = List.copyOf(dimensions);
    }

    /** One parameter, and how it is drawn. */
    public sealed interface Dimension {

        /** The parameter. */
        String name();

        /** A value of it, as text. */
        String draw(SplittableRandom random);
    }

    /** Whole numbers, each as likely as the others, {@code high} among them. */
    public record Whole(String name, int low, int high) implements Dimension {
        @Override
        public String draw(SplittableRandom random) {
            return Integer.toString(random.nextInt(low, high + 1));
        }
    }

    /** Numbers, each as likely as the others. */
    public record Range(String name, double low, double high) implements Dimension {
        @Override
        public String draw(SplittableRandom random) {
            return rounded(low + (high - low) * random.nextDouble());
        }
    }

    /** Numbers above 0, each order of magnitude as likely as the others. */
    public record LogRange(String name, double low, double high) implements Dimension {
        @Override
        public String draw(SplittableRandom random) {
            double log = StrictMath.log(low);
            // StrictMath, so that a seed draws the same on every machine.
            return rounded(
                    StrictMath.exp(log + (StrictMath.log(high) - log) * random.nextDouble()));
        }
    }

    /** One of several values. */
    public record Choice(String name, List<String> values) implements Dimension {
        @Override
        public String draw(SplittableRandom random) {
            return values.get(random.nextInt(values.size()));
        }
    }

    /**
     * One point of it.
     *
     * @param fixed parameters that somebody has set: they stay as they are
     */
    public Map<String, String> draw(SplittableRandom random, Map<String, String> fixed) {
        Map<String, String> point = new TreeMap<>();
        for (Dimension dimension : dimensions) {
            // Drawn whether it is used or not: fixing one parameter does not change the others.
            point.put(dimension.name(), dimension.draw(random));
        }
        point.putAll(fixed);
        return point;
    }

    private static String rounded(double value) {
        return BigDecimal.valueOf(value).round(DIGITS).toString();
    }
}
