package com.shivx.cli.rows;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.quantization.SampleRows;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a model's columns in a file, read line by line each time: CSV whose header names the
 * columns, or feature vectors as JSON lines, as {@code shivx demo --out} writes them to {@code
 * features.jsonl}; either with gzip. Columns that the model does not take are left alone. A column
 * or field {@code label} holds the class that was right, by name or index, where somebody knows it.
 */
public final class RowFile implements SampleRows {

    /** How to come by such a file, for whoever has none. */
    public static final String HOW_TO_MAKE =
            "write the model's columns as a CSV header and a row for each vector, or let 'shivx demo"
                    + " --ticks FILE --out DIR' write DIR/features.jsonl";

    private final Path file;
    private final ModelContract contract;

    private RowFile(Path file, ModelContract contract) {
        this.file = file;
        this.contract = contract;
    }

    /**
     * The rows of a model's columns in that file.
     *
     * @throws CommandException if it cannot be read, or lacks a column
     */
    public static RowFile of(Path file, ModelContract contract) {
        RowFile rows = new RowFile(file, contract);
        try (BufferedReader reader = rows.open()) {
            rows.format(reader);
        } catch (IOException e) {
            throw rows.unreadable(e);
        }
        return rows;
    }

    /** The first rows, or all if there are fewer. */
    public List<float[]> first(int most) throws ModelRefusedException {
        List<float[]> first = new ArrayList<>();
        each(
                row -> {
                    first.add(row.values());
                    return first.size() < most;
                });
        return first;
    }

    @Override
    public void read(Reader reader) throws ModelRefusedException {
        each(
                row -> {
                    reader.row(row.values(), row.label());
                    return true;
                });
    }

    /** Takes a row, and says whether it wants more. */
    @FunctionalInterface
    private interface Taker {
        boolean take(RowFormat.Row row) throws ModelRefusedException;
    }

    private void each(Taker taker) throws ModelRefusedException {
        try (BufferedReader lines = open()) {
            RowFormat format = format(lines);
            int line = format.headerLines();
            boolean more = true;
            for (String text = lines.readLine(); more && text != null; text = lines.readLine()) {
                RowFormat.Row row = parse(format, text, ++line);
                more = row == null || taker.take(row);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private RowFormat.@Nullable Row parse(RowFormat format, String text, int line) {
        try {
            return text.isBlank() ? null : format.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException("%s line %d: %s".formatted(file, line, e.getMessage()), e);
        }
    }

    /** What the first line says; JSON has no header, and its first line is read again. */
    private RowFormat format(BufferedReader reader) throws IOException {
        reader.mark(1 << 20);
        String first = reader.readLine();
        if (first == null || first.isBlank()) {
            throw new CommandException(
                    "there is no first line in %s; %s".formatted(file, HOW_TO_MAKE));
        }
        try {
            if (first.stripLeading().startsWith("{")) {
                reader.reset();
                return new JsonRows(contract);
            }
            return new CsvRows(first, contract);
        } catch (IllegalArgumentException e) {
            throw new CommandException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private BufferedReader open() throws IOException {
        InputStream in = new FileInputStream(file.toFile());
        try {
            InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private CommandException unreadable(IOException e) {
        return new CommandException(
                "cannot read --rows %s (%s); %s".formatted(file, Reasons.of(e), HOW_TO_MAKE), e);
    }
}
