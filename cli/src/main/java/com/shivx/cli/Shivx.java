package com.shivx.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code shivx} command. */
@Command(
        name = "shivx",
        description = "Streaming machine learning for market data on Apache Flink.",
        mixinStandardHelpOptions = true,
        version = "shivx 0.1.0")
public final class Shivx {

    private Shivx() {}

    /** Runs the command and leaves with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Shivx()).execute(args));
    }
}
