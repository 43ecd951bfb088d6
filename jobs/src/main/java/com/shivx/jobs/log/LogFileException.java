package com.shivx.jobs.log;

import java.io.IOException;
import org.apache.flink.core.fs.Path;

/**
 * A file of the log cannot be read; the message is one line that says where, why and what to do.
 */
public final class LogFileException extends IOException {

    private static final long serialVersionUID = 1;

    LogFileException(Path file, String problem, Throwable cause) {
        super("%s: %s".formatted(file, problem), cause);
    }

    LogFileException(Path file, String problem) {
        super("%s: %s".formatted(file, problem));
    }
}
