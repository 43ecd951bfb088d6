package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.jobs.options.BackfillOptions;
import com.shivx.jobs.options.TrainingOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which ticks a training or a comparison takes. */
final class TrainingTicks {

    @Option(
            names = "--ticks",
            paramLabel = "PATH",
            description =
                    "Files or folders of ticks; repeatable (default: the topic 'ticks' of --bootstrap-server).")
    private List<Path> ticks = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "Format of the files (default: told from each file).")
    private @Nullable String format;

    @Option(
            names = "--symbol",
            paramLabel = "NAME",
            description = "Symbol of files that do not name it (default: from the path).")
    private @Nullable String symbol;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Time zone of files whose times are local (default: known by broker).")
    private @Nullable String zone;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "First event time of a row, a date or a moment of UTC; ticks before it warm up.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "First event time that is no row any more.")
    private @Nullable String to;

    /** What they say, as options of the job. */
    Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        if (!ticks.isEmpty()) {
            values.put(TrainingOptions.TICKS.key(), paths());
        }
        put(values, BackfillOptions.FORMAT.key(), format);
        put(values, BackfillOptions.SYMBOL.key(), symbol);
        put(values, BackfillOptions.ZONE.key(), zone);
        put(values, TrainingOptions.FROM.key(), from);
        put(values, TrainingOptions.TO.key(), to);
        return values;
    }

    /** Somebody must have said where ticks come from. */
    void require(CommandSpec command, Settings.Broker broker, Configuration options) {
        if (!options.contains(TrainingOptions.TICKS) && !broker.isNamed()) {
            throw new ParameterException(
                    command.commandLine(),
                    "there are no ticks: name files with --ticks, or the brokers with --bootstrap-server");
        }
    }

    private String paths() {
        for (Path path : ticks) {
            if (!Files.exists(path)) {
                throw new CommandException(
                        "there is no file or folder %s; name ticks with --ticks".formatted(path));
            }
        }
        return String.join(
                ";", ticks.stream().map(path -> path.toAbsolutePath().toString()).toList());
    }

    private static void put(Map<String, String> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }
}
