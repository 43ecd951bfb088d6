package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import com.shivx.operators.training.TrainingEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the report of a training or a comparison is written besides the terminal. */
final class ReportFiles {

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report there.")
    private @Nullable Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report there as a page with pictures.")
    private @Nullable Path html;

    /** Writes what somebody has asked for. */
    void write(TrainingEvent end, PrintWriter out) {
        write(json, end.json(), "--json", out);
        write(html, end.html(), "--html", out);
    }

    private static void write(
            @Nullable Path file, @Nullable String text, String option, PrintWriter out) {
        if (file == null || text == null) {
            return;
        }
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
            out.println("report: " + file);
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write to %s %s (%s); name another file"
                            .formatted(option, file, Reasons.of(e)),
                    e);
        }
    }
}
