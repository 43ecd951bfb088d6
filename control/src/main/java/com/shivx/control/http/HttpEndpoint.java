package com.shivx.control.http;

import com.shivx.control.ControlException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The API on a port, by the JDK's own server: a handful of small answers needs no framework, and
 * those there are bring a logging API that Flink's does not go with.
 */
public final class HttpEndpoint implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int BACKLOG = 64;

    /** Seconds for a request to come in and for an answer to go out. */
    private static final String EXCHANGE_SECONDS = "30";

    private static final long MAX_BODY = 1 << 20;

    private static final String CONNECTIONS = "200";

    private final HttpServer server;
    private final ExecutorService threads;
    private final ControlApi api;

    private HttpEndpoint(HttpServer server, ExecutorService threads, ControlApi api) {
        this.server = server;
        this.threads = threads;
        this.api = api;
    }

    /**
     * Listens.
     *
     * @param port 0 for any that is free
     * @throws ControlException if another program listens there, or the address is none of here
     */
    public static HttpEndpoint start(String address, int port, ControlApi api) {
        limit("sun.net.httpserver.maxReqTime", EXCHANGE_SECONDS);
        limit("sun.net.httpserver.maxRspTime", EXCHANGE_SECONDS);
        limit("jdk.httpserver.maxConnections", CONNECTIONS);
        InetSocketAddress place = new InetSocketAddress(address, port);
        if (place.isUnresolved()) {
            throw new ControlException(
                    "'%s' is no address; give another (control.address)".formatted(address), null);
        }
        try {
            HttpServer server = HttpServer.create(place, BACKLOG);
            ExecutorService threads =
                    Executors.newFixedThreadPool(
                            THREADS,
                            task -> {
                                Thread thread = new Thread(task, "control-http");
                                thread.setDaemon(true);
                                return thread;
                            });
            HttpEndpoint endpoint = new HttpEndpoint(server, threads, api);
            server.setExecutor(threads);
            server.createContext("/", endpoint::handle);
            server.start();
            return endpoint;
        } catch (BindException e) {
            throw new ControlException(
                    "%s:%d cannot be listened on (%s); give another port (control.port) or address (control.address)"
                            .formatted(address, port, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new ControlException(
                    "the HTTP API does not start at %s:%d: %s"
                            .formatted(address, port, e.getMessage()),
                    e);
        }
    }

    /** The server has no other way of being told, and waits for ever by default. */
    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Where it listens. */
    public URI uri() {
        InetSocketAddress address = server.getAddress();
        return URI.create(
                "http://%s:%d"
                        .formatted(
                                address.getAddress().isAnyLocalAddress()
                                        ? "localhost"
                                        : address.getHostString(),
                                address.getPort()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            readOver(exchange.getRequestBody());
            ControlApi.Answer answer =
                    api.answer(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getRawPath(),
                            exchange.getRequestURI().getRawQuery());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            if (answer.allow() != null) {
                exchange.getResponseHeaders().set("Allow", answer.allow());
            }
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), isHead ? -1 : answer.body().length);
            if (!isHead) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    /** Nothing takes a body; one that is left unread resets the connection before the answer. */
    private static void readOver(InputStream body) throws IOException {
        byte[] chunk = new byte[8_192];
        int read = 0;
        for (long left = MAX_BODY; left > 0 && read >= 0; left -= read) {
            read = body.read(chunk);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            threads.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
