package com.shivx.bench.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.bench.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;

/** A job on the rig's cluster, until it is closed. */
public final class RunningJob implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Rig rig;
    private final JobClient client;
    private final String name;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * A checkpoint that is complete.
     *
     * @param triggeredMillis when it began, milliseconds since the epoch
     * @param millis from its beginning to its end
     * @param stateBytes all state in it, whether written by it or by an earlier one
     * @param completed how many there have been, this one included
     * @param failed how many have failed
     */
    public record Checkpoint(
            long triggeredMillis, long millis, long stateBytes, long completed, long failed) {}

    RunningJob(Rig rig, JobClient client, String name) {
        this.rig = rig;
        this.client = client;
        this.name = name;
    }

    /** The name it was started under. */
    public String name() {
        return name;
    }

    /**
     * Makes sure that it still runs.
     *
     * @throws BenchException with the cause of its failure
     */
    public void check() throws InterruptedException {
        JobStatus status = answer(client.getJobStatus());
        if (status.isTerminalState()) {
            String cause = "its state is " + status;
            try {
                client.getJobExecutionResult().get(ANSWER.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                cause = rootMessage(e);
            } catch (TimeoutException e) {
                throw new BenchException(name + " has ended and does not say why", e);
            }
            throw new BenchException(name + " has failed: " + cause);
        }
    }

    /** Its latest complete checkpoint, if it has one. */
    public Optional<Checkpoint> latestCheckpoint() throws InterruptedException {
        JsonNode answer = get("/jobs/" + client.getJobID() + "/checkpoints");
        JsonNode latest = answer.path("latest").path("completed");
        if (latest.isMissingNode() || latest.isNull()) {
            return Optional.empty();
        }
        return Optional.of(
                new Checkpoint(
                        latest.path("trigger_timestamp").asLong(),
                        latest.path("end_to_end_duration").asLong(),
                        latest.path("state_size").asLong(),
                        answer.path("counts").path("completed").asLong(),
                        answer.path("counts").path("failed").asLong()));
    }

    private JsonNode get(String path) throws InterruptedException {
        URI uri = rig.webUi().resolve(path);
        try {
            HttpResponse<byte[]> response =
                    http.send(
                            HttpRequest.newBuilder(uri).timeout(ANSWER).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new BenchException("%s answers %d".formatted(uri, response.statusCode()));
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new BenchException("%s does not answer: %s".formatted(uri, e), e);
        }
    }

    private <T> T answer(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new BenchException(name + ": " + rootMessage(e), e);
        } catch (TimeoutException e) {
            throw new BenchException(
                    "%s: the cluster does not answer for %d s; see the log"
                            .formatted(name, ANSWER.toSeconds()),
                    e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    /** Cancels it, and returns when it has ended. */
    @Override
    public void close() {
        try {
            if (answer(client.getJobStatus()).isTerminalState()) {
                return;
            }
            answer(client.cancel());
            client.getJobExecutionResult().get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // Cancelled: what was asked for.
        } catch (TimeoutException e) {
            throw new BenchException(
                    "%s does not end within %d s; see the log".formatted(name, ANSWER.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
