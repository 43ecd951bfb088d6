package com.shivx.jobs.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that cannot be read as ticks; the message is one line that names the file and the remedy.
 */
public final class TickFileException extends IOException {

    private static final long serialVersionUID = 1;

    TickFileException(Path path, String problem) {
        this(path, problem, null);
    }

    TickFileException(Path path, String problem, @Nullable Throwable cause) {
        super(path + ": " + problem, cause);
    }

    /** What the operating system says of a path, in a line. */
    static TickFileException of(Path path, IOException cause) {
        if (cause instanceof TickFileException known) {
            return known;
        }
        if (cause instanceof NoSuchFileException) {
            return new TickFileException(path, "no such file or folder: check the path", cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new TickFileException(path, "may not be read: check its permissions", cause);
        }
        return new TickFileException(path, "cannot be read (" + cause.getMessage() + ")", cause);
    }
}
