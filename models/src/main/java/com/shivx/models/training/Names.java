package com.shivx.models.training;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names that a model's file can hold: its metadata keeps them in one text, between commas. */
final class Names {

    private Names() {}

    static void check(String kind, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty() || !name.equals(name.strip()) || name.contains(",")) {
                throw new IllegalArgumentException(
                        "%s '%s' is empty, or has a comma or blanks around it; rename it"
                                .formatted(kind, name));
            }
            if (!seen.add(name)) {
                throw new IllegalArgumentException(
                        "%s %s is there twice; name it once".formatted(kind, name));
            }
        }
    }
}
