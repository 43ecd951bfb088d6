package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import com.shivx.cli.console.StopSignal;
import com.shivx.cli.console.Terminal;
import com.shivx.cli.demo.Demo;
import com.shivx.cli.demo.DemoPlan;
import com.shivx.cli.demo.StoryPlan;
import com.shivx.cli.feed.Feed;
import com.shivx.cli.market.MarketConfig;
import com.shivx.cli.reconcile.ResultFiles;
import com.shivx.cli.story.Ending;
import com.shivx.cli.story.Plot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code shivx demo}: the whole pipeline on this machine, by one command. */
@Command(
        name = "demo",
        sortOptions = false,
        description = {
            "Run the whole pipeline on this machine: Kafka and Flink embedded, ticks in,"
                    + " predictions out.",
            "Over the simulated market it tells the story of a model: learned, deployed, and wrong"
                    + " when the market changes.",
            "Ctrl-C stops everything in order and prints the reconciliation."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx demo",
            "  shivx demo --until promoted",
            "  shivx demo --break-model --until rolled-back",
            "  shivx demo --ticks trades.csv.gz quotes.csv.gz --speed 10",
            "  shivx demo --ticks folder --exit-when-done --json report.json --out found",
            "  shivx demo --model mine.onnx --columns return_10s,spread_bps --classes DOWN,FLAT,UP"
        })
final class DemoCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Mixin private final TickInputs ticks = new TickInputs();
    @Mixin private final ModelInputs model = new ModelInputs();

    @Option(
            names = "--exit-when-done",
            description =
                    "End when the input is scored; exit 1 if the reconciliation does not add up.")
    private boolean exitWhenDone;

    @Option(
            names = "--until",
            paramLabel = "promoted|rolled-back",
            converter = EndingConverter.class,
            description =
                    "End when the simulated market's story has come to that: a new version"
                            + " promoted, or taken back; exit 1 if it ends otherwise.")
    private @Nullable Ending until;

    @Option(
            names = "--break-model",
            description =
                    "Tell another story: the simulated market stays as it is, and a version that is"
                            + " wrong is rolled out, until outcomes tell and it is taken back.")
    private boolean breakModel;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the reconciliation there, for programs.")
    private @Nullable Path json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write what a read-committed consumer found there: predictions, features,"
                            + " set-aside, dead-letters (.jsonl).")
    private @Nullable Path out;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "Port of Kafka (default: any free one).")
    private int kafkaPort;

    @Option(
            names = "--ui-port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "Port of Flink's Web UI (default: 8081, or the next free one).")
    private @Nullable Integer uiPort;

    @Mixin private final Settings settings = new Settings();

    @Override
    public Integer call() throws Exception {
        Configuration options = LocalModels.allowedIn(settings.configuration(model.values()));
        options = Shivx.of(spec).plugins().addTo(options);
        if (exitWhenDone && !ticks.areFiles()) {
            throw wrong("the simulated market has no end: --exit-when-done needs --ticks");
        }
        if (until != null && ticks.areFiles()) {
            throw wrong("--until is for the simulated market's story: leave out --ticks");
        }
        if (breakModel && ticks.areFiles()) {
            throw wrong("--break-model is for the simulated market's story: leave out --ticks");
        }
        if (breakModel && until == Ending.PROMOTED) {
            throw wrong(
                    "a wrong version is never promoted: --break-model goes with --until rolled-back");
        }
        if (kafkaPort != 0 && uiPort != null && uiPort == kafkaPort) {
            throw wrong("--kafka-port and --ui-port are both %d".formatted(kafkaPort));
        }
        PrintWriter console = Shivx.out(spec);
        MarketConfig market = breakModel ? ticks.market().withoutChange() : ticks.market();
        TickInputs.Found found = ticks.find(market, console);
        if (json != null) {
            requireWritable(json);
        }
        ResultFiles files = out == null ? null : ResultFiles.in(out);
        Terminal terminal = Terminal.ofProcess();
        try (Feed feed = found.open();
                StopSignal stop = StopSignal.ofProcess(() -> terminal.restore(console))) {
            DemoPlan plan =
                    new DemoPlan(
                            options,
                            Installation.flinkConf(),
                            ticks.speed(),
                            exitWhenDone,
                            kafkaPort,
                            uiPort,
                            json,
                            files,
                            ticks.areFiles() ? null : story(market));
            return new Demo(plan, feed, stop, terminal, console).run() ? 0 : Errors.FAILURE;
        }
    }

    private StoryPlan story(MarketConfig market) {
        return new StoryPlan(market, breakModel ? Plot.BAD_CANDIDATE : Plot.CURE, until);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Known before anything starts, not after an hour. */
    private static void requireWritable(Path file) {
        try {
            // What is there stays until there is something better.
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write to --json %s (%s); name another file"
                            .formatted(file, Reasons.of(e)),
                    e);
        }
    }

    /** Reads how a story may end; another end is wrong usage. */
    static final class EndingConverter implements ITypeConverter<Ending> {

        @Override
        public Ending convert(String text) {
            for (Ending ending : List.of(Ending.PROMOTED, Ending.ROLLED_BACK)) {
                if (ending.word().equals(text)) {
                    return ending;
                }
            }
            throw new TypeConversionException(
                    "'%s' is no end of a story; write promoted or rolled-back".formatted(text));
        }
    }

    /** Reads a port; a wrong one is wrong usage. */
    static final class PortConverter implements ITypeConverter<Integer> {

        private static final int HIGHEST = 65_535;

        @Override
        public Integer convert(String text) {
            try {
                int port = Integer.parseInt(text);
                if (port >= 0 && port <= HIGHEST) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new TypeConversionException(
                    "'%s' is no port; write 1 to %d, or 0 for any free one"
                            .formatted(text, HIGHEST));
        }
    }
}
