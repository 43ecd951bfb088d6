package com.shivx.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.cli.console.CommandException;
import com.shivx.cli.deploy.Percent;
import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.drift.accuracy.WilsonInterval;
import com.shivx.drift.comparison.EProcess;
import com.shivx.jobs.kafka.ControlTopic;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.LifecycleOptions;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.lifecycle.SplitComparison;
import com.shivx.models.wire.AccuracyRowJson;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models ab-report}: the two sides of a split. */
@Command(
        name = "ab-report",
        description = {
            "Compare the champion with what was deployed beside it by --ab or --canary, on the same"
                    + " vectors.",
            "The verdict is of paired votes, one a horizon; it may be looked at as often as you"
                    + " like."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models deploy direction@2.2.0 --ab 0.5 --bootstrap-server broker:9092",
            "  shivx models ab-report direction --bootstrap-server broker:9092",
            "  shivx models ab-report direction -o json"
        })
final class ModelsAbReportCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "The model line, such as direction.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String model;

    @Mixin private final OutputFormat format = new OutputFormat();
    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    @Override
    public Integer call() throws Exception {
        Configuration options = settings.configuration(broker.values());
        Deployment deployment = CurrentDeployments.read(options).get(model);
        if (deployment == null || deployment.canary() == null) {
            throw new CommandException(
                    "nothing is split of '%s'; 'shivx models deploy --ab 0.5' lets another version serve half"
                            .formatted(model));
        }
        double alpha = options.get(LifecycleOptions.ALPHA);
        List<SplitComparison> comparisons =
                SplitComparison.of(
                        deployment,
                        ControlTopic.read(options, Topic.ACCURACY, new AccuracyRowJson()));
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(json(comparisons, deployment, alpha));
        } else if (comparisons.isEmpty()) {
            out.println(
                    "%s has met no outcome yet; does 'shivx run accuracy' run?"
                            .formatted(deployment.canary().version()));
        } else {
            comparisons.forEach(comparison -> print(comparison, deployment, alpha, out));
        }
        out.flush();
        return 0;
    }

    private static void print(
            SplitComparison comparison, Deployment deployment, double alpha, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s: %s beside %s with %s, horizon %d s, %s to %s%n",
                deployment.model(),
                comparison.canary(),
                comparison.champion(),
                Percent.of(deployment.canaryShare()),
                Duration.of(comparison.horizonMicros(), ChronoUnit.MICROS).toSeconds(),
                time(comparison.fromMicros()),
                time(comparison.toMicros()));
        Table table =
                new Table(
                        "version",
                        "served",
                        "outcomes",
                        "coverage",
                        "accuracy",
                        "95 % interval",
                        "log-loss",
                        "brier",
                        "pnl bps");
        row(table, comparison.champion(), comparison.ofChampion());
        row(table, comparison.canary(), comparison.ofCanary());
        table.lines().forEach(out::println);
        out.printf(
                Locale.ROOT,
                "votes: %d for %s, %d for %s; ln E %.2f, decided at %.2f: %s%n",
                comparison.votes().newer(),
                comparison.canary(),
                comparison.votes().older(),
                comparison.champion(),
                EProcess.logEither(comparison.votes()),
                -Math.log(alpha),
                verdict(comparison, alpha));
    }

    private static String verdict(SplitComparison comparison, double alpha) {
        return switch (comparison.better(alpha)) {
            case NEWER -> comparison.canary() + " is better";
            case OLDER -> comparison.champion() + " is better";
            case UNDECIDED -> "inconclusive";
        };
    }

    private static void row(Table table, String version, AccuracyCounts counts) {
        WilsonInterval interval = counts.accuracyInterval();
        table.row(
                version,
                Percent.measured(counts.servedShare()),
                String.valueOf(counts.known),
                number(counts.coverage()),
                number(counts.accuracy()),
                "[%s, %s]".formatted(number(interval.lower()), number(interval.upper())),
                number(counts.logLoss()),
                number(counts.brier()),
                String.format(Locale.ROOT, "%.1f", counts.pnlBps()));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static String json(
            List<SplitComparison> comparisons, Deployment deployment, double alpha) {
        ArrayNode all = new ObjectMapper().createArrayNode();
        for (SplitComparison comparison : comparisons) {
            ObjectNode one =
                    all.addObject()
                            .put("model_id", deployment.model())
                            .put("champion", comparison.champion())
                            .put("canary", comparison.canary())
                            .put("share", deployment.canaryShare())
                            .put("horizon_millis", comparison.horizonMicros() / 1_000)
                            .put("from_micros", comparison.fromMicros())
                            .put("to_micros", comparison.toMicros());
            write(comparison.ofChampion(), one.putObject("of_champion"));
            write(comparison.ofCanary(), one.putObject("of_canary"));
            one.put("better", comparison.votes().newer())
                    .put("worse", comparison.votes().older())
                    .put("ln_e", EProcess.logEither(comparison.votes()))
                    .put("alpha", alpha)
                    .put("verdict", comparison.better(alpha).name());
        }
        return all.toPrettyString();
    }

    private static void write(AccuracyCounts counts, ObjectNode into) {
        into.put("known", counts.known);
        put(into, "served_share", counts.servedShare());
        put(into, "coverage", counts.coverage());
        put(into, "accuracy", counts.accuracy());
        put(into, "accuracy_lower", counts.accuracyInterval().lower());
        put(into, "accuracy_upper", counts.accuracyInterval().upper());
        put(into, "log_loss", counts.logLoss());
        put(into, "brier", counts.brier());
        put(into, "pnl_bps", counts.pnlBps());
    }

    private static void put(ObjectNode into, String name, double value) {
        if (Double.isNaN(value)) {
            into.putNull(name);
        } else {
            into.put(name, value);
        }
    }
}
