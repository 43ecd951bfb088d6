package com.shivx.control.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.control.http.Latencies.Latency;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers as Flink 2.3.0 does. */
class FlinkLatenciesTest {

    private static final String METRICS = "/jobs/2/vertices/a/subtasks/metrics";
    private static final String GAUGE =
            "Serving_alarms.model_id.direction.predictionLatencyP95Millis";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private Instant now = Instant.EPOCH;
    private FlinkLatencies latencies;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        String body = answers.get(exchange.getRequestURI().toString());
                        byte[] bytes = (body == null ? "{}" : body).getBytes(UTF_8);
                        exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length);
                        exchange.getResponseBody().write(bytes);
                    }
                });
        server.start();
        latencies =
                new FlinkLatencies(
                        new FlinkRest(
                                URI.create("http://localhost:" + server.getAddress().getPort())),
                        "ShivX scoring",
                        () -> now);
        answers.put(
                "/jobs/overview",
                "{\"jobs\":[{\"jid\":\"1\",\"name\":\"ShivX scoring\",\"state\":\"CANCELED\"},"
                        + "{\"jid\":\"2\",\"name\":\"ShivX scoring\",\"state\":\"RUNNING\"},"
                        + "{\"jid\":\"3\",\"name\":\"another\",\"state\":\"RUNNING\"}]}");
        answers.put("/jobs/2", "{\"vertices\":[{\"id\":\"a\"}]}");
        answers.put(
                METRICS,
                "[{\"id\":\"%s\"},{\"id\":\"numRecordsIn\"},{\"id\":\"%s\"}]"
                        .formatted(GAUGE, GAUGE.replace("direction", "other.direction")));
        tells("17.0");
    }

    private void tells(String millis) {
        answers.put(
                METRICS + "?agg=max&get=" + GAUGE,
                "[{\"id\":\"%s\",\"max\":%s}]".formatted(GAUGE, millis));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isThatOfTheJobThatRuns() {
        assertThat(latencies.of("direction")).isEqualTo(Latency.of(17));
    }

    /** Flink's own figures are as old. */
    @Test
    void isNotAskedForAgainWithinTenSeconds() {
        latencies.of("direction");
        tells("18.0");
        now = now.plusSeconds(9);
        assertThat(latencies.of("direction")).isEqualTo(Latency.of(17));
        now = now.plusSeconds(1);
        assertThat(latencies.of("direction")).isEqualTo(Latency.of(18));
    }

    @Test
    void saysWhyItIsNotKnown() {
        assertThat(latencies.of("volatility").reason())
                .isEqualTo("'ShivX scoring' has not judged a window of its predictions yet");
        tells("\"NaN\"");
        assertThat(latencies.of("direction").p95Millis()).isNull();
        answers.put("/jobs/overview", "{\"jobs\":[]}");
        now = now.plusSeconds(10);
        assertThat(latencies.of("direction").reason())
                .startsWith("no job 'ShivX scoring' runs on Flink at http://localhost:");
        server.stop(0);
        now = now.plusSeconds(10);
        assertThat(latencies.of("direction").reason()).startsWith("cannot reach Flink at http://");
    }
}
