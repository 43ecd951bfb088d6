package com.shivx.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shivx drift}: whether what a model takes is still what it was measured on. */
@Command(
        name = "drift",
        description = "Whether what models take and answer is still what they were measured on.",
        subcommands = {DriftCheckCommand.class, DriftReportCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx drift check --model direction@production --data today.csv",
            "  shivx drift report direction --html drift.html"
        })
final class DriftCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command? shivx drift check or report");
    }
}
