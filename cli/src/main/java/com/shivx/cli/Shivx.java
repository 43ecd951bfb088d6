package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.ProcessFolder;
import com.shivx.cli.console.Terminal;
import com.shivx.cli.plugin.Plugins;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
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
            RetrainCommand.class,
            ScheduleCommand.class,
            ControlCommand.class,
            ModelsCommand.class,
            FeaturesCommand.class,
            DriftCommand.class,
            AccuracyCommand.class,
            LogCommand.class,
            TopicsCommand.class,
            OptionsCommand.class,
            BenchCommand.class,
            InitCommand.class,
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

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "A folder with jars of feature sets of your own (default: .shivx/plugins in the project);"
                            + " 'shivx init' writes such a project.")
    private @Nullable Path pluginFolder;

    private Plugins plugins = Plugins.none();

    /** Runs the command and leaves with its exit code. */
    public static void main(String[] args) {
        ProcessFolder.take();
        System.exit(commandLine().setOut(Terminal.writer()).execute(args));
    }

    /** The whole command, ready to be executed. */
    static CommandLine commandLine() {
        Errors errors = new Errors();
        Shivx shivx = new Shivx();
        return new CommandLine(shivx)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionStrategy(shivx::execute)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    /** Every command sees the feature sets of the plugins, and so do the threads that it starts. */
    private int execute(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        try (Plugins opened = openPlugins()) {
            plugins = opened;
            return new RunLast().execute(parsed);
        } catch (CommandException e) {
            throw new ExecutionException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Plugins openPlugins() {
        return pluginFolder == null
                ? Plugins.openIfAny(Installation.plugins())
                : Plugins.open(pluginFolder);
    }

    /** The feature sets of the user's own that are there while a command runs. */
    Plugins plugins() {
        return plugins;
    }

    /** The whole command that one of its commands belongs to. */
    static Shivx of(CommandSpec spec) {
        return (Shivx) spec.root().userObject();
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
