package com.shivx.models.artifact;

/**
 * What columns of a reference are called beside those of features, which have the names of their
 * schema.
 */
public final class ReferenceColumns {

    /** The class that was predicted, as its place among the classes. */
    public static final String PREDICTION = "prediction";

    private static final String PROBABILITY = "probability:";

    private ReferenceColumns() {}

    /** The column of a class's probability. */
    public static String probability(String name) {
        return PROBABILITY + name;
    }

    /** Whether a column is a class's probability. */
    public static boolean isProbability(String column) {
        return column.startsWith(PROBABILITY);
    }

    /** The class whose probability a column is. */
    public static String classOf(String column) {
        return column.substring(PROBABILITY.length());
    }

    /** Whether a column is of what a model answers, and not of what it takes. */
    public static boolean isAnswer(String column) {
        return column.equals(PREDICTION) || isProbability(column);
    }
}
