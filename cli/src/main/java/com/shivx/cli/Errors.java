package com.shivx.cli;

import com.shivx.bench.BenchException;
import com.shivx.cli.console.CommandException;
import com.shivx.control.ControlException;
import com.shivx.jobs.files.TickFileException;
import com.shivx.jobs.kafka.TopicReadException;
import com.shivx.jobs.log.LogFileException;
import com.shivx.local.StartException;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.registry.RegistryException;
import java.io.PrintWriter;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a user sees of a failure: one line with the remedy, and an exit code. The rest is shown by
 * {@code --stacktrace}.
 */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** The command was used wrongly. */
    static final int USAGE = 2;

    /** The command could not do what it was asked. */
    static final int FAILURE = 1;

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(errorLine(command, firstLine(e)));
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("see '" + command.getCommandSpec().qualifiedName() + " --help'");
        }
        err.flush();
        return USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println(errorLine(command, message(e)));
        if (Shivx.of(command.getCommandSpec()).stacktrace()) {
            e.printStackTrace(err);
        }
        err.flush();
        return FAILURE;
    }

    /**
     * The line of an exception that was made for users; of any other its kind and where to find
     * more.
     */
    static String message(Throwable e) {
        Throwable cause = e;
        while (cause instanceof ExecutionException
                || cause instanceof CompletionException
                || cause instanceof CommandLine.ExecutionException) {
            Throwable next = cause.getCause();
            if (next == null) {
                break;
            }
            cause = next;
        }
        if (cause instanceof CommandException
                || cause instanceof BenchException
                || cause instanceof ControlException
                || cause instanceof StartException
                || cause instanceof ModelRefusedException
                || cause instanceof RegistryException
                || cause instanceof TickFileException
                || cause instanceof LogFileException
                || cause instanceof TopicReadException
                || cause instanceof IllegalArgumentException) {
            return firstLine(cause);
        }
        return "%s: %s; --stacktrace shows where"
                .formatted(cause.getClass().getSimpleName(), firstLine(cause));
    }

    private static String errorLine(CommandLine command, String message) {
        return command.getColorScheme().errorText("error: " + message).toString();
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
