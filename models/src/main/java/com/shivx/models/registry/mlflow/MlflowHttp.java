package com.shivx.models.registry.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.models.registry.RegistryException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one server. Each has a time within which it succeeds or fails with one line; within it,
 * whatever may be done twice is tried again while the server is away, as it is when it restarts.
 */
final class MlflowHttp {

    private static final String API = "/api/2.0";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A page of the longest list that is asked for has a few megabytes. */
    private static final long MAX_JSON_BYTES = 64L << 20;

    /** What a body of megabytes may take longer, at a megabyte a second. */
    private static final long BYTES_A_SECOND = 1 << 20;

    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    /** For a server that was never there nobody waits as for one that restarts. */
    private static final Duration FIRST_CONTACT = Duration.ofSeconds(2);

    /** An error of its own is no restart: seldom cured by asking again. */
    private static final int MOST_SERVER_ERRORS = 5;

    /** As SQLite, MySQL and PostgreSQL say it. */
    private static final Pattern COLLISION = Pattern.compile("IntegrityError|UniqueViolation");

    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final MlflowAccess access;
    private final HttpClient client;
    private volatile boolean reached;

    MlflowHttp(MlflowAccess access) {
        this.access = access;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(access.timeout());
        Path certificates = access.certificates();
        if (certificates != null) {
            builder.sslContext(TrustedCertificates.in(certificates));
        }
        client = builder.build();
    }

    /** The server, without secrets. */
    String server() {
        return access.toString();
    }

    JsonNode get(String path, Map<String, String> query) {
        String text =
                query.entrySet().stream()
                        .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                        .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
        return json(path, send(request(path + text, 0).GET().build(), MAX_JSON_BYTES, true));
    }

    /** Asks for what may be asked for twice. */
    JsonNode post(String path, JsonNode body) {
        return call("POST", path, body, true);
    }

    /**
     * Asks for what must not be done twice.
     *
     * @throws MlflowUnknownException if it is not known whether it was done
     */
    JsonNode postOnce(String path, JsonNode body) {
        return call("POST", path, body, false);
    }

    JsonNode patch(String path, JsonNode body) {
        return call("PATCH", path, body, true);
    }

    JsonNode delete(String path, JsonNode body) {
        return call("DELETE", path, body, true);
    }

