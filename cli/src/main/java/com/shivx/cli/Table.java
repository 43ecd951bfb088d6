package com.shivx.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of text: columns as wide as their widest cell, two spaces between them. */
final class Table {

    private final List<String[]> rows = new ArrayList<>();

    Table(String... header) {
        rows.add(
                Arrays.stream(header)
                        .map(name -> name.toUpperCase(Locale.ROOT))
                        .toArray(String[]::new));
    }

    Table row(String... cells) {
        if (cells.length != rows.get(0).length) {
            throw new IllegalArgumentException(
                    cells.length + " cells in a table of " + rows.get(0).length + " columns");
        }
        rows.add(cells);
        return this;
    }

    /** The header and the rows, without trailing spaces. */
    List<String> lines() {
        int[] widths =
                IntStream.range(0, rows.get(0).length)
                        .map(
                                column ->
                                        rows.stream()
                                                .mapToInt(row -> row[column].length())
                                                .max()
                                                .orElse(0))
                        .toArray();
        return rows.stream()
                .map(
                        row ->
                                IntStream.range(0, row.length)
                                        .mapToObj(
                                                column ->
                                                        row[column]
                                                                + " "
                                                                        .repeat(
                                                                                widths[column]
                                                                                        - row[
                                                                                                column]
                                                                                                .length()))
                                        .collect(Collectors.joining("  "))
                                        .stripTrailing())
                .toList();
    }
}
