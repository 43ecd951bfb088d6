package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.features.label.Threshold;
import com.shivx.jobs.options.BackfillOptions;
import com.shivx.jobs.options.LogOptions;
import com.shivx.jobs.options.OutcomeOptions;
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

/** Which ticks or which log a training or a comparison takes. */
final class TrainingInputs {

    @Option(
            names = "--ticks",
            paramLabel = "PATH",
            description =
                    "Files or folders of ticks; repeatable (default: the topic 'ticks' of --bootstrap-server).")
    private List<Path> ticks = new ArrayList<>();

    @Option(
            names = "--log",
            paramLabel = "DIR|URI",
            description =
                    "What 'shivx run log' has written, instead of ticks: vectors as they were, with their outcomes"
                            + " (default: .shivx/log/files of the project, where no ticks are named).")
    private @Nullable String log;

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

    @Option(
            names = "--horizon",
            paramLabel = "DURATION",
            description =
                    "How long after a row it is asked where the price went, such as 1s (default: 60s).")
    private @Nullable String horizon;

    @Option(
            names = "--threshold",
            paramLabel = "vol|cost",
            description =
                    "How far a price must go to have gone UP or DOWN: 0.43 standard deviations, or what a round trip costs"
                            + " (default: vol). Of a log, outcomes that were decided by the other are passed over.")
    private @Nullable Threshold threshold;

    /** What they say, as options of the job. */
    Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        if (!ticks.isEmpty()) {
            values.put(TrainingOptions.TICKS.key(), paths());
        }
        put(values, TrainingOptions.LOG.key(), log == null ? null : LocalLog.path(log).toString());
        put(values, BackfillOptions.FORMAT.key(), format);
        put(values, BackfillOptions.SYMBOL.key(), symbol);
        put(values, BackfillOptions.ZONE.key(), zone);
        put(values, TrainingOptions.FROM.key(), from);
        put(values, TrainingOptions.TO.key(), to);
        put(values, TrainingOptions.HORIZON.key(), horizon);
        put(values, OutcomeOptions.THRESHOLD.key(), threshold == null ? null : threshold.name());
        return values;
    }

    /**
     * The same options with where rows come from: what somebody has said, or else the log of this
     * machine.
     *
     * @throws ParameterException if nobody has and there is none, or if two are named
     */
    static Configuration resolve(
            CommandSpec command, Settings.Broker broker, Configuration options) {
        boolean isLog = options.contains(TrainingOptions.LOG);
        boolean isTicks = options.contains(TrainingOptions.TICKS) || broker.isNamed();
        if (isLog && isTicks) {
            throw new ParameterException(
                    command.commandLine(),
                    "rows come from one of --ticks, --log and --bootstrap-server: a log has vectors of its own");
        }
        if (isLog || isTicks) {
            return options;
        }
        if (!options.contains(LogOptions.OUTPUT) && !Files.isDirectory(LocalLog.folder())) {
            throw new ParameterException(
                    command.commandLine(),
                    "there is nothing to learn from: name files of ticks with --ticks, what 'shivx run log' has"
                            + " written with --log, or the brokers with --bootstrap-server");
        }
        return new Configuration(options)
                .set(TrainingOptions.LOG, LocalLog.in(options).get(LogOptions.OUTPUT));
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
