package com.shivx.control.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.registry.VersionName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is answered to whom, without a socket. The description is {@code openapi.json}. */
public final class ControlApi {

    private static final int MAX_QUERY = 2_000;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Answers one route. */
    @FunctionalInterface
    private interface Handler {
        Answer answer(Map<String, String> path, Map<String, String> query) throws ApiException;
    }

    /**
     * An answer.
     *
     * @param allow methods of the header {@code Allow}; null where it is not about them
     */
    public record Answer(int status, byte[] body, @Nullable String allow) {}

    private record Served(Route route, Handler handler) {}

    private final ControlViews views;
    private final Supplier<ControlHealth> health;
    private final Latencies latencies;
    private final InstantSource clock;
    private final List<Served> served;

    public ControlApi(
            ControlViews views,
            Supplier<ControlHealth> health,
            Latencies latencies,
            InstantSource clock) {
        this.views = views;
        this.health = health;
        this.latencies = latencies;
        this.clock = clock;
        served =
                List.of(
                        new Served(Route.of("/health"), (path, query) -> health()),
                        new Served(Route.of("/openapi.json"), (path, query) -> description()),
                        new Served(Route.of("/api/v1/models"), (path, query) -> models()),
                        new Served(
                                Route.of("/api/v1/models/{name}/health"),
                                (path, query) -> modelHealth(path.getOrDefault("name", ""))),
                        new Served(
                                Route.of("/api/v1/alarms", "model", "raised", "limit"),
                                (path, query) -> alarms(query)),
                        new Served(
                                Route.of("/api/v1/rollouts", "model"),
                                (path, query) -> rollouts(query)));
    }

    List<Route> routes() {
        return served.stream().map(Served::route).toList();
    }

    /**
     * Answers; a wrong question, too.
     *
     * @param rawPath as it came, percent signs and all
     * @param rawQuery as it came; null without
     */
    public Answer answer(String method, String rawPath, @Nullable String rawQuery) {
        try {
            return answerOrRefuse(method, rawPath, rawQuery);
        } catch (ApiException e) {
            ObjectNode body = JSON.createObjectNode();
            body.put("error", e.getMessage()).put("remedy", e.remedy());
            return new Answer(e.status(), bytes(body), e.status() == 405 ? "GET, HEAD" : null);
        }
    }

    private Answer answerOrRefuse(String method, String rawPath, @Nullable String rawQuery)
            throws ApiException {
        if (rawPath.length() + (rawQuery == null ? 0 : rawQuery.length()) > MAX_QUERY) {
            throw new ApiException(
                    414,
                    "path and query have more than %d characters".formatted(MAX_QUERY),
                    "ask for less at once");
        }
        List<String> path = new ArrayList<>();
        for (String segment : rawPath.substring(Math.min(1, rawPath.length())).split("/", -1)) {
            // A plus sign is one in a path.
            path.add(decoded(segment.replace("+", "%2B")));
        }
        for (Served one : served) {
            Optional<Map<String, String>> values = one.route().match(path);
            if (values.isPresent()) {
                if (!method.equals("GET") && !method.equals("HEAD")) {
                    throw new ApiException(
                            405,
                            "%s takes no %s".formatted(one.route().path(), shown(method)),
                            "use GET; what is to be done is asked for with 'shivx'");
                }
                return one.handler().answer(values.get(), query(one.route(), rawQuery));
            }
        }
        throw new ApiException(
                404,
                "there is no " + shown(String.join("/", path)),
                "/openapi.json lists what there is");
    }

