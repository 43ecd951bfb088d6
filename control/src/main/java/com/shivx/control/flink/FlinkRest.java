package com.shivx.control.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The few calls of Flink's REST API that are made here. Every one has a timeout, and a failure is
 * one line.
 */
public final class FlinkRest {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /** A jar is tens of megabytes, and {@code run} plans the job before it answers. */
    private static final Duration JAR_TIMEOUT = Duration.ofMinutes(5);

    private static final int NOT_FOUND = 404;

    /** Of a task that has had a slot. */
    private static final Set<String> STARTED = Set.of("RUNNING", "INITIALIZING", "FINISHED");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final Duration answerTimeout;
    private final HttpClient http;

    /** The API of a cluster, at the address of its Web UI. */
    public FlinkRest(URI base) {
        this(base, CONNECT_TIMEOUT, ANSWER_TIMEOUT);
    }

    private FlinkRest(URI base, Duration connectTimeout, Duration answerTimeout) {
        this.base = base;
        this.answerTimeout = answerTimeout;
        http = HttpClient.newBuilder().connectTimeout(connectTimeout).build();
    }

    /** The same that waits no longer than that for an answer: somebody waits for it. */
    FlinkRest within(Duration timeout) {
        return new FlinkRest(base, timeout, timeout);
    }

    /** The address of its Web UI. */
    URI base() {
        return base;
    }

    /** Flink's word for how a job is: {@code RUNNING}, {@code RESTARTING}, {@code FAILED}, … */
    public String state(String jobId) {
        return get("/jobs/" + jobId).path("state").asText("UNKNOWN");
    }

    /** Whether every task of a job runs, so that what is sent now is not kept waiting. */
    public boolean isFullyRunning(String jobId) {
        JsonNode vertices = get("/jobs/" + jobId).path("vertices");
        boolean running = !vertices.isEmpty();
        for (JsonNode vertex : vertices) {
            running &= vertex.path("status").asText().equals("RUNNING");
        }
        return running;
    }

    /**
     * A job's failures that Flink remembers, the latest first, each as the one line of its root
     * cause.
     */
    public List<String> failures(String jobId) {
        List<String> failures = new ArrayList<>();
        for (JsonNode entry :
                get("/jobs/" + jobId + "/exceptions").path("exceptionHistory").path("entries")) {
            failures.add(rootCause(entry.path("stacktrace").asText()));
        }
        return failures;
    }

