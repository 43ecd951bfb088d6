package com.shivx.drift;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Numbers that others have found, one case a line, below the call that made them. */
public final class OracleFile {

    private OracleFile() {}

    /** The lines of a file beside the test that are no comment. */
    public static List<String> lines(Class<?> test, String name) {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(test.getResourceAsStream(name), name),
                                StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
