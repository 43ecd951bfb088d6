package com.shivx.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.cli.kafka.TopicCreation;
import com.shivx.cli.kafka.TopicCreation.Outcome;
import com.shivx.cli.kafka.TopicCreation.Plan;
import com.shivx.jobs.options.KafkaOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shivx topics}: the topics of the wire contract on a broker. */
@Command(name = "topics", description = "Make the topics of the wire contract.")
final class TopicsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? shivx topics create");
    }

    @Command(
            name = "create",
            description = {
                "Create every topic that is missing, with explicit retention, partitions and clean-up.",
                "A topic that exists is left as it is."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  shivx topics create --dry-run",
                "  shivx topics create --bootstrap-server broker:9092 --partitions 12 --replication-factor 3"
            })
    void create(
            @Mixin Settings settings,
            @Mixin Settings.Broker broker,
            @Mixin OutputFormat format,
            @Option(
                            names = "--partitions",
                            paramLabel = "N",
                            description =
                                    "Partitions of each topic but the control topics, which have one (kafka.partitions).")
                    @Nullable Integer partitions,
            @Option(
                            names = "--replication-factor",
                            paramLabel = "N",
                            description = "Copies of each partition (default: the broker's).")
                    @Nullable Short replication,
            @Option(
                            names = "--dry-run",
                            description = "Show what would be made; no broker is asked.")
                    boolean dryRun)
            throws Exception {
        Map<String, String> values = new TreeMap<>(broker.values());
        if (partitions != null) {
            values.put(KafkaOptions.PARTITIONS.key(), partitions.toString());
        }
        Configuration options = settings.configuration(values);
        TopicCreation creation = new TopicCreation(options, Optional.ofNullable(replication));
        Map<Plan, Outcome> outcomes = new LinkedHashMap<>();
        if (dryRun) {
            creation.plans().forEach(plan -> outcomes.put(plan, Outcome.WOULD_CREATE));
        } else {
            try (KafkaAdmin admin = new KafkaAdmin(options)) {
                outcomes.putAll(creation.create(admin));
            }
        }
        PrintWriter out = Shivx.out(spec);
        out.println(
                format.isJson()
                        ? json(outcomes)
                        : String.join(System.lineSeparator(), table(outcomes).lines()));
        out.flush();
    }

    private static Table table(Map<Plan, Outcome> outcomes) {
        Table table = new Table("topic", "partitions", "retention", "clean-up", "outcome");
        outcomes.forEach(
                (plan, outcome) ->
                        table.row(
                                plan.name(),
                                String.valueOf(plan.partitions()),
                                retention(plan.settings().get("retention.ms")),
                                plan.settings().getOrDefault("cleanup.policy", "-"),
                                outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        return table;
    }

    private static String retention(@Nullable String millis) {
        if (millis == null) {
            return "-";
        }
        long retained = Long.parseLong(millis);
        return retained < 0 ? "for ever" : Duration.ofMillis(retained).toDays() + " d";
    }

    private static String json(Map<Plan, Outcome> outcomes) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ArrayNode array = json.createArrayNode();
        outcomes.forEach(
                (plan, outcome) -> {
                    ObjectNode topic =
                            array.addObject()
                                    .put("topic", plan.name())
                                    .put("partitions", plan.partitions());
                    ObjectNode settings = topic.putObject("settings");
                    plan.settings().forEach(settings::put);
                    topic.put("outcome", outcome.name());
                });
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(array);
    }
}