    private static Map<String, String> query(Route route, @Nullable String rawQuery)
            throws ApiException {
        Map<String, String> query = new TreeMap<>();
        if (rawQuery == null || rawQuery.isEmpty()) {
            return query;
        }
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!route.parameters().contains(name)) {
                throw new ApiException(
                        400,
                        "%s knows no parameter '%s'".formatted(route.path(), shown(name)),
                        route.parameters().isEmpty()
                                ? "leave it out"
                                : "it knows "
                                        + String.join(
                                                ", ",
                                                route.parameters().stream().sorted().toList()));
            }
            if (query.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
                throw new ApiException(
                        400, "parameter '%s' is given twice".formatted(name), "give it once");
            }
        }
        return query;
    }

    private static String decoded(String text) throws ApiException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(
                    400,
                    "'%s' is not percent-encoded".formatted(shown(text)),
                    "write a percent sign as %25");
        }
    }

    private Answer health() {
        ControlHealth now = health.get();
        ObjectNode body = JSON.createObjectNode();
        body.put("status", now.state().name()).put("reason", now.reason());
        return new Answer(now.state() == ControlHealth.State.UP ? 200 : 503, bytes(body), null);
    }

    private static Answer description() {
        try (InputStream file = ControlApi.class.getResourceAsStream("/control/openapi.json")) {
            return new Answer(
                    200, Objects.requireNonNull(file, "lies in the jar").readAllBytes(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer models() {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode models = body.putArray("models");
        for (String model : views.models()) {
            ControlViews.Deployed deployed = views.deployed(model);
            if (deployed != null) {
                describe(model, deployed, models.addObject());
            }
        }
        return ok(body);
    }

    private void describe(String model, ControlViews.Deployed deployed, ObjectNode into) {
        Deployment deployment = deployed.deployment();
        ModelRef canary = deployment.canary();
        into.put("model_id", model);
        into.put("status", status(model, deployed).name());
        into.put("model_version", deployment.champion().version());
        into.put("generation", deployment.generation());
        into.put("mode", deployment.mode().name());
        into.put("symbols", deployment.symbols());
        into.put("canary_version", canary == null ? null : canary.version());
        into.put("canary_share", deployment.canaryShare());
        ArrayNode shadows = into.putArray("shadow_versions");
        deployment.shadows().forEach(shadow -> shadows.add(shadow.version()));
        into.put("deployed_at", deployed.deployedAt().toString());
    }

    /** How a model is, the worst first. */
    private enum Status {
        /** Something is out of bounds. */
        ALARM,
        /** Not every subtask says that it serves what must serve. */
        NOT_SERVING,
        OK
    }

    private Status status(String model, ControlViews.Deployed deployed) {
        if (!views.alarms(model, true).isEmpty()) {
            return Status.ALARM;
        }
        return deployed.isServing() ? Status.OK : Status.NOT_SERVING;
    }

    private Answer modelHealth(String model) throws ApiException {
        requireModel(model);
        ControlViews.Deployed deployed = views.deployed(model);
        if (deployed == null) {
            throw new ApiException(
                    404,
                    "nothing is deployed of '%s'".formatted(model),
                    "/api/v1/models lists what is; 'shivx models deploy' deploys");
        }
        String version = deployed.deployment().champion().version();
        ObjectNode body = JSON.createObjectNode();
        describe(model, deployed, body);
        ObjectNode age = body.putObject("age");
        boolean isRegistered = deployed.createdAt() != null;
        age.put("since", isRegistered ? "registration" : "deployment");
        age.put(
                "seconds",
                Math.max(
                        0,
                        Duration.between(
                                        isRegistered ? deployed.createdAt() : deployed.deployedAt(),
                                        clock.instant())
                                .toSeconds()));
        serving(model, body.putObject("serving"));
        body.putArray("accuracy").addAll(views.accuracyOf(model, version));
        body.set("drift", views.driftOf(model, version));
        List<ObjectNode> raised = views.alarms(model, true);
        latency(model, raised, body.putObject("latency"));
        body.putArray("alarms").addAll(raised);
        body.set("training", views.trainingOf(model));
        return ok(body);
    }

    private void latency(String model, List<ObjectNode> raised, ObjectNode into) {
        Latencies.Latency latency = latencies.of(model);
        into.put("p95_millis", latency.p95Millis());
        into.put("reason", latency.reason());
        into.set(
                "alarm",
                raised.stream()
                        .filter(each -> each.path("kind").asText().equals("LATENCY"))
                        .findFirst()
                        .orElse(null));
    }

    private void serving(String model, ObjectNode into) {
        List<DeploymentEvent> subtasks = views.subtasks(model);
        into.put(
                "parallelism",
                subtasks.isEmpty() ? 0 : subtasks.get(subtasks.size() - 1).parallelism());
        ArrayNode all = into.putArray("subtasks");
        for (DeploymentEvent event : subtasks) {
            all.addObject()
                    .put("subtask", event.subtask())
                    .put("generation", event.generation())
                    .put("kind", event.kind().name())
                    .put("model_version", event.version())
                    .put("reason", event.reason());
        }
    }

    private Answer alarms(Map<String, String> query) throws ApiException {
        String model = query.get("model");
        if (model != null) {
            requireModel(model);
        }
        ObjectNode body = JSON.createObjectNode();
        List<ObjectNode> found = views.alarms(model, raised(query.get("raised")));
        body.put("total", found.size());
        body.putArray("alarms")
                .addAll(found.subList(0, Math.min(found.size(), limit(query.get("limit")))));
        return ok(body);
    }

    private static @Nullable Boolean raised(@Nullable String text) throws ApiException {
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new ApiException(
                            400,
                            "parameter 'raised' is '%s'".formatted(shown(text)),
                            "give true, false, or leave it out for both");
        };
    }

    private static int limit(@Nullable String text) throws ApiException {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (!text.matches("\\d{1,4}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > MAX_LIMIT) {
            throw new ApiException(
                    400,
                    "parameter 'limit' is '%s'".formatted(shown(text)),
                    "give a whole number from 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(text);
    }

    private Answer rollouts(Map<String, String> query) throws ApiException {
        String model = query.get("model");
        if (model != null) {
            requireModel(model);
        }
        ObjectNode body = JSON.createObjectNode();
        ArrayNode rollouts = body.putArray("rollouts");
        views.rollouts(model)
                .forEach(
                        (name, events) -> {
                            ObjectNode last = events.get(events.size() - 1);
                            ObjectNode rollout = rollouts.addObject();
                            rollout.put("model_id", name);
                            rollout.set("model_version", last.get("model_version"));
                            rollout.set("kind", last.get("kind"));
                            rollout.set("reason", last.get("reason"));
                            rollout.putArray("events").addAll(events);
                        });
        return ok(body);
    }

    private static void requireModel(String name) throws ApiException {
        if (!VersionName.isModel(name)) {
            throw new ApiException(
                    400,
                    "'%s' cannot be a model's name".formatted(shown(name)),
                    "give at most 128 of A-Z, a-z, 0-9, '.', '_' and '-', the first a letter or digit");
        }
    }

    private static String shown(String text) {
        String start = text.length() <= 80 ? text : text.substring(0, 80) + "…";
        return start.replaceAll("\\p{C}", "?");
    }

    private static Answer ok(ObjectNode body) {
        return new Answer(200, bytes(body), null);
    }

    private static byte[] bytes(ObjectNode body) {
        return (body + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
