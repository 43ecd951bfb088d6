package com.shivx.cli;

import com.shivx.cli.console.ProcessFolder;
import com.shivx.cli.console.Terminal;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code shivx} command. */
@Command(
        name = "shivx",
        description = "Streaming machine learning for market data on Apache Flink.",
        version = Shivx.VERSION,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            ReplayCommand.class,
            RunCommand.class,
            TrainCommand.class,
            ModelsCommand.class,
            FeaturesCommand.class,
            LogCommand.class,
            TopicsCommand.class,
            OptionsCommand.class,
            BenchCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:could not be done, or does not add up", "2:wrong usage"})
public final class Shivx implements Runnable {

    static final String VERSION = "shivx 0.1.0";

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where an error comes from, not only its line.")
    private boolean stacktrace;

    /** Runs the command and leaves with its exit code. */
    public static void main(String[] args) {
        ProcessFolder.take();
        System.exit(commandLine().setOut(Terminal.writer()).execute(args));
    }

    /** The whole command, ready to be executed. */
    static CommandLine commandLine() {
        Errors errors = new Errors();
        return new CommandLine(new Shivx())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command? shivx demo is a good first one");
    }

    boolean stacktrace() {
        return stacktrace;
    }

    /** Where a command prints what it was asked for. */
    static PrintWriter out(CommandSpec spec) {
        return spec.commandLine().getOut();
    }
}
