package com.shivx.features.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of bars with indicator values that somebody else has computed and published. */
public final class PublishedSheet {

    private final String name;
    private final List<String> header;
    private final List<String[]> rows = new ArrayList<>();

    private PublishedSheet(String name, List<String> lines) {
        this.name = name;
        header = Arrays.stream(lines.get(0).split(",", -1)).map(String::strip).toList();
        lines.stream().skip(1).filter(l -> !l.isBlank()).forEach(l -> rows.add(l.split(",", -1)));
    }

    /** The sheet of that name; without real data the running test is skipped and says so. */
    public static PublishedSheet read(String source, String name) {
        Path file = RealData.folder("indicators").resolve(source).resolve(name);
        try {
            return new PublishedSheet(name, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Number of bars. */
    public int size() {
        return rows.size();
    }

    /** A cell that is always filled. */
    public double number(int row, String column) {
        return Double.parseDouble(cell(row, column));
    }

    private String cell(int row, String column) {
        int index = header.indexOf(column);
        assertThat(index).as("column %s of %s in %s", column, name, header).isNotNegative();
        String[] cells = rows.get(row);
        return index < cells.length ? cells[index].strip() : "";
    }

    /**
     * The values equal the published ones to their last digit, and are NaN before the first. Zeros
     * and partial values that a sheet shows before that are passed over.
     *
     * @param firstRow row of the indicator's first value
     * @param sheetError what the sheet's own arithmetic, often of single precision, is off by
     */
    public void assertAgrees(double[] values, String column, int firstRow, double sheetError) {
        int compared = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (row < firstRow) {
                assertThat(values[row]).as("%s %s row %d", name, column, row).isNaN();
            } else if (!cell(row, column).isEmpty()) {
                BigDecimal published = new BigDecimal(cell(row, column));
                double tolerance = Math.max(sheetError, lastDigit(published));
                assertThat(values[row])
                        .as("%s %s row %d", name, column, row)
                        .isCloseTo(published.doubleValue(), within(tolerance));
                compared++;
            }
        }
        assertThat(compared).as("values of %s in %s", column, name).isGreaterThan(5);
    }

    /** A sheet prints all digits a double has; a feature is a float, which has seven. */
    private static double lastDigit(BigDecimal published) {
        double digit = published.ulp().doubleValue();
        return Math.max(digit, Math.abs(published.doubleValue()) * 1.2e-7);
    }
}
