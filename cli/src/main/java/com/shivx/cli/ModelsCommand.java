package com.shivx.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shivx models}: what shall serve, and what does. */
@Command(
        name = "models",
        description = "Deploy models to running jobs, and see what serves.",
        subcommands = {ModelsDeployCommand.class, ModelsStatusCommand.class})
final class ModelsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command? shivx models deploy, or status");
    }
}