    private JsonNode call(String method, String path, JsonNode body, boolean isRepeatable) {
        HttpRequest request =
                request(path, 0)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.toString()))
                        .build();
        return json(path, send(request, MAX_JSON_BYTES, isRepeatable));
    }

    void putBytes(String path, byte[] bytes) {
        HttpRequest request =
                request(path, bytes.length)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(bytes))
                        .build();
        send(request, MAX_JSON_BYTES, true);
    }

    byte[] getBytes(String path, long maxBytes) {
        return send(request(path, maxBytes).GET().build(), maxBytes, true);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String pathAndQuery, long bodyBytes) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(access.server() + API + pathAndQuery))
                        .timeout(access.timeout().plusSeconds(bodyBytes / BYTES_A_SECOND));
        String authorization = access.authorization();
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        return builder;
    }

    private byte[] send(HttpRequest request, long maxBytes, boolean isRepeatable) {
        Duration time = request.timeout().orElse(access.timeout());
        long start = System.nanoTime();
        long pause = FIRST_PAUSE_NANOS;
        int serverErrors = 0;
        while (true) {
            Attempt attempt = attempt(request, maxBytes, time.toNanos() - nanosSince(start));
            HttpResponse<byte[]> answer = attempt.answer;
            if (answer != null) {
                reached = true;
                boolean isCollision = isCollision(answer);
                serverErrors += isCollision || answer.statusCode() == SERVER_ERROR ? 1 : 0;
                boolean isTransient = isCollision || isTransient(answer.statusCode());
                if (isTransient && !isRepeatable) {
                    throw new MlflowUnknownException(
                            String.valueOf(refused(request, answer).getMessage()));
                }
                if (!isTransient || serverErrors == MOST_SERVER_ERRORS) {
                    return body(request, answer);
                }
            } else if (!isRepeatable && !attempt.isUnsent()) {
                throw new MlflowUnknownException(gone(request, attempt, start), attempt.failure);
            }
            boolean isPatient = reached || !attempt.isUnsent();
            Duration limit = isPatient || time.compareTo(FIRST_CONTACT) < 0 ? time : FIRST_CONTACT;
            if (nanosSince(start) + pause >= limit.toNanos()) {
                if (answer != null) {
                    return body(request, answer);
                }
                throw new RegistryException(gone(request, attempt, start), attempt.failure);
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    /** What came of one attempt: an answer, or why there is none. */
    private record Attempt(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {

        /** Whether the server has certainly not seen it. */
        boolean isUnsent() {
            return failure instanceof ConnectException;
        }
    }

    private Attempt attempt(HttpRequest request, long maxBytes, long nanos) {
        CompletableFuture<HttpResponse<byte[]>> call =
                client.sendAsync(request, info -> new LimitedBody(maxBytes));
        try {
            return new Attempt(call.get(Math.max(0, nanos), TimeUnit.NANOSECONDS), null);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (!(cause instanceof IOException)) {
                throw new RegistryException(
                        "%s cannot be called: %s; correct the address"
                                .formatted(words(request), cause),
                        cause);
            }
            if (cause instanceof LimitedBody.TooLargeException
                    || cause.getCause() instanceof LimitedBody.TooLargeException) {
                throw new RegistryException(
                        "%s answers with more than %d bytes; see what it is that lies there"
                                .formatted(words(request), maxBytes),
                        cause);
            }
            if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
                throw new RegistryException(
                        "%s is not reached safely: %s; name the server's certificate with MLFLOW_TRACKING_SERVER_CERT_PATH"
                                .formatted(words(request), cause.getMessage()),
                        cause);
            }
            return new Attempt(null, cause);
        } catch (TimeoutException e) {
            call.cancel(true);
            return new Attempt(null, e);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new RegistryException(
                    "%s was interrupted; ask again".formatted(words(request)), e);
        }
    }

    private static long nanosSince(long start) {
        return System.nanoTime() - start;
    }

    private static boolean isTransient(int status) {
        return status == TOO_MANY || status >= SERVER_ERROR;
    }

    /**
     * Whether the server's database has refused one of two that wrote the same at once, which the
     * server does not try again itself (seen with 3.17.2, when an alias is set for the first time).
     */
    private static boolean isCollision(HttpResponse<byte[]> answer) {
        JsonNode error = answer.statusCode() == BAD_REQUEST ? parse(answer.body()) : null;
        return error != null
                && error.path("error_code").asText().equals("BAD_REQUEST")
                && COLLISION.matcher(error.path("message").asText()).find();
    }

    private byte[] body(HttpRequest request, HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 == 2) {
            return answer.body();
        }
        throw refused(request, answer);
    }

    private MlflowAnswerException refused(HttpRequest request, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        JsonNode error = parse(answer.body());
        String code = error == null ? "" : error.path("error_code").asText();
        String message =
                error == null ? "" : error.path("message").asText().lines().findFirst().orElse("");
        return new MlflowAnswerException(
                code,
                "%s is refused with %d %s; %s"
                        .formatted(
                                words(request),
                                status,
                                message.isEmpty() ? code : message,
                                remedy(status)));
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401 ->
                    "set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN";
            case 403 ->
                    "ask for the permission, or let the server allow this host (--allowed-hosts)";
            case 301, 302, 307, 308 -> "name the address that it has now";
            default -> status >= SERVER_ERROR ? "see the server's log" : "see what it holds";
        };
    }

    private String gone(HttpRequest request, Attempt attempt, long start) {
        return "%s has no answer within %d s (%s); start the server, or name another with --registry"
                .formatted(
                        words(request),
                        Duration.ofNanos(nanosSince(start)).toSeconds(),
                        reason(attempt));
    }

    private static String reason(Attempt attempt) {
        Throwable failure = attempt.failure;
        if (failure instanceof ConnectException) {
            return "no connection";
        }
        return failure == null || failure instanceof TimeoutException
                ? "nothing comes"
                : String.valueOf(failure.getMessage());
    }

    /** The call without query and secrets. */
    private String words(HttpRequest request) {
        return "MLflow at %s: %s %s"
                .formatted(
                        server(),
                        request.method(),
                        request.uri().getPath().replaceFirst("^.*?" + API, ""));
    }

    private JsonNode json(String path, byte[] body) {
        if (body.length == 0) {
            return JSON.createObjectNode();
        }
        JsonNode node = parse(body);
        if (node == null) {
            throw new RegistryException(
                    "%s answers %s with no JSON; name an MLflow server"
                            .formatted(server(), path.replaceFirst("\\?.*", "")));
        }
        return node;
    }

    private static @Nullable JsonNode parse(byte[] body) {
        try {
            JsonNode node = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            return node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
