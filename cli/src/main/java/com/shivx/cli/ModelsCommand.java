package com.shivx.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shivx models}: what there is, what shall serve, what does, and making it faster. */
@Command(
        name = "models",
        description =
                "Register models, deploy them to running jobs, see what serves, quantise and measure them.",
        subcommands = {
            ModelsRegisterCommand.class,
            ModelsListCommand.class,
            ModelsShowCommand.class,
            ModelsDownloadCommand.class,
            ModelsCompareCommand.class,
            ModelsValidateCommand.class,
            ModelsPromoteCommand.class,
            ModelsRollbackCommand.class,
            ModelsAuditCommand.class,
            ModelsDeployCommand.class,
            ModelsRolloutCommand.class,
            ModelsAbReportCommand.class,
            ModelsFollowCommand.class,
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
                spec.commandLine(), "which command? shivx models list shows what is registered");
    }
}
