package com.shivx.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFlinkITCase {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void theWebUiAnswersWithTheConfiguredSlots() throws Exception {
        try (EmbeddedFlink flink = EmbeddedFlink.start(configuration(), 2, null)) {
            assertThat(get(flink.webUi().resolve("/overview")))
                    .contains("\"taskmanagers\":2", "\"slots-total\":8");
            assertThat(get(flink.webUi().resolve("/index.html")))
                    .contains("Apache Flink Web Dashboard");
            assertThat(get(flink.webUi().resolve("/config"))).contains("\"web-submit\":true");
        }
    }

    @Test
    void aJobSurvivesTheLossOfItsTaskManager() throws Exception {
        try (EmbeddedFlink flink = EmbeddedFlink.start(configuration(), 1, null)) {
            Endless.CHECKPOINTED.drainPermits();
            JobClient job = Endless.start(flink.environment());
            awaitCheckpoint();

            flink.killTaskManager(0);
            assertThat(flink.startTaskManager()).isEqualTo(1);
            awaitCheckpoint();

            flink.killTaskManager(1);
            assertThat(flink.startTaskManager()).isEqualTo(2);
            awaitCheckpoint();
            assertThatThrownBy(() -> flink.killTaskManager(1))
                    .hasMessage("TaskManager 1 is down already");
            assertThatThrownBy(() -> flink.killJobManager(job.getJobID()))
                    .hasMessageContaining("nobody would take over");
            job.cancel().get();
        }
    }

    @Test
    void aJobSurvivesTheLossOfItsJobManager() throws Exception {
        try (EmbeddedFlink flink = EmbeddedFlink.startHighlyAvailable(configuration(), 1, null)) {
            Endless.CHECKPOINTED.drainPermits();
            JobClient job = Endless.start(flink.environment());
            awaitCheckpoint();

            flink.killJobManager(job.getJobID());
            awaitCheckpoint();
            assertThat(get(flink.webUi().resolve("/jobs/" + job.getJobID() + "/checkpoints")))
                    .contains("\"restored\":1");
            job.cancel().get();
        }
    }

    @Test
    void aJobGoesOnFromItsSavepoint() throws Exception {
        try (EmbeddedFlink flink = EmbeddedFlink.start(configuration(), 1, null)) {
            Endless.CHECKPOINTED.drainPermits();
            JobClient first = Endless.start(flink.environment());
            awaitCheckpoint();
            String savepoint =
                    first.stopWithSavepoint(false, null, SavepointFormatType.CANONICAL).get();
            assertThat(Path.of(URI.create(savepoint))).startsWith(flink.directory());

            Configuration restored = new Configuration();
            restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
            JobClient second = Endless.start(flink.environment(restored));
            awaitCheckpoint();
            assertThat(second.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);

            restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint + "-gone");
            assertThatThrownBy(() -> Endless.start(flink.environment(restored)))
                    .hasStackTraceContaining(savepoint + "-gone");
        }
    }

    @Test
    void aTakenPortIsRefusedInOneLineThatNamesIt(@TempDir Path directory) throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            Configuration configuration = configuration();
            configuration.set(RestOptions.BIND_PORT, Integer.toString(other.getLocalPort()));
            assertThatThrownBy(() -> EmbeddedFlink.start(configuration, 1, directory))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(
                            "port " + other.getLocalPort() + " for Flink's Web UI is taken")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void theWebUiMovesOnWhenItsOwnPortIsTaken() throws Exception {
        Configuration unsaid = configuration();
        unsaid.removeConfig(RestOptions.BIND_PORT);
        try (EmbeddedFlink first = EmbeddedFlink.start(unsaid, 1, null);
                EmbeddedFlink second = EmbeddedFlink.start(unsaid, 1, null)) {
            assertThat(first.webUi().getPort()).isGreaterThanOrEqualTo(8081);
            assertThat(second.webUi().getPort()).isGreaterThan(first.webUi().getPort());
        }
    }

    @Test
    void readsTheConfigurationOfItsFolder(@TempDir Path directory) throws Exception {
        Files.writeString(
                directory.resolve("config.yaml"), "taskmanager:\n  numberOfTaskSlots: 7\n");
        assertThat(EmbeddedFlink.configuration(directory).get(TaskManagerOptions.NUM_TASK_SLOTS))
                .isEqualTo(7);
        assertThatThrownBy(() -> EmbeddedFlink.configuration(directory.resolve("elsewhere")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("no config.yaml in");
    }

    @Test
    void leavesNoThreadPortOrFolderBehind() throws Exception {
        Set<String> folders = Leftovers.temporaryFolders("");
        Leftovers threads = Leftovers.watch();
        int port;
        try (EmbeddedFlink flink = EmbeddedFlink.start(configuration(), 1, null)) {
            Endless.CHECKPOINTED.drainPermits();
            Endless.start(flink.environment());
            awaitCheckpoint();
            port = flink.webUi().getPort();
        }
        threads.assertNone();
        assertThat(Leftovers.temporaryFolders("")).isEqualTo(folders);
        assertThat(Ports.requireFree(port, "Flink's Web UI")).isEqualTo(port);
    }

    private static void awaitCheckpoint() throws InterruptedException {
        assertThat(Endless.CHECKPOINTED.tryAcquire(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    private static Configuration configuration() {
        Configuration configuration =
                EmbeddedFlink.configuration(
                        Path.of(System.getProperty("shivx.root"), "flink-conf"));
        configuration.set(RestOptions.BIND_PORT, "0");
        return configuration;
    }

    private static String get(URI uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(DEADLINE).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** A job without end that tells of the first checkpoint after each start. */
    private static final class Endless implements MapFunction<Long, Long>, CheckpointListener {
        private static final long serialVersionUID = 1L;
        static final Semaphore CHECKPOINTED = new Semaphore(0);
        private static final long PAUSE_NANOS = 1_000_000;
        private transient boolean checkpointed;

        static JobClient start(StreamExecutionEnvironment environment) throws Exception {
            environment.setParallelism(1);
            environment
                    .fromSequence(0, Long.MAX_VALUE)
                    .uid("numbers")
                    .map(new Endless())
                    .uid("endless")
                    .sinkTo(new DiscardingSink<>())
                    .uid("nowhere");
            return environment.executeAsync("endless");
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            if (!checkpointed) {
                checkpointed = true;
                CHECKPOINTED.release();
            }
        }

        @Override
        public Long map(Long value) {
            LockSupport.parkNanos(PAUSE_NANOS); // endless, but not at the price of a core
            return value;
        }
    }
}
