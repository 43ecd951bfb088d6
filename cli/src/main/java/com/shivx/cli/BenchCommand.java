package com.shivx.cli;

import com.shivx.bench.BenchReport;
import com.shivx.bench.pipeline.PipelineBench;
import com.shivx.bench.pipeline.PipelinePlan;
import com.shivx.bench.pipeline.Variant;
import com.shivx.cli.console.BenchProgress;
import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.StopSignal;
import com.shivx.cli.console.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shivx bench}: how fast it is on this machine. */
@Command(
        name = "bench",
        description = {
            "Measure on this machine, each benchmark with a broker and a cluster of its own.",
            "bench/README.md says how each is measured and what it leaves out."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx bench pipeline --json pipeline.json",
            "  shivx bench pipeline --only identity,ours --seconds 20 --repeats 1"
        })
final class BenchCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which benchmark? shivx bench pipeline is the first one");
    }

    /** What every benchmark takes. */
    static final class Common {

        @Option(
                names = "--quick",
                description =
                        "A few seconds of each, to see that it works; the figures mean little.")
        private boolean quick;

        @Option(
                names = "--seconds",
                paramLabel = "N",
                description = "Seconds measured of each run (default: 60).")
        private @Nullable Integer seconds;

        @Option(
                names = "--warm-up",
                paramLabel = "N",
                description = "Seconds of each run before that (default: 10).")
        private @Nullable Integer warmUp;

        @Option(
                names = "--repeats",
                paramLabel = "N",
                description = "Runs of each, in turn (default: 3).")
        private @Nullable Integer repeats;

        @Option(
                names = "--json",
                paramLabel = "FILE",
                description = "Write what was found there, for programs.")
        private @Nullable Path json;

        int choose(@Nullable Integer given, int usual, int whenQuick) {
            return given != null ? given : quick ? whenQuick : usual;
        }
    }

    @Command(
            name = "pipeline",
            sortOptions = false,
            description = {
                "Ticks to predictions, beside bytes moved untouched and beside a naive job.",
                "Same input, same guarantees, in turn."
            })
    int pipeline(
            @Mixin Common common,
            @Option(
                            names = "--only",
                            split = ",",
                            paramLabel = "VARIANT",
                            description = "Some of ${COMPLETION-CANDIDATES} (default: all).")
                    @Nullable List<Variant> only,
            @Option(
                            names = "--symbols",
                            paramLabel = "N",
                            defaultValue = "10000",
                            description = "Symbols of the ticks (default: ${DEFAULT-VALUE}).")
                    int symbols,
            @Mixin Settings settings)
            throws Exception {
        Set<Variant> variants = EnumSet.allOf(Variant.class);
        if (only != null) {
            variants.retainAll(only);
        }
        PipelinePlan plan =
                new PipelinePlan(
                        Installation.flinkConf(),
                        options(settings),
                        variants,
                        symbols,
                        Duration.ofSeconds(common.choose(common.warmUp, 10, 1)),
                        Duration.ofSeconds(common.choose(common.seconds, 60, 3)),
                        common.choose(common.repeats, 3, 1),
                        Duration.ofSeconds(common.quick ? 1 : 3));
        return run(common, progress -> PipelineBench.run(plan, progress));
    }

    private static Configuration options(Settings settings) {
        return settings.configuration(Map.of());
    }

    /** One benchmark. */
    @FunctionalInterface
    private interface Bench {
        BenchReport run(BenchProgress progress) throws Exception;
    }

    private int run(Common common, Bench bench) throws Exception {
        if (common.json != null) {
            write(common.json, "");
        }
        PrintWriter out = Shivx.out(spec);
        BenchProgress progress =
                new BenchProgress(Terminal.ofProcess(), StopSignal.ofProcess(() -> {}), out);
        BenchReport report = bench.run(progress);
        progress.line("");
        Table table = new Table(report.header().toArray(String[]::new));
        report.rows().forEach(row -> table.row(row.toArray(String[]::new)));
        table.lines().forEach(progress::line);
        report.notes().forEach(progress::line);
        if (common.json != null) {
            write(common.json, report.toJson() + System.lineSeparator());
        }
        return 0;
    }

    /** First of all with nothing: a file that cannot be written is known before, not after. */
    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write to --json %s (%s); name another file".formatted(file, e), e);
        }
    }
}
