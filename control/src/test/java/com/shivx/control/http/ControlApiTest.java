package com.shivx.control.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.control.ControlException;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final ControlViews views = new ControlViews();
    private ControlHealth health = ControlHealth.UP;
    private Latencies.Latency latency = Latencies.Latency.of(12);
    private final ControlApi api = new ControlApi(views, () -> health, model -> latency, () -> NOW);

    @Test
    void isDescribedRouteByRoute() throws Exception {
        JsonNode paths = get("/openapi.json", 200).path("paths");
        Map<String, TreeSet<String>> described = new HashMap<>();
        paths.properties()
                .forEach(
                        entry -> {
                            TreeSet<String> names = new TreeSet<>();
                            for (JsonNode parameter : entry.getValue().at("/get/parameters")) {
                                if (parameter.path("in").asText().equals("query")) {
                                    names.add(parameter.path("name").asText());
                                }
                            }
                            described.put(entry.getKey(), names);
                        });
        Map<String, TreeSet<String>> served = new HashMap<>();
        api.routes().forEach(route -> served.put(route.path(), new TreeSet<>(route.parameters())));
        assertThat(served).isEqualTo(described);
    }

    @Test
    void answersAsItIsDescribed() throws Exception {
        fill();
        JsonNode description = get("/openapi.json", 200);
        for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
            String asked = path.getKey().replace("{name}", "direction");
            JsonNode schema =
                    path.getValue().at("/get/responses/200/content/application~1json/schema");
            assertFits(asked, description, schema, get(asked, 200));
        }
        JsonNode error = description.at("/components/schemas/Error");
        assertFits("404", description, error, get("/nothing", 404));
    }

    /** Types, required fields and words of what is described; nothing else is checked of it. */
    private static void assertFits(String at, JsonNode description, JsonNode schema, JsonNode is) {
        JsonNode meant = schema;
        if (schema.has("$ref")) {
            meant = description.at(schema.path("$ref").asText().substring(1));
            assertThat(meant.isMissingNode()).as(at).isFalse();
        }
        JsonNode types = meant.path("type");
        List<String> allowed =
                types.isArray()
                        ? List.of(types.get(0).asText(), types.get(1).asText())
                        : List.of(types.asText());
        String type =
                is.isNull()
                        ? "null"
                        : is.isObject()
                                ? "object"
                                : is.isArray()
                                        ? "array"
                                        : is.isBoolean()
                                                ? "boolean"
                                                : is.isTextual()
                                                        ? "string"
                                                        : is.isIntegralNumber()
                                                                        && !allowed.contains(
                                                                                "number")
                                                                ? "integer"
                                                                : "number";
        assertThat(allowed).as(at).contains(type);
        if (meant.has("enum")) {
            assertThat(meant.path("enum")).as(at).contains(is);
        }
        for (JsonNode name : meant.path("required")) {
            assertThat(is.isNull() || is.has(name.asText())).as(at + " has " + name).isTrue();
        }
        for (Map.Entry<String, JsonNode> property : meant.path("properties").properties()) {
            if (is.has(property.getKey())) {
                assertFits(
                        at + "." + property.getKey(),
                        description,
                        property.getValue(),
                        is.get(property.getKey()));
            }
        }
        for (JsonNode element : is.isArray() ? is : JSON.createArrayNode()) {
            assertFits(at + "[]", description, meant.path("items"), element);
        }
    }

    @Test
    void saysHowAModelIs() throws Exception {
        fill();
        JsonNode health = get("/api/v1/models/direction/health", 200);
        assertThat(health.path("status").asText()).isEqualTo("ALARM");
        assertThat(health.path("model_version").asText()).isEqualTo("1.0.0");
        assertThat(health.path("generation").asLong()).isEqualTo(3);
        assertThat(health.at("/age/since").asText()).isEqualTo("deployment");
        assertThat(health.at("/age/seconds").asLong()).isEqualTo(60);
        assertThat(health.at("/accuracy/0/accuracy").asDouble()).isEqualTo(0.6);
        assertThat(health.at("/drift/verdict").asText()).isEqualTo("ALERT");
        assertThat(health.at("/latency/alarm/alarm_id").asText()).isEqualTo("late");
        assertThat(health.at("/latency/p95_millis").asDouble()).isEqualTo(12);
        assertThat(health.at("/latency/reason").isNull()).isTrue();
        assertThat(health.at("/training/kind").asText()).isEqualTo("STARTED");
        assertThat(health.at("/serving/subtasks")).hasSize(2);

        views.created("direction", "1.0.0", NOW.minusSeconds(3_600));
        latency = Latencies.Latency.unknown("cannot reach Flink");
        views.alarm(record("{\"alarm_id\":\"late\",\"model_id\":\"direction\",\"raised\":false}"));
        health = get("/api/v1/models/direction/health", 200);
        assertThat(health.path("status").asText()).isEqualTo("OK");
        assertThat(health.at("/age/since").asText()).isEqualTo("registration");
        assertThat(health.at("/age/seconds").asLong()).isEqualTo(3_600);
        assertThat(health.at("/latency/alarm").isNull()).isTrue();
        assertThat(health.at("/latency/p95_millis").isNull()).isTrue();
        assertThat(health.at("/latency/reason").asText()).isEqualTo("cannot reach Flink");
        serving(1, 2, 4);
        assertThat(get("/api/v1/models", 200).at("/models/0/status").asText())
                .isEqualTo("NOT_SERVING");
    }

    @Test
    void listsAlarmsAndRollouts() throws Exception {
        fill();
        views.alarm(
                record(
                        "{\"alarm_id\":\"x\",\"model_id\":\"other\",\"raised\":false,\"kind\":\"DRIFT\"}"));
        assertThat(get("/api/v1/alarms", 200).at("/alarms/0/alarm_id").asText()).isEqualTo("x");
        assertThat(get("/api/v1/alarms?raised=true", 200).path("alarms")).hasSize(1);
        assertThat(get("/api/v1/alarms?model=other&raised=true", 200).path("total").asInt())
                .isZero();
        JsonNode limited = get("/api/v1/alarms?limit=1", 200);
        assertThat(limited.path("total").asInt()).isEqualTo(2);
        assertThat(limited.path("alarms")).hasSize(1);
        JsonNode rollouts = get("/api/v1/rollouts?model=direction", 200);
        assertThat(rollouts.at("/rollouts/0/kind").asText()).isEqualTo("ROLLOUT_ADVANCED");
        assertThat(rollouts.at("/rollouts/0/events")).hasSize(2);
        assertThat(get("/api/v1/rollouts?model=other", 200).path("rollouts")).isEmpty();
    }

    @Test
    void keepsOnlySoMuch() throws Exception {
        views.alarm(record("{\"alarm_id\":\"first\",\"model_id\":\"m\",\"raised\":true}"));
        for (int i = 0; i < 2 * ControlViews.MAX_ALARMS; i++) {
            views.alarm(
                    record(
                            "{\"alarm_id\":\"a%d\",\"model_id\":\"m\",\"raised\":%s}"
                                    .formatted(i, i % 2 == 0)));
        }
        JsonNode all = get("/api/v1/alarms?raised=true&limit=1000", 200);
        assertThat(all.path("total").asInt()).isLessThanOrEqualTo(ControlViews.MAX_ALARMS);
        for (int i = 0; i < 200; i++) {
            views.lifecycleEvent(
                    record(
                            "{\"kind\":\"ROLLOUT_HELD\",\"model_id\":\"m\",\"reason\":\""
                                    + i
                                    + "\"}"));
        }
        JsonNode events = get("/api/v1/rollouts", 200).at("/rollouts/0/events");
        assertThat(events).hasSize(50);
        assertThat(events.at("/49/reason").asText()).isEqualTo("199");
    }

    @Test
    void passesOverWhatItCannotRead() throws Exception {
        for (String value : List.of("", "{", "[]", "7")) {
            views.alarm(record(value));
            views.accuracy(record(value));
            views.lifecycleEvent(record(value));
            views.deployment(record(value));
            views.deploymentEvent(record(value));
        }
        assertThat(get("/api/v1/alarms", 200).path("total").asInt()).isZero();
        assertThat(get("/api/v1/models", 200).path("models")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, , 404, there is no",
        "GET, /api/v1, , 404, there is no api/v1",
        "GET, /api/v1/models/, , 404, there is no",
        "GET, /api/v1/models/unknown/health, , 404, nothing is deployed of 'unknown'",
        "GET, /api/v1/models/a%2Fb/health, , 400, cannot be a model's name",
        "GET, /api/v1/models/%zz/health, , 400, is not percent-encoded",
        "GET, /api/v1/alarms, raised=maybe, 400, parameter 'raised' is 'maybe'",
        "GET, /api/v1/alarms, limit=0, 400, parameter 'limit' is '0'",
        "GET, /api/v1/alarms, limit=5000, 400, parameter 'limit' is '5000'",
        "GET, /api/v1/alarms, limit=1&limit=2, 400, given twice",
        "GET, /api/v1/alarms, modell=a, 400, knows no parameter 'modell'",
        "GET, /api/v1/models, a=b, 400, knows no parameter 'a'",
        "GET, /api/v1/rollouts, model=%21, 400, cannot be a model's name",
        "POST, /api/v1/models, , 405, takes no POST",
        "DELETE, /health, , 405, takes no DELETE"
    })
    void refusesWithTheRemedy(String method, String path, String query, int status, String error)
            throws Exception {
        ControlApi.Answer answer = api.answer(method, path, query);
        assertThat(answer.status()).isEqualTo(status);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.path("error").asText()).contains(error);
        assertThat(body.path("remedy").asText()).isNotBlank();
        assertThat(answer.allow()).isEqualTo(status == 405 ? "GET, HEAD" : null);
    }

    @Test
    void refusesALongQuestion() {
        assertThat(api.answer("GET", "/" + "a".repeat(3_000), null).status()).isEqualTo(414);
    }

    @Test
    void saysThatItIsNotUp() throws Exception {
        health = new ControlHealth(ControlHealth.State.INTERRUPTED, "Kafka is lost");
        JsonNode body = get("/health", 503);
        assertThat(body.path("status").asText()).isEqualTo("INTERRUPTED");
        assertThat(body.path("reason").asText()).isEqualTo("Kafka is lost");
    }

    @Test
    void answersOverHttp() throws Exception {
        fill();
        HttpClient client = HttpClient.newHttpClient();
        try (HttpEndpoint endpoint = HttpEndpoint.start("127.0.0.1", 0, api)) {
            URI uri = endpoint.uri().resolve("/api/v1/models");
            HttpResponse<String> answer = send(client, HttpRequest.newBuilder(uri));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(answer.body()).contains("\"direction\"");
            HttpResponse<String> head =
                    send(
                            client,
                            HttpRequest.newBuilder(uri)
                                    .method("HEAD", HttpRequest.BodyPublishers.noBody()));
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            HttpResponse<String> post =
                    send(
                            client,
                            HttpRequest.newBuilder(uri)
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "x".repeat(100_000))));
            assertThat(post.statusCode()).isEqualTo(405);
            assertThat(post.headers().firstValue("Allow")).hasValue("GET, HEAD");
            int port = endpoint.uri().getPort();
            assertThatThrownBy(() -> HttpEndpoint.start("127.0.0.1", port, api))
                    .isInstanceOf(ControlException.class)
                    .hasMessageContaining("cannot be listened on")
                    .hasMessageContaining("control.port");
        }
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws Exception {
        return client.send(
                request.timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void fill() {
        Deployment initial =
                Deployment.initial(
                        "direction", new ModelRef("1.0.0", "/m/model.onnx", "a".repeat(64)));
        Deployment third =
                new Deployment(
                        "direction",
                        3,
                        initial.mode(),
                        initial.champion(),
                        new ModelRef("1.1.0", "/n/model.onnx", "b".repeat(64)),
                        0.1,
                        List.of(),
                        "*",
                        initial.routingUnit(),
                        initial.routingSliceMicros(),
                        "salt",
                        "request");
        views.deployment(record(new DeploymentJson().write(third)));
        serving(0, 2, 3);
        serving(1, 2, 3);
        views.accuracy(
                record(
                        "{\"model_id\":\"direction\",\"model_version\":\"1.0.0\",\"role\":\"CHAMPION\",\"horizon_millis\":1000,\"accuracy\":0.5}"));
        views.accuracy(
                record(
                        "{\"model_id\":\"direction\",\"model_version\":\"1.0.0\",\"role\":\"CHAMPION\",\"horizon_millis\":1000,\"accuracy\":0.6}"));
        views.driftReport(
                record(
                        "{\"model_id\":\"direction\",\"model_version\":\"1.0.0\",\"verdict\":\"ALERT\"}"));
        views.alarm(
                record(
                        "{\"alarm_id\":\"late\",\"kind\":\"LATENCY\",\"model_id\":\"direction\",\"raised\":true,\"evidence\":{\"p95_millis\":816.0}}"));
        views.trainingResult(record("{\"model_id\":\"direction\",\"kind\":\"STARTED\"}"));
        views.lifecycleEvent(record("{\"model_id\":\"direction\",\"kind\":\"DEPLOYED\"}"));
        for (String kind : List.of("ROLLOUT_STARTED", "ROLLOUT_ADVANCED")) {
            views.lifecycleEvent(
                    record(
                            "{\"model_id\":\"direction\",\"kind\":\"%s\",\"model_version\":\"1.1.0\",\"reason\":null}"
                                    .formatted(kind)));
        }
    }

    private void serving(int subtask, int parallelism, long generation) {
        views.deploymentEvent(
                record(
                        new DeploymentEventJson()
                                .write(
                                        new DeploymentEvent(
                                                "direction",
                                                generation,
                                                DeploymentEvent.Kind.SERVING,
                                                "1.0.0",
                                                Role.CHAMPION,
                                                null,
                                                subtask,
                                                parallelism))));
    }

    private static ConsumerRecord<byte[], byte[]> record(String value) {
        return record(value.getBytes(StandardCharsets.UTF_8));
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>(
                "topic",
                0,
                0,
                NOW.minusSeconds(60).toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                value.length,
                new byte[0],
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private JsonNode get(String pathAndQuery, int status) throws IOException {
        int question = pathAndQuery.indexOf('?');
        ControlApi.Answer answer =
                question < 0
                        ? api.answer("GET", pathAndQuery, null)
                        : api.answer(
                                "GET",
                                pathAndQuery.substring(0, question),
                                pathAndQuery.substring(question + 1));
        assertThat(answer.status()).as(pathAndQuery).isEqualTo(status);
        return JSON.readTree(answer.body());
    }
}
