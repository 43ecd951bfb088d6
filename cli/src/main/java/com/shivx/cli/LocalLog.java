package com.shivx.cli;

import com.shivx.jobs.options.LogOptions;
import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;

/** Where the log lies on this machine, unless the options say otherwise. */
final class LocalLog {

    private LocalLog() {}

    /** The folder that a log job in this process writes to. */
    static Path folder() {
        return Installation.root().resolve(".shivx").resolve("log").resolve("files");
    }

    /** A folder as a user names it, by the working directory, or a URI. */
    static org.apache.flink.core.fs.Path path(String log) {
        return new org.apache.flink.core.fs.Path(
                log.contains(":/")
                        ? URI.create(log)
                        : Path.of(log).toAbsolutePath().normalize().toUri());
    }

    /** Lets a log job of this process write there. */
    static Configuration in(Configuration options) {
        return options.contains(LogOptions.OUTPUT)
                ? options
                : new Configuration(options).set(LogOptions.OUTPUT, folder().toUri().toString());
    }
}
