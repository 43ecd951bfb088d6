package com.shivx.models.graph;

import java.util.List;

/**
 * The labels that a graph itself has for its classes.
 *
 * @param texts in the order of the classes, numbers as their digits; empty where it has none
 * @param areNames whether they are texts, which name the classes, and not numbers
 */
public record Labels(List<String> texts, boolean areNames) {

    static final Labels NONE = new Labels(List.of(), false);

    static Labels ofNumbers(List<Long> numbers) {
        return new Labels(numbers.stream().map(String::valueOf).toList(), false);
    }
}
