package com.shivx.models.registry.mlflow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.shivx.models.registry.RegistryException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Servers that are gone, slow, strange or unwilling. */
class MlflowHttpTest {

    private static final int PATIENCE_MILLIS = 10_000;

    private static final Map<String, String> QUICK = Map.of("MLFLOW_HTTP_REQUEST_TIMEOUT", "1");

    @Test
    void saysThatAServerIsGone() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        MlflowHome home =
                new MlflowHome(MlflowAccess.of("http://ada:secret@127.0.0.1:" + port, Map.of()));
        assertThatThrownBy(home::models)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("MLflow at http://127.0.0.1:" + port)
                .hasMessageContaining("no connection")
                .hasMessageContaining("--registry")
                .hasMessageNotContaining("secret")
                .message()
                .hasLineCount(1);
    }

    @Test
    void givesUpAServerThatDoesNotAnswer() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(exchange -> over.await())) {
            assertThatThrownBy(() -> http(server, QUICK).get("/x", Map.of()))
                    .hasMessageContaining("GET /x has no answer within 1 s (nothing comes)");
            over.countDown();
        }
    }

    @Test
    void givesUpABodyThatDoesNotEnd() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server =
                new ScriptedServer(
                        exchange -> {
                            exchange.sendResponseHeaders(200, 0);
                            exchange.getResponseBody().write('{');
                            exchange.getResponseBody().flush();
                            over.await();
                        })) {
            assertThatThrownBy(() -> http(server, QUICK).get("/x", Map.of()))
                    .hasMessageContaining("has no answer within");
            over.countDown();
        }
    }

    @Test
    void takesNoMoreThanItAskedFor() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(
                        exchange -> {
                            exchange.sendResponseHeaders(200, 0);
                            byte[] block = new byte[1 << 16];
                            try {
                                while (true) {
                                    exchange.getResponseBody().write(block);
                                }
                            } catch (IOException e) {
                                // The caller has had enough.
                            }
                        })) {
            assertThatThrownBy(() -> http(server, Map.of()).getBytes("/x", 1_000_000))
                    .hasMessageContaining("more than 1000000 bytes");
        }
    }

    @Test
    void asksAgainWhileTheServerIsNotReady() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server =
                new ScriptedServer(
                        exchange ->
                                ScriptedServer.send(
                                        exchange,
                                        asked.incrementAndGet() < 3 ? 503 : 200,
                                        "{\"ready\": true}"))) {
            assertThat(http(server, Map.of()).get("/x", Map.of()).get("ready").asBoolean())
                    .isTrue();
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void asksAgainWhenTwoHaveWrittenAtOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        String collision =
                "{\"error_code\": \"BAD_REQUEST\", \"message\": \"(sqlite3.IntegrityError) UNIQUE constraint failed\"}";
        try (ScriptedServer server =
                new ScriptedServer(
                        exchange -> {
                            boolean first = asked.incrementAndGet() == 1;
                            ScriptedServer.send(
                                    exchange, first ? 400 : 200, first ? collision : "{}");
                        })) {
            http(server, Map.of()).post("/x", JsonNodeFactory.instance.objectNode());
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void doesNotRepeatWhatMustHappenOnce() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(exchange -> ScriptedServer.send(exchange, 503, ""))) {
            assertThatThrownBy(
                            () ->
                                    http(server, Map.of())
                                            .postOnce("/x", JsonNodeFactory.instance.objectNode()))
                    .isInstanceOf(MlflowUnknownException.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void endsWithAnErrorThatTheServerKeepsGiving() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(
                        exchange ->
                                ScriptedServer.send(
                                        exchange,
                                        500,
                                        "{\"error_code\": \"INTERNAL_ERROR\", \"message\": \"disk is full\\nat …\"}"))) {
            assertThatThrownBy(() -> http(server, Map.of()).get("/x", Map.of()))
                    .hasMessageContaining("500 disk is full; see the server's log")
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void saysWhatIsNoMlflowServer() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(
                        exchange -> ScriptedServer.send(exchange, 200, "<html>hello</html>"))) {
            assertThatThrownBy(() -> http(server, Map.of()).get("/x", Map.of("a", "b")))
                    .hasMessageContaining("answers /x with no JSON; name an MLflow server");
        }
        try (ScriptedServer server =
                new ScriptedServer(exchange -> ScriptedServer.send(exchange, 302, ""))) {
            assertThatThrownBy(() -> http(server, Map.of()).get("/x", Map.of()))
                    .hasMessageContaining("refused with 302");
        }
    }

    /** A server that does not speak TLS. */
    @Test
    void saysThatAConnectionIsNotSafe() throws Exception {
        Thread plain;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            plain = new Thread(() -> answerInPlainText(socket), "plain-text-server");
            plain.start();
            MlflowAccess access =
                    MlflowAccess.of("https://127.0.0.1:" + socket.getLocalPort(), Map.of());
            assertThatThrownBy(() -> new MlflowHttp(access).get("/x", Map.of()))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("is not reached safely")
                    .hasMessageContaining("MLFLOW_TRACKING_SERVER_CERT_PATH");
        }
        plain.join();
    }

    /** As often as it is asked: a client whose connection breaks off may come again. */
    private static void answerInPlainText(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                connection.setSoTimeout(PATIENCE_MILLIS);
                if (connection.getInputStream().read(new byte[1 << 14]) > 0) {
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                    connection.shutdownOutput();
                    // What is left unread would reset the connection, and the answer be lost.
                    connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
            } catch (IOException e) {
                // The caller has gone, and says what it found.
            }
        }
    }

    @Test
    void authenticatesAsMlflowsVariablesSayAndNeverTellsTheSecret() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(exchange -> ScriptedServer.send(exchange, 401, "no"))) {
            Map<String, String> password =
                    Map.of(
                            "MLFLOW_TRACKING_USERNAME",
                            "ada",
                            "MLFLOW_TRACKING_PASSWORD",
                            "hidden",
                            "MLFLOW_TRACKING_TOKEN",
                            "hidden");
            assertThatThrownBy(() -> http(server, password).get("/x", Map.of()))
                    .hasMessageContaining("401")
                    .hasMessageContaining("MLFLOW_TRACKING_TOKEN")
                    .hasMessageNotContaining("hidden");
            Map<String, String> token = Map.of("MLFLOW_TRACKING_TOKEN", "hidden");
            assertThatThrownBy(() -> http(server, token).get("/x", Map.of()))
                    .hasMessageNotContaining("hidden");
            MlflowAccess inUri =
                    MlflowAccess.of("http://ada:hid%40den@" + server.authority() + "/", password);
            assertThat(inUri).hasToString("http://" + server.authority());
            assertThatThrownBy(() -> new MlflowHttp(inUri).get("/x", Map.of()))
                    .hasMessageNotContaining("hid");
            assertThat(server.authorizations())
                    .containsExactly(
                            "Basic YWRhOmhpZGRlbg==", "Bearer hidden", "Basic YWRhOmhpZEBkZW4=");
        }
    }

    @Test
    void refusesAddressesAndVariablesThatAreNone() {
        for (String uri :
                new String[] {"http://", "http:///x", "http://a b:secret@x", "http://h/?q"}) {
            assertThatThrownBy(() -> MlflowAccess.of(uri, Map.of()))
                    .as(uri)
                    .hasMessageContaining("not of the form http://host:port")
                    .hasMessageNotContaining("secret");
        }
        assertThatThrownBy(() -> access("MLFLOW_TRACKING_TOKEN", "two\nlines"))
                .hasMessageContaining("MLFLOW_TRACKING_TOKEN")
                .hasMessageNotContaining("lines");
        assertThatThrownBy(() -> access("MLFLOW_HTTP_REQUEST_TIMEOUT", "soon"))
                .hasMessageContaining("'soon'");
        assertThatThrownBy(() -> access("MLFLOW_TRACKING_INSECURE_TLS", "true"))
                .hasMessageContaining("MLFLOW_TRACKING_SERVER_CERT_PATH");
        assertThatThrownBy(
                        () ->
                                new MlflowHttp(
                                        access("MLFLOW_TRACKING_SERVER_CERT_PATH", "/no/such.pem")))
                .hasMessageContaining("/no/such.pem");
    }

    /** A server must not lead a client out of its own folder, on either side. */
    @Test
    void followsNoPathsThatLeadElsewhere() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(
                        exchange -> {
                            String path = exchange.getRequestURI().getPath();
                            ScriptedServer.send(
                                    exchange,
                                    200,
                                    path.endsWith("/artifacts")
                                            ? "{\"files\": [{\"path\": \"MLmodel\"}, {\"path\": \"x/../../passwd\"}]}"
                                            : path.endsWith("MLmodel")
                                                    ? "flavors:\n  onnx:\n    data: ../../passwd\n"
                                                    : "{\"model_versions\": [{\"version\": \"1\"}], \"artifact_uri\": \"mlflow-artifacts:/1/m\"}");
                        })) {
            MlflowHome home =
                    new MlflowHome(MlflowAccess.of("http://" + server.authority(), Map.of()));
            assertThatThrownBy(() -> home.fetch(home.versions("direction").get(0)))
                    .hasMessageContaining(
                            "direction@0.0.1 (version 1 on the server) has no ONNX file");
            assertThat(server.requests()).noneMatch(request -> request.contains("passwd"));
            MlflowArtifacts artifacts = new MlflowArtifacts(http(server, Map.of()));
            for (String folder :
                    new String[] {
                        "s3://bucket/x",
                        "file:/etc",
                        "mlflow-artifacts:/../x",
                        "mlflow-artifacts:/",
                        ""
                    }) {
                assertThatThrownBy(() -> artifacts.list(folder))
                        .as(folder)
                        .hasMessageContaining("--artifacts-destination");
            }
            artifacts.list("mlflow-artifacts://host:1/1/x");
        }
    }

    private static MlflowAccess access(String variable, String value) {
        return MlflowAccess.of("https://localhost", Map.of(variable, value));
    }

    private static MlflowHttp http(ScriptedServer server, Map<String, String> environment) {
        return new MlflowHttp(MlflowAccess.of("http://" + server.authority(), environment));
    }
}
