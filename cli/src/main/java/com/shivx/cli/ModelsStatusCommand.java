package com.shivx.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.cli.console.CommandException;
import com.shivx.cli.deploy.ModelStatus;
import com.shivx.cli.deploy.Percent;
import com.shivx.jobs.kafka.ControlTopic;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.wire.DeploymentEventJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models status}: what must serve and what does. */
@Command(
        name = "status",
        description = "Show what is deployed of each model, and what each subtask really serves.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models status --bootstrap-server broker:9092",
            "  shivx models status direction -o json"
        })
final class ModelsStatusCommand implements Callable<Integer> {

    private static final String NONE = "-";

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Only this model.")
    private @Nullable String model;

    @Mixin private final OutputFormat format = new OutputFormat();
    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    @Override
    public Integer call() throws Exception {
        Configuration options = settings.configuration(broker.values());
        List<ModelStatus> statuses =
                ModelStatus.of(
                                CurrentDeployments.read(options),
                                ControlTopic.read(
                                        options,
                                        Topic.DEPLOYMENT_EVENTS,
                                        new DeploymentEventJson()))
                        .stream()
                        .filter(status -> model == null || model.equals(status.model()))
                        .toList();
        if (model != null && statuses.isEmpty()) {
            throw new CommandException(
                    "nothing is deployed of '%s'; 'shivx models status' lists what is"
                            .formatted(model));
        }
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(json(statuses));
        } else if (statuses.isEmpty()) {
            out.println("nothing is deployed, and no scoring job has said that it serves");
        } else {
            wanted(statuses).lines().forEach(out::println);
            out.println();
            served(statuses).lines().forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private static Table wanted(List<ModelStatus> statuses) {
        Table table =
                new Table(
                        "model",
                        "generation",
                        "mode",
                        "champion",
                        "canary",
                        "shadows",
                        "symbols",
                        "serving");
        for (ModelStatus status : statuses) {
            Deployment deployment = status.deployment();
            table.row(
                    status.model(),
                    String.valueOf(status.generation()),
                    deployment == null ? "initial" : mode(deployment.mode()),
                    orNone(status.champion()),
                    deployment == null ? NONE : canary(deployment),
                    deployment == null ? NONE : versions(deployment.shadows()),
                    deployment == null ? Deployment.ALL_SYMBOLS : deployment.symbols(),
                    status.parallelism() == 0
                            ? "nobody says so"
                            : "%d of %d subtasks"
                                    .formatted(status.serving(), status.parallelism()));
        }
        return table;
    }

    private static Table served(List<ModelStatus> statuses) {
        Table table = new Table("model", "subtask", "generation", "champion", "problem");
        for (ModelStatus status : statuses) {
            for (ModelStatus.Subtask subtask : status.subtasks()) {
                DeploymentEvent problem = subtask.problem();
                table.row(
                        status.model(),
                        String.valueOf(subtask.index()),
                        orNone(subtask.generation()),
                        orNone(subtask.champion()),
                        problem == null
                                ? NONE
                                : "%s generation %d: %s"
                                        .formatted(
                                                problem.kind().name().toLowerCase(Locale.ROOT),
                                                problem.generation(),
                                                problem.reason()));
            }
        }
        return table;
    }

    private static String orNone(@Nullable Object value) {
        return value == null ? NONE : value.toString();
    }

    private static String mode(DeploymentMode mode) {
        return switch (mode) {
            case NOW -> "alone";
            case CANARY -> "canary";
            case SHADOW -> "shadow";
            case AB -> "a/b";
            case ROLLOUT -> "by steps";
        };
    }

    private static String canary(Deployment deployment) {
        ModelRef canary = deployment.canary();
        return canary == null
                ? NONE
                : canary.version() + " " + Percent.of(deployment.canaryShare());
    }

    private static String versions(List<ModelRef> refs) {
        return refs.isEmpty()
                ? NONE
                : refs.stream().map(ModelRef::version).collect(Collectors.joining(", "));
    }

    private static String json(List<ModelStatus> statuses) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ArrayNode array = json.createArrayNode();
        for (ModelStatus status : statuses) {
            ObjectNode node =
                    array.addObject()
                            .put("model_id", status.model())
                            .put("generation", status.generation())
                            .put("champion", status.champion());
            Deployment deployment = status.deployment();
            if (deployment != null) {
                ModelRef canary = deployment.canary();
                node.put("mode", deployment.mode().name())
                        .put("canary", canary == null ? null : canary.version())
                        .put("canary_share", deployment.canaryShare())
                        .put("symbols", deployment.symbols());
                ArrayNode shadows = node.putArray("shadows");
                deployment.shadows().forEach(shadow -> shadows.add(shadow.version()));
            }
            node.put("serving", status.serving()).put("parallelism", status.parallelism());
            ArrayNode subtasks = node.putArray("subtasks");
            status.subtasks().forEach(subtask -> put(subtasks.addObject(), subtask));
        }
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(array);
    }

    private static void put(ObjectNode node, ModelStatus.Subtask subtask) {
        node.put("subtask", subtask.index())
                .put("generation", subtask.generation())
                .put("champion", subtask.champion());
        DeploymentEvent problem = subtask.problem();
        if (problem == null) {
            node.putNull("problem");
        } else {
            node.putObject("problem")
                    .put("kind", problem.kind().name())
                    .put("generation", problem.generation())
                    .put("model_version", problem.version())
                    .put("reason", problem.reason());
        }
    }
}
