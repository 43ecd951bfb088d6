package com.shivx.cli;

import com.shivx.cli.log.LogContent;
import com.shivx.cli.log.LogContentJson;
import com.shivx.cli.log.LogContentText;
import com.shivx.cli.log.ReadingProgress;
import com.shivx.jobs.options.LogOptions;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx log}: what the log job has written. */
@Command(
        name = "log",
        description =
                "What 'shivx run log' has written: months of features, predictions and outcomes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx log describe",
            "  shivx log describe /data/log -o json",
            "  shivx log describe s3://bucket/log"
        })
final class LogCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? shivx log describe");
    }

    @Command(
            name = "describe",
            description = {
                "Show what a log holds: dates, rows, files, symbols, model versions, missing dates.",
                "Reads every file, so that one that is damaged is named; then the exit code is 1."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  shivx log describe", "  shivx log describe /data/log -o json"})
    int describe(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "DIR|URI",
                            description =
                                    "The log's folder (default: log.output, or .shivx/log/files of the project).")
                    @Nullable String folder,
            @Mixin Settings settings,
            @Mixin OutputFormat format)
            throws Exception {
        String log =
                folder == null
                        ? LocalLog.in(settings.configuration(Map.of())).get(LogOptions.OUTPUT)
                        : folder;
        // What a program reads goes out; how far it is does not.
        PrintWriter err = spec.commandLine().getErr();
        LogContent content = LogContent.of(LocalLog.path(log), new ReadingProgress(err));
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(LogContentJson.of(content));
        } else {
            LogContentText.lines(content).forEach(out::println);
        }
        out.flush();
        return content.isSound() ? 0 : 1;
    }
}
