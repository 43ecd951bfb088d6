package com.shivx.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where ShivX lies on this machine. */
final class Installation {

    private Installation() {}

    /** The project's folder: what the launcher says, or the working directory. */
    static Path root() {
        return Path.of(System.getProperty("shivx.root", "")).toAbsolutePath().normalize();
    }

    /** The folder of Flink's {@code config.yaml}. */
    static Path flinkConf() {
        return root().resolve("flink-conf");
    }

    /** The application's own options file, where there is one. */
    static Optional<Path> applicationOptions() {
        return Optional.of(flinkConf().resolve("shivx.yaml")).filter(Files::isRegularFile);
    }

    /** Where jars of feature sets of the user's own are looked for, unless a command says where. */
    static Path plugins() {
        return root().resolve(".shivx").resolve("plugins");
    }

    /** The jar that a cluster runs. */
    static Path jobsJar() {
        return root().resolve("jobs/target/shivx-jobs.jar");
    }
}
