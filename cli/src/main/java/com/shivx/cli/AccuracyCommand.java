package com.shivx.cli;

import com.shivx.cli.deploy.Percent;
import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.drift.accuracy.SymbolHashes;
import com.shivx.drift.accuracy.WilsonInterval;
import com.shivx.jobs.kafka.ControlTopic;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.validation.Series;
import com.shivx.models.validation.report.ReportPage;
import com.shivx.models.wire.AccuracyRowJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shivx accuracy}: how right deployed versions have been. */
@Command(
        name = "accuracy",
        description = "How right deployed versions have been, once outcomes were known.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx accuracy report direction --last 60",
            "  shivx accuracy report --html accuracy.html"
        })
final class AccuracyCommand implements Runnable {

    private static final List<String> HEADER =
            List.of(
                    "version",
                    "role",
                    "horizon",
                    "from",
                    "to",
                    "symbols",
                    "served",
                    "known",
                    "accuracy",
                    "95 %",
                    "coverage",
                    "log-loss",
                    "positions",
                    "pnl bps");

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? shivx accuracy report");
    }

    @Command(
            name = "report",
            sortOptions = false,
            description = {
                "Show what 'shivx run accuracy' has told of the last windows of each version, role and horizon, added up.",
                "Served is the share of its predictions that were the ones to act on.",
                "The interval is of outcomes that do not overlap."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  shivx accuracy report direction --bootstrap-server broker:9092",
                "  shivx accuracy report --last 500 --html accuracy.html"
            })
    int report(
            @Mixin TopicReports which,
            @Mixin OutputFormat format,
            @Mixin Settings.Broker broker,
            @Mixin Settings settings)
            throws Exception {
        Configuration options = settings.configuration(broker.values());
        Map<String, List<AccuracyRow>> byKey = new TreeMap<>();
        for (AccuracyRow row : ControlTopic.read(options, Topic.ACCURACY, new AccuracyRowJson())) {
            if (which.isOf(row.key().modelId())) {
                byKey.computeIfAbsent(row.key().text(), first -> new ArrayList<>()).add(row);
            }
        }
        byKey.replaceAll((key, rows) -> which.latest(rows));
        List<AccuracyRow> shown = new ArrayList<>();
        byKey.values().forEach(shown::addAll);
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(TopicReports.json(shown, new AccuracyRowJson()));
        } else if (shown.isEmpty()) {
            out.println(
                    "nothing is told yet; 'shivx run accuracy' tells of a window when it has passed");
        } else {
            Table table = new Table(HEADER.toArray(String[]::new));
            byKey.values().forEach(rows -> table.row(cells(rows).toArray(String[]::new)));
            table.lines().forEach(out::println);
        }
        out.flush();
        Path html = which.html();
        if (html != null) {
            TopicReports.write(html, page(byKey));
        }
        return 0;
    }

    /** Windows of one key, added up. */
    private static List<String> cells(List<AccuracyRow> rows) {
        AccuracyCounts sum = new AccuracyCounts();
        rows.forEach(row -> sum.add(row.counts()));
        AccuracyRow first = rows.get(0);
        WilsonInterval interval = sum.accuracyInterval();
        return List.of(
                first.key().modelId() + "@" + first.key().modelVersion(),
                first.key().role().name().toLowerCase(Locale.ROOT),
                TimeUnit.MICROSECONDS.toMillis(first.key().horizonMicros()) + " ms",
                DriftTable.moment(first.windowStartMicros()),
                DriftTable.moment(rows.get(rows.size() - 1).windowEndMicros()),
                symbols(sum),
                Percent.measured(sum.servedShare()),
                String.valueOf(sum.known),
                DriftTable.number(sum.accuracy()),
                DriftTable.number(interval.lower()) + ".." + DriftTable.number(interval.upper()),
                DriftTable.number(sum.coverage()),
                DriftTable.number(sum.logLoss()),
                String.valueOf(sum.positions),
                DriftTable.number(sum.pnlBps()));
    }

    private static String symbols(AccuracyCounts sum) {
        int symbols = sum.symbols();
        if (symbols == 0) {
            return "-";
        }
        return symbols < SymbolHashes.MOST ? String.valueOf(symbols) : symbols + " or more";
    }

    private static String page(Map<String, List<AccuracyRow>> byKey) {
        ReportPage page =
                new ReportPage(
                        "Accuracy",
                        "windows of each version, role and horizon, as outcomes were decided");
        List<List<String>> sums = new ArrayList<>();
        byKey.values().forEach(rows -> sums.add(cells(rows)));
        page.table("Added up", HEADER, sums);
        byKey.forEach(
                (key, rows) -> {
                    if (rows.size() > 1) {
                        page.course(
                                key + ": accuracy",
                                "share right",
                                List.of(
                                        series("accuracy", rows, AccuracyCounts::accuracy),
                                        series(
                                                "lower",
                                                rows,
                                                counts -> counts.accuracyInterval().lower()),
                                        series(
                                                "upper",
                                                rows,
                                                counts -> counts.accuracyInterval().upper())));
                    }
                });
        return page.html();
    }

    private static Series series(
            String name, List<AccuracyRow> rows, ToDoubleFunction<AccuracyCounts> value) {
        return new Series(
                name,
                rows.stream().mapToLong(AccuracyRow::windowStartMicros).toArray(),
                rows.stream().mapToDouble(row -> value.applyAsDouble(row.counts())).toArray());
    }
}
