package com.shivx.models.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real MLflow server on a free port, with SQLite and its artifacts in a folder. It ends with this
 * process, however this process ends: its keeper reads from a pipe that closes then.
 */
public final class MlflowServer implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final int OK = 200;

    private static final String KEEPER =
            """
            import os, signal, subprocess, sys
            server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)
            sys.stdin.read()
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            """;

    private final Path folder;
    private final int port;
    private Process keeper;

    private MlflowServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts one; skips the running test where there is no Python for it.
     *
     * @param folder for its database, artifacts and log
     */
    public static MlflowServer start(Path folder) {
        PythonEnvironment.folder();
        MlflowServer server = new MlflowServer(folder, freePort());
        server.start();
        return server;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String uri() {
        return "http://127.0.0.1:" + port;
    }

    /** The folder that its artifacts lie in. */
    public Path artifacts() {
        return folder.resolve("artifacts");
    }

    /** Starts it again, with all that it had. */
    public void start() {
        Path log = folder.resolve("server.log");
        ProcessBuilder builder =
                new ProcessBuilder(
                        PythonEnvironment.interpreter().toString(),
                        "-c",
                        KEEPER,
                        PythonEnvironment.folder().resolve("bin/mlflow").toString(),
                        "server",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--backend-store-uri",
                        "sqlite:///" + folder.resolve("mlflow.db").toAbsolutePath(),
                        "--artifacts-destination",
                        artifacts().toAbsolutePath().toString(),
                        "--workers",
                        "1");
        builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
        builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            keeper = builder.start();
            long deadline = System.nanoTime() + START.toNanos();
            while (!isUp()) {
                if (!keeper.isAlive() || System.nanoTime() > deadline) {
                    close();
                    throw new IllegalStateException(
                            "MLflow does not start:\n" + Files.readString(log));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isUp() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(uri() + "/health").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills it; {@link #start()} goes on from its files. */
    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
            if (!keeper.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                keeper.descendants().forEach(ProcessHandle::destroyForcibly);
                keeper.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            keeper.descendants().forEach(ProcessHandle::destroyForcibly);
            keeper.destroyForcibly();
        }
    }
}
