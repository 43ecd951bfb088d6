package com.shivx.models.registry.mlflow;

import com.shivx.models.registry.RegistryException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a server is reached. MLflow's own environment variables say it: {@code
 * MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}, or {@code MLFLOW_TRACKING_TOKEN},
 * {@code MLFLOW_TRACKING_SERVER_CERT_PATH}, and {@code MLFLOW_HTTP_REQUEST_TIMEOUT} in seconds; a
 * user and password in the URI win. None of the secrets is part of any message.
 */
public final class MlflowAccess {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final URI server;
    private final @Nullable String authorization;
    private final @Nullable Path certificates;
    private final Duration timeout;

    private MlflowAccess(
            URI server,
            @Nullable String authorization,
            @Nullable Path certificates,
            Duration timeout) {
        this.server = server;
        this.authorization = authorization;
        this.certificates = certificates;
        this.timeout = timeout;
    }

    /**
     * @param uri {@code http} or {@code https}, of the server's root
     * @param environment the process's
     * @throws RegistryException naming what is wrong, without its value where that is secret
     */
    public static MlflowAccess of(String uri, Map<String, String> environment) {
        URI parsed = parse(uri);
        String certificates = environment.get("MLFLOW_TRACKING_SERVER_CERT_PATH");
        if ("https".equalsIgnoreCase(parsed.getScheme())
                && "true".equalsIgnoreCase(environment.get("MLFLOW_TRACKING_INSECURE_TLS"))) {
            throw new RegistryException(
                    "MLFLOW_TRACKING_INSECURE_TLS is true, and a server is never trusted blindly here; name its certificate with MLFLOW_TRACKING_SERVER_CERT_PATH");
        }
        return new MlflowAccess(
                withoutUser(parsed),
                authorization(parsed.getRawUserInfo(), environment),
                certificates == null ? null : Path.of(certificates),
                timeout(environment.get("MLFLOW_HTTP_REQUEST_TIMEOUT")));
    }

    private static URI parse(String uri) {
        try {
            URI parsed = new URI(uri);
            if (parsed.getHost() != null
                    && parsed.getRawQuery() == null
                    && parsed.getRawFragment() == null) {
                return parsed;
            }
        } catch (URISyntaxException e) {
            // Its message holds the text, and with it perhaps a password.
        }
        throw new RegistryException(
                "the registry's URI is not of the form http://host:port; correct --registry");
    }

    private static URI withoutUser(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("/+$", "");
        try {
            return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a part of a URI makes none", e);
        }
    }

    private static @Nullable String authorization(
            @Nullable String user, Map<String, String> environment) {
        String name = environment.get("MLFLOW_TRACKING_USERNAME");
        String token = environment.get("MLFLOW_TRACKING_TOKEN");
        if (user != null) {
            return basic(URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        if (name != null && !name.isEmpty()) {
            return basic(name + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", ""));
        }
        if (token == null || token.isEmpty()) {
            return null;
        }
        if (!token.matches("[!-~]+")) {
            throw new RegistryException(
                    "MLFLOW_TRACKING_TOKEN holds characters that no token has; set it again");
        }
        return "Bearer " + token;
    }

    private static String basic(String userAndPassword) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static Duration timeout(@Nullable String seconds) {
        if (seconds == null || seconds.isEmpty()) {
            return DEFAULT_TIMEOUT;
        }
        if (!seconds.matches("[1-9]\\d{0,4}")) {
            throw new RegistryException(
                    "MLFLOW_HTTP_REQUEST_TIMEOUT is '%s', expected 1 to 99999 seconds; set it so"
                            .formatted(seconds));
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    /** The server, without user and password. */
    URI server() {
        return server;
    }

    /** The header of that name; null without. */
    @Nullable String authorization() {
        return authorization;
    }

    /** A file of the certificates to trust instead of Java's own; null without. */
    @Nullable Path certificates() {
        return certificates;
    }

    /** How long one call may take, repetitions included. */
    Duration timeout() {
        return timeout;
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
