package com.shivx.cli.reconcile;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a read-committed consumer found, as JSON lines in one folder: {@code predictions.jsonl},
 * {@code features.jsonl}, {@code set-aside.jsonl}, {@code dead-letters.jsonl}. The files are made
 * empty at once, so that a folder that cannot be written to is known before anything starts.
 */
public final class ResultFiles {

    /** Which of them. */
    enum Kind {
        PREDICTIONS("predictions.jsonl"),
        FEATURES("features.jsonl"),
        SET_ASIDE("set-aside.jsonl"),
        DEAD_LETTERS("dead-letters.jsonl");

        private final String fileName;

        Kind(String fileName) {
            this.fileName = fileName;
        }
    }

    private final Path directory;

    private ResultFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the folder where it is missing, and the files.
     *
     * @throws CommandException if they cannot be written
     */
    public static ResultFiles in(Path directory) {
        try {
            Files.createDirectories(directory);
            for (Kind kind : Kind.values()) {
                Files.write(directory.resolve(kind.fileName), new byte[0]);
            }
            return new ResultFiles(directory);
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write to --out %s (%s); name another folder"
                            .formatted(directory, Reasons.of(e)),
                    e);
        }
    }

    OutputStream open(Kind kind) {
        try {
            return new BufferedOutputStream(
                    Files.newOutputStream(directory.resolve(kind.fileName)), 1 << 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
