package com.shivx.cli;

import com.shivx.jobs.kafka.ControlTopic;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.drift.DriftReport;
import com.shivx.models.validation.Series;
import com.shivx.models.validation.report.ReportPage;
import com.shivx.models.wire.DriftReportJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code shivx drift report}: what the drift job has reported. */
@Command(
        name = "report",
        sortOptions = false,
        description =
                "Show what 'shivx run drift' has reported of the last windows of each model version.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx drift report direction --bootstrap-server broker:9092",
            "  shivx drift report --last 200 --html drift.html"
        })
final class DriftReportCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Mixin private final TopicReports which = new TopicReports();
    @Mixin private final OutputFormat format = new OutputFormat();
    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    @Override
    public Integer call() throws Exception {
        Configuration options = settings.configuration(broker.values());
        Map<String, List<DriftReport>> byVersion = new TreeMap<>();
        for (DriftReport report :
                ControlTopic.read(options, Topic.DRIFT_REPORTS, new DriftReportJson())) {
            if (which.isOf(report.modelId())) {
                byVersion
                        .computeIfAbsent(
                                report.modelId() + "@" + report.modelVersion(),
                                first -> new ArrayList<>())
                        .add(report);
            }
        }
        List<DriftReport> shown = new ArrayList<>();
        byVersion.replaceAll((version, reports) -> which.latest(reports));
        byVersion.values().forEach(shown::addAll);
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(TopicReports.json(shown, new DriftReportJson()));
        } else if (shown.isEmpty()) {
            out.println(
                    "nothing is reported yet; 'shivx run drift' reports a window when it has passed");
        } else {
            DriftTable.lines(shown).forEach(out::println);
        }
        out.flush();
        Path html = which.html();
        if (html != null) {
            TopicReports.write(html, page(byVersion));
        }
        return 0;
    }

    private static String page(Map<String, List<DriftReport>> byVersion) {
        ReportPage page =
                new ReportPage(
                        "Drift",
                        "windows of each version beside its own reference; a score above 0.25 is beyond the threshold, an alert is a column beyond it in 3 of 5 windows");
        byVersion.forEach(
                (version, reports) -> {
                    List<DriftReport> windows =
                            reports.stream()
                                    .filter(report -> report.windowEndMicros() > 0)
                                    .toList();
                    if (windows.size() > 1) {
                        page.course(
                                version + ": drift score",
                                "score",
                                List.of(
                                        series(
                                                "greatest of a column",
                                                windows,
                                                DriftReport::driftScore),
                                        series("threshold", windows, report -> 0.25)));
                        page.course(
                                version + ": estimated accuracy",
                                "share",
                                List.of(
                                        series(
                                                "estimate",
                                                windows,
                                                report -> report.estimatedAccuracy().value()),
                                        series(
                                                "lower",
                                                windows,
                                                report -> report.estimatedAccuracy().lower()),
                                        series(
                                                "upper",
                                                windows,
                                                report -> report.estimatedAccuracy().upper())));
                    }
                    page.table(
                            version,
                            DriftTable.header(),
                            reports.stream().map(DriftTable::cells).toList());
                });
        return page.html();
    }

    private static Series series(
            String name, List<DriftReport> windows, ToDoubleFunction<DriftReport> value) {
        return new Series(
                name,
                windows.stream().mapToLong(DriftReport::windowStartMicros).toArray(),
                windows.stream().mapToDouble(value).toArray());
    }
}
