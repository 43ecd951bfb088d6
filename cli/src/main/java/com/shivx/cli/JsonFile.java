package com.shivx.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What {@code --json FILE} asks for. */
final class JsonFile {

    private JsonFile() {}

    /** The number; null where it is NaN or infinite, which JSON has no word for. */
    static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Writes it for programs. */
    static void write(Path file, JsonNode json) {
        try {
            Files.writeString(file, json.toPrettyString() + System.lineSeparator());
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write to --json %s (%s); name another file"
                            .formatted(file, Reasons.of(e)),
                    e);
        }
    }
}
