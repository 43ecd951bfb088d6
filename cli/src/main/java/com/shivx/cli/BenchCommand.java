package com.shivx.cli;

import com.shivx.bench.BenchReport;
import com.shivx.bench.accuracy.AccuracyBench;
import com.shivx.bench.crayfish.CrayfishBench;
import com.shivx.bench.crayfish.CrayfishPlan;
import com.shivx.bench.drift.DriftBench;
import com.shivx.bench.drift.DriftPlan;
import com.shivx.bench.latency.LatencyBench;
import com.shivx.bench.latency.LatencyPlan;
import com.shivx.bench.micro.MicroBench;
import com.shivx.bench.pipeline.PipelineBench;
import com.shivx.bench.pipeline.PipelinePlan;
import com.shivx.bench.pipeline.Variant;
import com.shivx.bench.rig.MarketPlan;
import com.shivx.bench.rig.Trial;
import com.shivx.bench.scoring.ScoringBench;
import com.shivx.bench.scoring.ScoringPlan;
import com.shivx.bench.swap.SwapBench;
import com.shivx.bench.swap.SwapPlan;
import com.shivx.bench.symbols.SymbolsBench;
import com.shivx.bench.symbols.SymbolsPlan;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx bench}: how fast it is on this machine. */
@Command(
        name = "bench",
        description = {
            "Measure on this machine; what runs jobs has a broker and a cluster of its own.",
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

    /** How many symbols there are. */
    static final class Symbols {

        @Option(
                names = "--symbols",
                paramLabel = "N",
                defaultValue = "10000",
                description = "Symbols of the ticks (default: ${DEFAULT-VALUE}).")
        private int count;
    }

    /** What every benchmark takes. */
    static final class Output {

        @Option(
                names = "--quick",
                description =
                        "A few seconds of each, to see that it works; the figures mean little.")
        private boolean quick;

        @Option(
                names = "--json",
                paramLabel = "FILE",
                description = "Write what was found there, for programs.")
        private @Nullable Path json;
    }

    /** What every benchmark of more than single steps takes. */
    static final class Common {

        /** Longer than the JIT compiler takes on two slow cores. */
        private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(3);

        @Mixin private final Output output = new Output();

        @Option(
                names = "--seconds",
                paramLabel = "N",
                description = "Seconds measured of each run (default: 60).")
        private @Nullable Integer seconds;

        @Option(
                names = "--warm-up",
                paramLabel = "N",
                description =
                        "Seconds of each run before that, at least (default: 10); up to 180 more until"
                                + " the JIT compiler has little left to do.")
        private @Nullable Integer warmUp;

        @Option(
                names = "--repeats",
                paramLabel = "N",
                description = "Runs of each, in turn (default: 3).")
        private @Nullable Integer repeats;

        Trial.Times times() {
            return times(60);
        }

        Trial.Times times(int usualSeconds) {
            return new Trial.Times(
                    Duration.ofSeconds(choose(warmUp, 10, 1)),
                    output.quick ? Duration.ofSeconds(choose(warmUp, 1, 1)) : LONGEST_WARM_UP,
                    Duration.ofSeconds(choose(seconds, usualSeconds, 3)),
                    Duration.ofSeconds(output.quick ? 1 : 3));
        }

        int choose(@Nullable Integer given, int usual, int whenQuick) {
            return given != null ? given : output.quick ? whenQuick : usual;
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
                            description =
                                    "Some of identity, naive, ours, oursWithFeatures (default: all).")
                    @Nullable List<String> only,
            @Mixin Symbols symbols,
            @Mixin Settings settings)
            throws Exception {
        Set<Variant> variants = EnumSet.allOf(Variant.class);
        if (only != null) {
            variants.retainAll(only.stream().map(this::variant).toList());
        }
        PipelinePlan plan =
                new PipelinePlan(
                        Installation.flinkConf(),
                        options(settings),
                        variants,
                        symbols.count,
                        common.choose(common.repeats, 3, 1),
                        common.times());
        return run(common.output, progress -> PipelineBench.run(plan, progress));
    }

    @Command(
            name = "scoring",
            sortOptions = false,
            description = {
                "The scoring operator beside a bare loop over ONNX Runtime at the same batch size.",
                "A small network, a wide one and 300 trees; --seconds is how long a round is (default: 2)."
            })
    int scoring(@Mixin Common common, @Mixin Settings settings) throws Exception {
        ScoringPlan plan =
                new ScoringPlan(
                        Installation.flinkConf(),
                        options(settings),
                        common.output.quick && common.seconds == null
                                ? Duration.ofMillis(300)
                                : Duration.ofSeconds(common.choose(common.seconds, 2, 2)),
                        common.choose(common.repeats, 5, 3));
        return run(common.output, progress -> ScoringBench.run(plan, progress));
    }

    @Command(
            name = "latency",
            sortOptions = false,
            description = {
                "From the moment a tick is due to the moment a consumer holds its prediction.",
                "Under a load that does not wait: a share of the maximum, which is measured first."
            })
    int latency(
            @Mixin Common common,
            @Mixin Symbols symbols,
            @Option(
                            names = "--load",
                            paramLabel = "SHARE",
                            defaultValue = "0.5",
                            description = "Share of the maximum (default: ${DEFAULT-VALUE}).")
                    double load,
            @Mixin Settings settings)
            throws Exception {
        LatencyPlan plan =
                new LatencyPlan(
                        Installation.flinkConf(),
                        options(settings),
                        symbols.count,
                        load,
                        common.output.quick
                                ? common.times()
                                : new Trial.Times(
                                        Duration.ofSeconds(20),
                                        Common.LONGEST_WARM_UP,
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(3)),
                        common.times());
        return run(common.output, progress -> LatencyBench.run(plan, progress));
    }

    @Command(
            name = "swap",
            sortOptions = false,
            description = {
                "What a new version of the model costs while it takes over, under a load that does not wait.",
                "How long nobody got a prediction, and whether every tick was answered once;"
                        + " --seconds is how long it looks at what is normal (default: 20)."
            })
    int swap(
            @Mixin Common common,
            @Mixin Symbols symbols,
            @Option(names = "--swaps", paramLabel = "N", description = "How many (default: 20).")
                    @Nullable Integer swaps,
            @Option(
                            names = "--rate",
                            paramLabel = "N",
                            description = "Ticks a second (default: 20000).")
                    @Nullable Integer rate,
            @Mixin Settings settings)
            throws Exception {
        Duration warmUp = Duration.ofSeconds(common.choose(common.warmUp, 60, 2));
        SwapPlan plan =
                new SwapPlan(
                        Installation.flinkConf(),
                        options(settings),
                        symbols.count,
                        common.choose(rate, 20_000, 2_000),
                        common.choose(swaps, 20, 3),
                        new Trial.Times(
                                warmUp,
                                common.output.quick ? warmUp : Common.LONGEST_WARM_UP,
                                Duration.ofSeconds(common.choose(common.seconds, 20, 3)),
                                Duration.ofSeconds(1)));
        return run(common.output, progress -> SwapBench.run(plan, progress));
    }

    @Command(
            name = "symbols",
            sortOptions = false,
            description = "Throughput from a thousand symbols to a million, drawn by Zipf's law.")
    int symbols(
            @Mixin Common common,
            @Option(
                            names = "--counts",
                            split = ",",
                            paramLabel = "N",
                            description =
                                    "Numbers of symbols (default: 1000,10000,100000,1000000).")
                    @Nullable List<Integer> counts,
            @Mixin Settings settings)
            throws Exception {
        List<Integer> usual =
                common.output.quick
                        ? List.of(1_000, 50_000)
                        : List.of(1_000, 10_000, 100_000, 1_000_000);
        SymbolsPlan plan =
                new SymbolsPlan(
                        Installation.flinkConf(),
                        options(settings),
                        counts == null ? usual : counts,
                        common.choose(common.repeats, 3, 1),
                        common.times());
        return run(common.output, progress -> SymbolsBench.run(plan, progress));
    }

    @Command(
            name = "accuracy",
            sortOptions = false,
            description = {
                "Ticks and their predictions to outcomes and accuracy, beside the same bytes moved untouched.",
                "Horizon and label delay of 2 s (-D outcomes.horizons=…, outcomes.label-delay=…)."
            })
    int accuracy(@Mixin Common common, @Mixin Symbols symbols, @Mixin Settings settings)
            throws Exception {
        MarketPlan plan =
                new MarketPlan(
                        Installation.flinkConf(),
                        options(settings),
                        symbols.count,
                        common.choose(common.repeats, 3, 1),
                        common.times());
        return run(common.output, progress -> AccuracyBench.run(plan, progress));
    }

    @Command(
            name = "crayfish",
            sortOptions = false,
            description = "784 floats in JSON through a small network in one slot.")
    int crayfish(@Mixin Common common, @Mixin Settings settings) throws Exception {
        CrayfishPlan plan =
                new CrayfishPlan(
                        Installation.flinkConf(),
                        options(settings),
                        common.choose(common.repeats, 3, 1),
                        common.times());
        return run(common.output, progress -> CrayfishBench.run(plan, progress));
    }

    @Command(
            name = "drift",
            sortOptions = false,
            description = {
                "How often drift is found where there is none, and where there is some: features that hang"
                        + " together in time, beside textbook KS.",
                "How fast DriftJob counts, beside reading alone, and how fast what is in memory is counted;"
                        + " the job is measured for --seconds (default: 20) in --repeats (default: 1) runs."
            })
    int drift(
            @Mixin Common common,
            @Mixin Symbols symbols,
            @Option(
                            names = "--references",
                            paramLabel = "N",
                            description = "References of each autocorrelation (default: 20).")
                    @Nullable Integer references,
            @Mixin Settings settings)
            throws Exception {
        boolean quick = common.output.quick;
        DriftPlan plan =
                new DriftPlan(
                        List.of(0.0, 0.5, 0.9, 0.99),
                        references != null ? references : quick ? 1 : 20,
                        quick ? 4 : 32,
                        quick ? 10 : 40,
                        quick ? 50_000 : 1_000_000,
                        quick ? 1 : 5,
                        1);
        MarketPlan job =
                new MarketPlan(
                        Installation.flinkConf(),
                        options(settings),
                        symbols.count,
                        common.choose(common.repeats, 1, 1),
                        common.times(20));
        return run(common.output, progress -> DriftBench.run(plan, job, progress));
    }

    @Command(
            name = "micro",
            sortOptions = false,
            description = "Single steps of a tick's way, by JMH.")
    int micro(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "PATTERN",
                            defaultValue = "",
                            description =
                                    "Regular expression over class and method (default: all).")
                    String pattern,
            @Mixin Output output)
            throws Exception {
        return run(output, progress -> MicroBench.run(pattern, output.quick));
    }

    private Variant variant(String name) {
        try {
            return Variant.of(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--only: " + e.getMessage(), e);
        }
    }

    private static Configuration options(Settings settings) {
        return settings.configuration(Map.of());
    }

    /** One benchmark. */
    @FunctionalInterface
    private interface Bench {
        BenchReport run(BenchProgress progress) throws Exception;
    }

    private int run(Output output, Bench bench) throws Exception {
        if (output.json != null) {
            write(output.json, "");
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
        if (output.json != null) {
            write(output.json, report.toJson() + System.lineSeparator());
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
