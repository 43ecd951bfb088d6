package com.shivx.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.cli.console.CommandException;
import com.shivx.cli.deploy.Percent;
import com.shivx.cli.lifecycle.RolloutStatus;
import com.shivx.jobs.kafka.ControlTopic;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.lifecycle.LifecycleCommand.Kind;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.wire.AccuracyRowJson;
import com.shivx.models.wire.JsonFields;
import com.shivx.models.wire.LifecycleEventJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models rollout}: a version's way to champion. */
@Command(
        name = "rollout",
        description = {
            "Look at a rollout, and hold, hasten or end it.",
            "'shivx models deploy --rollout' starts one: shadow, shares, then champion and watched,"
                    + " each step by time and evidence."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models rollout status --bootstrap-server broker:9092",
            "  shivx models rollout pause direction --reason 'central bank day'",
            "  shivx models rollout abort direction"
        })
final class ModelsRolloutCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which command? shivx models rollout status, pause, resume, promote or abort");
    }

    /** Which rollout, and why. */
    static final class Which {

        @Parameters(paramLabel = "MODEL", description = "The model line, such as direction.")
        @SuppressWarnings("NullAway.Init") // by picocli
        private String model;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
        private @Nullable String reason;
    }

    @Command(
            name = "pause",
            sortOptions = false,
            description =
                    "Keep it where it is, whatever the evidence; guardrails still send it back.")
    int pause(@Mixin Which which, @Mixin LifecycleInputs lifecycle) throws Exception {
        return ask(Kind.PAUSE, which, lifecycle);
    }

    @Command(name = "resume", sortOptions = false, description = "Let a paused one go on.")
    int resume(@Mixin Which which, @Mixin LifecycleInputs lifecycle) throws Exception {
        return ask(Kind.RESUME, which, lifecycle);
    }

    @Command(
            name = "promote",
            sortOptions = false,
            description = "Have it take its next step now, evidence or not.")
    int promote(@Mixin Which which, @Mixin LifecycleInputs lifecycle) throws Exception {
        return ask(Kind.PROMOTE, which, lifecycle);
    }

    @Command(
            name = "abort",
            sortOptions = false,
            description = "End it: what served before serves again.")
    int abort(@Mixin Which which, @Mixin LifecycleInputs lifecycle) throws Exception {
        return ask(Kind.ABORT, which, lifecycle);
    }

    private static int ask(Kind kind, Which which, LifecycleInputs lifecycle) throws Exception {
        lifecycle.ask(kind, which.model, null, null, null, which.reason);
        return 0;
    }

    @Command(
            name = "status",
            description = {
                "Show the latest rollout of each model, as of its latest decision.",
                "share is what a canary shall serve, served what it has served since its step began, by rows of accuracy."
            })
    int status(
            @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Only this model.")
                    @Nullable String model,
            @Mixin OutputFormat format,
            @Mixin Settings.Broker broker,
            @Mixin Settings settings)
            throws Exception {
        Configuration options = settings.configuration(broker.values());
        List<RolloutStatus> statuses =
                RolloutStatus.of(
                                ControlTopic.read(
                                        options, Topic.LIFECYCLE_EVENTS, new LifecycleEventJson()))
                        .stream()
                        .filter(status -> model == null || model.equals(status.model()))
                        .toList();
        if (model != null && statuses.isEmpty()) {
            throw new CommandException(
                    "there was no rollout of '%s'; 'shivx models deploy --rollout' starts one"
                            .formatted(model));
        }
        List<AccuracyRow> rows =
                statuses.isEmpty()
                        ? List.of()
                        : ControlTopic.read(options, Topic.ACCURACY, new AccuracyRowJson());
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(json(statuses, rows));
        } else if (statuses.isEmpty()) {
            out.println("there was no rollout; 'shivx models deploy --rollout' starts one");
        } else {
            print(statuses, rows, out);
        }
        out.flush();
        return 0;
    }

    private static void print(
            List<RolloutStatus> statuses, List<AccuracyRow> rows, PrintWriter out) {
        Table table =
                new Table(
                        "model", "version", "state", "step", "share", "served", "votes", "ln E",
                        "reason");
        for (RolloutStatus status : statuses) {
            table.row(
                    status.model(),
                    status.version(),
                    status.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    String.format(
                            Locale.ROOT,
                            "%.0f of %.0f",
                            status.figure("step"),
                            status.figure("steps")),
                    Percent.of(status.figure("share")),
                    Percent.measured(status.servedShare(rows)),
                    String.format(
                            Locale.ROOT,
                            "%.0f for, %.0f against",
                            status.figure("better"),
                            status.figure("worse")),
                    String.format(Locale.ROOT, "%.2f", status.figure("ln_e_better")),
                    String.valueOf(status.latest().reason()));
        }
        table.lines().forEach(out::println);
    }

    private static String json(List<RolloutStatus> statuses, List<AccuracyRow> rows) {
        ArrayNode all = new ObjectMapper().createArrayNode();
        for (RolloutStatus status : statuses) {
            ObjectNode one =
                    all.addObject()
                            .put("model_id", status.model())
                            .put("model_version", status.version())
                            .put("state", status.state().name())
                            .put("event_id", status.latest().eventId())
                            .put("kind", status.latest().kind().name())
                            .put("generation", status.latest().generation())
                            .put("reason", status.latest().reason());
            JsonFields.put(one, "served_share", status.servedShare(rows));
            ObjectNode evidence = one.putObject("evidence");
            if (status.latest().evidence() != null) {
                new TreeMap<>(status.latest().evidence()).forEach(evidence::put);
            }
        }
        return all.toPrettyString();
    }
}
