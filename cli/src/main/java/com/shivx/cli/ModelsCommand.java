package com.shivx.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shivx models}: what shall serve, what does, and making models smaller and faster. */
@Command(
        name = "models",
        description =
                "Deploy models to running jobs, see what serves, quantise and measure models.",
        subcommands = {
            ModelsDeployCommand.class,
            ModelsStatusCommand.class,
            ModelsQuantizeCommand.class,
            ModelsBenchmarkCommand.class
        })
final class ModelsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which command? shivx models deploy, status, quantize, or benchmark");
    }
}