    /** Ids of the jobs of a name that run. */
    public List<String> running(String name) {
        List<String> ids = new ArrayList<>();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            if (job.path("name").asText().equals(name)
                    && job.path("state").asText().equals("RUNNING")) {
                ids.add(job.path("jid").asText());
            }
        }
        return ids;
    }

    /**
     * Sums, over all operators and subtasks of a job, of the counters of these names. They are as
     * old as {@code metrics.fetcher.update-interval} allows, and missing before the first fetch.
     */
    public Map<String, Long> counters(String jobId, Set<String> names) {
        Map<String, Long> sums = new HashMap<>();
        metrics(
                jobId,
                id -> names.contains(nameOf(id)),
                "sum",
                (id, sum) -> sums.merge(nameOf(id), sum.asLong(), Long::sum));
        return sums;
    }

    /**
     * What a gauge says at most, of all operators and subtasks of a job, as old as counters are.
     *
     * @param name the end of the metric's name, with its labels: {@code model_id.direction.millis}
     */
    public OptionalDouble gauge(String jobId, String name) {
        List<Double> values = new ArrayList<>();
        metrics(
                jobId,
                id -> id.endsWith("." + name),
                "max",
                (id, most) -> values.add(most.asDouble(Double.NaN)));
        return values.stream().mapToDouble(Double::doubleValue).max();
    }

    private void metrics(
            String jobId,
            Predicate<String> wanted,
            String aggregation,
            BiConsumer<String, JsonNode> taker) {
        for (JsonNode vertex : get("/jobs/" + jobId).path("vertices")) {
            String metrics =
                    "/jobs/%s/vertices/%s/subtasks/metrics"
                            .formatted(jobId, vertex.path("id").asText());
            List<String> ids = new ArrayList<>();
            for (JsonNode metric : get(metrics)) {
                String id = metric.path("id").asText();
                if (wanted.test(id)) {
                    ids.add(URLEncoder.encode(id, StandardCharsets.UTF_8));
                }
            }
            if (!ids.isEmpty()) {
                String asked = "?agg=%s&get=%s".formatted(aggregation, String.join(",", ids));
                for (JsonNode metric : get(metrics + asked)) {
                    taker.accept(metric.path("id").asText(), metric.path(aggregation));
                }
            }
        }
    }

    /** {@code Features.vectorsReady} is {@code vectorsReady} of the operator {@code Features}. */
    private static String nameOf(String id) {
        return id.substring(id.lastIndexOf('.') + 1);
    }

    /** Uploads a jar and returns the id the cluster gives it. */
    public String upload(Path jar) {
        return upload(jar, String.valueOf(jar.getFileName()));
    }

    /** The same under a name of the caller's, by which {@link #jars} finds it again. */
    public String upload(Path jar, String name) {
        String boundary = "shivx-" + UUID.randomUUID();
        String head =
                "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\nContent-Type: application/java-archive\r\n\r\n"
                        .formatted(boundary, name);
        String tail = "\r\n--%s--\r\n".formatted(boundary);
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve("/jars/upload"))
                        .timeout(JAR_TIMEOUT)
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(
                                HttpRequest.BodyPublishers.ofInputStream(
                                        () -> concatenated(head, jar, tail)))
                        .build();
        String filename = send(request).path("filename").asText();
        return filename.substring(filename.lastIndexOf('/') + 1);
    }

    /** The jars that the cluster has, by the name they were uploaded with. */
    public Map<String, String> jars() {
        Map<String, String> jars = new HashMap<>();
        for (JsonNode file : get("/jars").path("files")) {
            jars.put(file.path("name").asText(), file.path("id").asText());
        }
        return jars;
    }

    /** Runs a class of an uploaded jar and returns the id of its job. */
    public String run(String jarId, String entryClass, List<String> arguments) {
        return run(jarId, body(entryClass, arguments));
    }

    /**
     * The same under an id that the caller chooses, 32 hexadecimal digits.
     *
     * @throws FlinkRestException if the cluster has had a job of that id
     */
    public void run(String jarId, String entryClass, List<String> arguments, String jobId) {
        run(jarId, body(entryClass, arguments).put("jobId", jobId));
    }

    private static ObjectNode body(String entryClass, List<String> arguments) {
        ObjectNode body = JSON.createObjectNode();
        body.put("entryClass", entryClass);
        arguments.forEach(body.putArray("programArgsList")::add);
        return body;
    }

    private String run(String jarId, ObjectNode body) {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve("/jars/" + jarId + "/run"))
                        .timeout(JAR_TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        return send(request).path("jobid").asText();
    }

    /** How a job is; empty where the cluster knows none of that id. */
    public Optional<JobState> job(String jobId) {
        try {
            JsonNode job = get("/jobs/" + jobId);
            boolean hasStarted = false;
            for (JsonNode vertex : job.path("vertices")) {
                hasStarted |= STARTED.contains(vertex.path("status").asText());
            }
            return Optional.of(new JobState(job.path("state").asText("UNKNOWN"), hasStarted));
        } catch (FlinkRestException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * How a job is.
     *
     * @param state Flink's word for it
     * @param hasStarted whether any of its tasks has got a slot and runs, or is through
     */
    public record JobState(String state, boolean hasStarted) {}

    /** A text that a job's user code has left in an accumulator; empty where it has left none. */
    public Optional<String> accumulator(String jobId, String name) {
        for (JsonNode accumulator :
                get("/jobs/" + jobId + "/accumulators").path("user-task-accumulators")) {
            if (accumulator.path("name").asText().equals(name)) {
                return Optional.of(accumulator.path("value").asText());
            }
        }
        return Optional.empty();
    }

    /** Asks for a job's end, and does not wait for it. */
    public void cancel(String jobId) {
        exchange(
                HttpRequest.newBuilder(base.resolve("/jobs/" + jobId + "?mode=cancel"))
                        .timeout(answerTimeout)
                        .method("PATCH", HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    private JsonNode get(String path) {
        return send(
                HttpRequest.newBuilder(base.resolve(path)).timeout(answerTimeout).GET().build());
    }

    private JsonNode send(HttpRequest request) {
        String body = exchange(request);
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new FlinkRestException(
                    "what answers at %s is not Flink's REST API".formatted(base), 0, e);
        }
    }

    private String exchange(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new FlinkRestException(
                        "Flink at %s refuses: %s"
                                .formatted(base, reason(response.statusCode(), response.body())),
                        response.statusCode(),
                        null);
            }
            return response.body();
        } catch (IOException e) {
            throw new FlinkRestException(
                    "cannot reach Flink at %s (%s): is the cluster up, is it the port of its Web UI?"
                            .formatted(
                                    base,
                                    e.getMessage() == null
                                            ? e.getClass().getSimpleName()
                                            : e.getMessage()),
                    0,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRestException("interrupted while waiting for Flink at " + base, 0, e);
        }
    }

    private static String reason(int status, String body) {
        try {
            StringBuilder errors = new StringBuilder();
            JSON.readTree(body)
                    .path("errors")
                    .forEach(error -> errors.append(error.asText()).append('\n'));
            String cause = rootCause(errors.toString());
            return cause.isEmpty() ? "status " + status : cause;
        } catch (JsonProcessingException e) {
            return "status " + status;
        }
    }

    /** The innermost cause of a printed stack trace, its exception's package left out. */
    static String rootCause(String stackTrace) {
        String cause =
                stackTrace
                        .lines()
                        .filter(line -> line.startsWith("Caused by: "))
                        .reduce((outer, inner) -> inner)
                        .or(() -> stackTrace.lines().filter(line -> !line.isBlank()).findFirst())
                        .orElse("");
        return cause.replaceFirst("^Caused by: ", "")
                .replaceFirst("^(?:[a-z0-9_]+\\.)+(?=[A-Z])", "");
    }

    private static InputStream concatenated(String head, Path file, String tail) {
        try {
            return new SequenceInputStream(
                    Collections.enumeration(
                            List.of(
                                    new ByteArrayInputStream(head.getBytes(StandardCharsets.UTF_8)),
                                    Files.newInputStream(file),
                                    new ByteArrayInputStream(
                                            tail.getBytes(StandardCharsets.UTF_8)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
