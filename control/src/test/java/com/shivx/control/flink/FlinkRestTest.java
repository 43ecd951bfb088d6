package com.shivx.control.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that answers as Flink 2.3.0 should; the answers are written by hand. */
class FlinkRestTest {

    @TempDir Path directory;

    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private HttpServer server;
    private FlinkRest flink;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        flink = new FlinkRest(URI.create("http://localhost:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void uploadsAJarAndRunsIt() throws Exception {
        Path jar = Files.writeString(directory.resolve("jobs.jar"), "the bytes");
        answer(
                "/jars/upload",
                200,
                "{\"filename\":\"/tmp/flink-web/upload/5f_jobs.jar\",\"status\":\"success\"}");
        answer("/jars/5f_jobs.jar/run", 200, "{\"jobid\":\"c0ffee\"}");

        String id = flink.upload(jar);
        String job = flink.run(id, "com.shivx.jobs.ScoringJob", List.of("-D", "a=b c"));

        assertThat(job).isEqualTo("c0ffee");
        assertThat(bodies.get("/jars/upload"))
                .contains("filename=\"jobs.jar\"", "\r\n\r\nthe bytes\r\n--shivx-");
        assertThat(bodies.get("/jars/5f_jobs.jar/run"))
                .isEqualTo(
                        "{\"entryClass\":\"com.shivx.jobs.ScoringJob\",\"programArgsList\":[\"-D\",\"a=b c\"]}");
    }

    @Test
    void saysWhyAJobFailedInALine() {
        answer("/jobs/1", 200, "{\"jid\":\"1\",\"state\":\"RESTARTING\"}");
        answer(
                "/jobs/1/exceptions",
                200,
                "{\"exceptionHistory\":{\"entries\":[{\"exceptionName\":\"java.lang.RuntimeException\",\"stacktrace\":"
                        + "\"java.lang.RuntimeException: outer\\n\\tat A.b(A.java:1)\\nCaused by: java.io.IOException: disk full\\n\\tat C\"}]}}");

        assertThat(flink.state("1")).isEqualTo("RESTARTING");
        assertThat(flink.failures("1")).containsExactly("IOException: disk full");
    }

    @Test
    void sumsCountersOverTheOperatorsThatHaveThem() {
        answer("/jobs/1", 200, "{\"jid\":\"1\",\"vertices\":[{\"id\":\"a\"},{\"id\":\"b\"}]}");
        answer("/jobs/1/vertices/a/subtasks/metrics", 200, "[{\"id\":\"numRecordsIn\"}]");
        server.createContext(
                "/jobs/1/vertices/b/subtasks/metrics",
                exchange ->
                        reply(
                                exchange,
                                200,
                                "agg=sum&get=Features.ready,Features.late"
                                                .equals(exchange.getRequestURI().getQuery())
                                        ? "[{\"id\":\"Features.ready\",\"sum\":7.0},{\"id\":\"Features.late\",\"sum\":2.0}]"
                                        : "[{\"id\":\"Features.ready\"},{\"id\":\"Features.late\"},{\"id\":\"numRecordsIn\"}]"));

        assertThat(flink.counters("1", Set.of("ready", "late", "missing")))
                .isEqualTo(Map.of("ready", 7L, "late", 2L));
    }

    @Test
    void passesOnWhyTheClusterRefuses() {
        answer(
                "/jars/x/run",
                500,
                "{\"errors\":[\"org.apache.flink.runtime.rest.handler.RestHandlerException: Could not execute"
                        + " application.\\n\\tat A\\nCaused by: java.lang.IllegalArgumentException: unknown option 'a'\\n\\tat B\"]}");

        assertThatThrownBy(() -> flink.run("x", "Job", List.of()))
                .isInstanceOf(FlinkRestException.class)
                .hasMessageEndingWith(" refuses: IllegalArgumentException: unknown option 'a'");
    }

    @Test
    void saysWhenNobodyAnswers() {
        server.stop(0);

        assertThatThrownBy(() -> flink.state("1"))
                .isInstanceOf(FlinkRestException.class)
                .hasMessageStartingWith("cannot reach Flink at http://localhost:");
    }

    @Test
    void saysWhenSomebodyElseAnswers() {
        answer("/jobs/1", 200, "<html>a web page</html>");

        assertThatThrownBy(() -> flink.state("1")).hasMessageEndingWith("is not Flink's REST API");
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> reply(exchange, status, body));
    }

    private void reply(HttpExchange exchange, int status, String body) throws IOException {
        bodies.put(
                exchange.getRequestURI().getPath(),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
