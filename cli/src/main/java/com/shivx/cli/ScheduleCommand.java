package com.shivx.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.shivx.cli.lifecycle.ScheduleInForce;
import com.shivx.jobs.kafka.ControlTopic;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.lifecycle.LifecycleCommand;
import com.shivx.models.wire.LifecycleEventJson;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx schedule}: trainings at given times. */
@Command(
        name = "schedule",
        description = "Have a model trained again and again at given times, in UTC.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx schedule set nightly --model direction --times 'daily 02:00'",
            "  shivx schedule set weekends --model direction --times 'weekly sat 06:30'",
            "  shivx schedule set workdays --model direction --times '30 6 * * 1-5'",
            "  shivx schedule list -o json",
            "  shivx schedule remove nightly --model direction"
        })
final class ScheduleCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command? shivx schedule list shows what is in force");
    }

    /** The model line of a schedule. */
    static final class Model {

        @Option(
                names = "--model",
                paramLabel = "NAME",
                required = true,
                description = "The model line, such as direction.")
        @SuppressWarnings("NullAway.Init") // by picocli
        private String name;
    }

    @Command(
            name = "set",
            sortOptions = false,
            description =
                    "Set a schedule, or change one of the same name. What is missed while the"
                            + " lifecycle job is down is made up for once.")
    int set(
            @Parameters(paramLabel = "NAME", description = "Its name, such as nightly.")
                    String name,
            @Option(
                            names = "--times",
                            paramLabel = "TIMES",
                            required = true,
                            description =
                                    "'daily 06:30', 'weekly mon 06:30' or five fields of cron, in"
                                            + " UTC.")
                    String times,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            converter = RetrainCommand.MicrosConverter.class,
                            description =
                                    "First event time to train on each time (default:"
                                            + " retrain.history back).")
                    @Nullable Long fromMicros,
            @Mixin Model model,
            @Mixin LifecycleInputs lifecycle)
            throws Exception {
        lifecycle.ask(
                LifecycleCommand.Kind.SET_SCHEDULE, model.name, name, times, fromMicros, null);
        return 0;
    }

    @Command(name = "remove", sortOptions = false, description = "Remove a schedule.")
    int remove(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Mixin Model model,
            @Mixin LifecycleInputs lifecycle)
            throws Exception {
        lifecycle.ask(LifecycleCommand.Kind.REMOVE_SCHEDULE, model.name, name, null, null, null);
        return 0;
    }

    @Command(name = "list", description = "List the schedules in force.")
    int list(
            @Option(
                            names = "--model",
                            paramLabel = "NAME",
                            description = "Only of this model line.")
                    @Nullable String model,
            @Mixin OutputFormat format,
            @Mixin Settings.Broker broker,
            @Mixin Settings settings)
            throws Exception {
        List<ScheduleInForce> schedules =
                ScheduleInForce.of(
                                ControlTopic.read(
                                        settings.configuration(broker.values()),
                                        Topic.LIFECYCLE_EVENTS,
                                        new LifecycleEventJson()))
                        .stream()
                        .filter(schedule -> model == null || model.equals(schedule.model()))
                        .toList();
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(json(schedules));
        } else if (schedules.isEmpty()) {
            out.println("no schedule is in force; 'shivx schedule set' sets one");
        } else {
            Table table = new Table("model", "schedule", "times", "next", "set by");
            for (ScheduleInForce schedule : schedules) {
                table.row(
                        schedule.model(),
                        schedule.name(),
                        schedule.times(),
                        schedule.next() == null ? "-" : schedule.next().toString(),
                        schedule.requestedBy());
            }
            table.lines().forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private static String json(List<ScheduleInForce> schedules) {
        ArrayNode all = new ObjectMapper().createArrayNode();
        for (ScheduleInForce schedule : schedules) {
            all.addObject()
                    .put("model_id", schedule.model())
                    .put("schedule", schedule.name())
                    .put("times", schedule.times())
                    .put("next", schedule.next() == null ? null : schedule.next().toString())
                    .put("requested_by", schedule.requestedBy());
        }
        return all.toPrettyString();
    }
}
