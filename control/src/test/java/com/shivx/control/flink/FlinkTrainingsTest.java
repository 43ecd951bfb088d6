package com.shivx.control.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.shivx.control.training.JobLook;
import com.shivx.control.training.TrainingClusterException;
import com.shivx.control.training.TrainingClusterException.Kind;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that answers as Flink 2.3.0 does. */
class FlinkTrainingsTest {

    private HttpServer server;
    private FlinkTrainings trainings;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        FlinkRest rest =
                new FlinkRest(URI.create("http://localhost:" + server.getAddress().getPort()));
        trainings =
                new FlinkTrainings(
                        rest, (job, options) -> rest.run("jobs.jar", "Training", List.of(), job));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Of a cluster whose JobManager is being taken over nobody knows what the job does. */
    @ParameterizedTest
    @CsvSource({
        "503, Service temporarily unavailable due to an ongoing leader election., UNREACHABLE",
        "500, while the JobManager is initializing, UNREACHABLE",
        "403, not for you, REFUSED"
    })
    void anAnswerThatKnowsNothingOfAJobIsNone(int status, String error, Kind kind) {
        answer("/jobs/1", status, "{\"errors\":[\"%s\"]}".formatted(error));
        assertThat(failure(() -> trainings.look("1"))).isEqualTo(kind);
        assertThat(failure(() -> trainings.cancel("1"))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "503, Service temporarily unavailable, UNREACHABLE",
        "500, Caused by: java.lang.IllegalArgumentException: option 'a' is unknown, WRONG",
        "500, Caused by: java.lang.IllegalStateException: the log cannot be read, REFUSED",
        "409, Job has already been submitted., REFUSED"
    })
    void aSubmissionThatFailsMayBeWrong(int status, String error, Kind kind) {
        answer("/jars/jobs.jar/run", status, "{\"errors\":[\"%s\"]}".formatted(error));
        assertThat(failure(() -> trainings.submit("1", Map.of()))).isEqualTo(kind);
    }

    @Test
    void aJobThatIsTakenOverWaits() throws Exception {
        answer("/jobs/1", 200, "{\"jid\":\"1\",\"state\":\"INITIALIZING\",\"vertices\":[]}");
        assertThat(trainings.look("1").state()).isEqualTo(JobLook.State.WAITING);
        answer("/jobs/2", 404, "{\"errors\":[\"Job 2 not found\"]}");
        assertThat(trainings.look("2")).isEqualTo(JobLook.UNKNOWN);
    }

    /** A call of the cluster. */
    @FunctionalInterface
    private interface Call {
        void make() throws TrainingClusterException;
    }

    private static Kind failure(Call call) {
        return catchThrowableOfType(TrainingClusterException.class, call::make).kind();
    }

    private void answer(String path, int status, String body) {
        server.createContext(
                path,
                exchange -> {
                    byte[] bytes = body.getBytes(UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }
}
