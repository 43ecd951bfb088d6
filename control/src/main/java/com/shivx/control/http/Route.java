package com.shivx.control.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What can be asked for.
 *
 * @param template segments of the path, those in braces of any text
 * @param parameters names that the query may have
 */
record Route(List<String> template, Set<String> parameters) {

    /** Of a path such as {@code /api/v1/models/{name}/health}. */
    static Route of(String path, String... parameters) {
        return new Route(List.of(path.substring(1).split("/")), Set.of(parameters));
    }

    /** What stands for each name in braces; empty where the path is another. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != template.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < path.size(); i++) {
            String segment = template.get(i);
            if (segment.startsWith("{")) {
                values.put(segment.substring(1, segment.length() - 1), path.get(i));
            } else if (!segment.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** As it stands in the description. */
    String path() {
        return "/" + String.join("/", template);
    }
}
