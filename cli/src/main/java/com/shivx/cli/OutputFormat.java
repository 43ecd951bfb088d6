package com.shivx.cli;

import picocli.CommandLine.Option;

/** How a listing is printed. */
final class OutputFormat {

    /** For people or for programs. */
    enum Kind {
        TABLE,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json",
            description = "Print a table for people or JSON for programs (default: table).")
    private Kind kind = Kind.TABLE;

    boolean isJson() {
        return kind == Kind.JSON;
    }
}
