package com.shivx.bench.symbols;

import com.shivx.bench.BenchReport;
import com.shivx.bench.Median;
import com.shivx.bench.Progress;
import com.shivx.bench.market.ZipfMarket;
import com.shivx.bench.rig.InputTopic;
import com.shivx.bench.rig.Measurement;
import com.shivx.bench.rig.ModelFolder;
import com.shivx.bench.rig.Rig;
import com.shivx.bench.rig.Trial;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.options.FeatureOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.flink.configuration.Configuration;

/**
 * {@code bench symbols}: the product's job with more and more symbols, all of which have state from
 * the beginning, and the same ticks a second of event time.
 */
public final class SymbolsBench {

    private static final long SEED = 2;
    private static final long START_MICROS = 1_700_000_000_000_000L;
    private static final int THOUSAND = 1_000;
    private static final int MILLION = 1_000_000;

    /** Ticks a second that are written beforehand; what is missing is added when it shows. */
    private static final int FIRST_GUESS = 150_000;

    private final SymbolsPlan plan;
    private final Progress progress;
    private final TreeMap<Integer, List<Measurement>> runs = new TreeMap<>();

    private SymbolsBench(SymbolsPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Runs it. */
    public static BenchReport run(SymbolsPlan plan, Progress progress) throws Exception {
        SymbolsBench bench = new SymbolsBench(plan, progress);
        try (ModelFolder model = ModelFolder.smallNetwork(plan.options())) {
            bench.runAll(model.options());
        }
        return bench.report();
    }

    private void runAll(Configuration given) throws Exception {
        Configuration options = new Configuration(given);
        if (!options.contains(FeatureOptions.OUTPUT)) {
            // What is compared is the cost of state; vectors on top of it would hide some.
            options.set(FeatureOptions.OUTPUT, false);
        }
        Map<String, String> settings = new HashMap<>(plan.times().settings());
        // All of it for the one job: each slot has its share, used or not.
        settings.put("taskmanager.memory.managed.size", "1g");
        settings.put("taskmanager.numberOfTaskSlots", "2");
        try (Rig rig = Rig.start(plan.flinkConf(), settings, options, progress)) {
            Map<Integer, Trial> trials = new TreeMap<>();
            for (int symbols : plan.counts()) {
                InputTopic ticks =
                        InputTopic.ofTicks(
                                rig,
                                "ticks-" + symbols,
                                new ZipfMarket(symbols, SEED, START_MICROS));
                ticks.fillTo(symbols + plan.times().records(FIRST_GUESS), progress);
                trials.put(symbols, new Trial(rig, ticks, plan.times(), progress));
            }
            for (int repeat = 1; repeat <= plan.repeats(); repeat++) {
                for (Map.Entry<Integer, Trial> entry : trials.entrySet()) {
                    Measurement run =
                            entry.getValue()
                                    .run(entry.getKey() + "-symbols-" + repeat, ScoringJob::build);
                    runs.computeIfAbsent(entry.getKey(), key -> new ArrayList<>()).add(run);
                }
            }
        }
    }

    private BenchReport report() {
        BenchReport report =
                new BenchReport(
                        "symbols",
                        "symbols",
                        "events/s",
                        "of the fewest",
                        "state bytes a symbol",
                        "answered");
        double fewest = Double.NaN;
        double thousand = Double.NaN;
        double last = Double.NaN;
        for (Map.Entry<Integer, List<Measurement>> entry : runs.entrySet()) {
            int symbols = entry.getKey();
            double median = median(entry.getValue(), Measurement::perSecond);
            fewest = Double.isNaN(fewest) ? median : fewest;
            thousand = symbols == THOUSAND ? median : thousand;
            last = median;
            report(report, symbols, entry.getValue(), median / fewest);
            if (symbols == MILLION && !Double.isNaN(thousand)) {
                report.ratio("millionSymbolsToThousand", median / thousand);
            }
        }
        report.ratio("mostToFewest", last / fewest);
        return report;
    }

    private static void report(
            BenchReport report, int symbols, List<Measurement> measured, double ofFewest) {
        double perSecond = median(measured, Measurement::perSecond);
        double stateBytes = median(measured, run -> (double) run.last().stateBytes() / symbols);
        double answered = median(measured, Measurement::writtenShare);
        report.row(
                String.format(Locale.ROOT, "%,d", symbols),
                String.format(Locale.ROOT, "%,.0f", perSecond),
                String.format(Locale.ROOT, "%.2f", ofFewest),
                String.format(Locale.ROOT, "%,.0f", stateBytes),
                String.format(Locale.ROOT, "%.1f %%", 100 * answered));
        report.median(Integer.toString(symbols), perSecond);
        report.figure("stateBytesPerSymbol", Integer.toString(symbols), stateBytes);
        measured.forEach(run -> report.run(symbols + " symbols", run.figures()));
    }

    private static double median(List<Measurement> measured, ToDoubleFunction<Measurement> figure) {
        return Median.of(measured.stream().mapToDouble(figure).boxed().toList());
    }
}
