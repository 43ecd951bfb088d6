package com.shivx.jobs.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Flink cluster from the distribution that people download, as processes of its own start
 * scripts. Nothing in the distribution is changed: configuration, logs and a {@code lib} of links
 * with ONNX Runtime added lie in a folder of the test.
 */
public final class GenuineFlink implements AutoCloseable {

    private final Path home;
    private final Path work;
    private final int port = freePort();
    private final List<Process> processes = new ArrayList<>();
    private Process taskManager;

    /**
     * Starts a JobManager and one TaskManager.
     *
     * @param settings lines for the cluster's {@code config.yaml}
     */
    public GenuineFlink(Path home, Path work, Path onnxRuntime, String settings) throws Exception {
        this.home = home;
        this.work = work;
        Path lib = Files.createDirectories(work.resolve("lib"));
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            for (Path jar : jars.toList()) {
                Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar.toAbsolutePath());
            }
        }
        Files.copy(onnxRuntime, lib.resolve("onnxruntime.jar"));
        configure(settings);
        processes.add(start("jobmanager.sh", "start-foreground"));
        taskManager = startTaskManager();
        Until.holds(
                "a registered TaskManager", () -> get("/overview").contains("\"taskmanagers\":1"));
    }

    /** Runs {@code bin/flink} with arguments and returns what it prints. */
    public String flink(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("flink"));
        command.addAll(List.of(arguments));
        Path output = work.resolve("flink-client.out");
        Process process = builder(command).redirectOutput(output.toFile()).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    "bin/flink " + String.join(" ", arguments) + " failed:\n" + printed);
        }
        return printed;
    }

    /** Kills the TaskManager as {@code kill -9} does and starts another. */
    public void killTaskManager() throws Exception {
        taskManager.descendants().forEach(ProcessHandle::destroyForcibly);
        taskManager.destroyForcibly().waitFor();
        taskManager = startTaskManager();
    }

    /** What the REST API answers; nothing while it does not. */
    public String get(String path) throws InterruptedException {
        try {
            return send(path, HttpRequest.Builder::GET).body();
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether a job that ends by itself has; fails where it has ended otherwise. */
    public boolean isFinished(String job) throws InterruptedException {
        String answer = get("/jobs/" + job);
        if (answer.contains("\"state\":\"FAILED\"")) {
            throw new AssertionError(get("/jobs/" + job + "/exceptions"));
        }
        return answer.contains("\"state\":\"FINISHED\"");
    }

    /** What TaskManagers have written to standard output. */
    public String printed() throws IOException {
        StringBuilder printed = new StringBuilder();
        try (Stream<Path> files = Files.list(work)) {
            for (Path file :
                    files.filter(path -> path.getFileName().toString().startsWith("taskmanager"))
                            .sorted()
                            .toList()) {
                printed.append(Files.readString(file));
            }
        }
        return printed.toString();
    }

    /** Uploads a jar, as the Web UI's page does, and returns the name it has there. */
    public String upload(Path jar) throws Exception {
        String boundary = "----" + UUID.randomUUID();
        String head =
                "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\n"
                                .formatted(boundary, jar.getFileName())
                        + "Content-Type: application/java-archive\r\n\r\n";
        HttpRequest.BodyPublisher form =
                HttpRequest.BodyPublishers.concat(
                        HttpRequest.BodyPublishers.ofString(head),
                        HttpRequest.BodyPublishers.ofFile(jar),
                        HttpRequest.BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        String answer =
                require(
                        send(
                                "/jars/upload",
                                request ->
                                        request.header(
                                                        "Content-Type",
                                                        "multipart/form-data; boundary=" + boundary)
                                                .POST(form)));
        return found(answer, "\"filename\":\"[^\"]*/([^\"/]+)\"");
    }

    /**
     * Runs an uploaded jar and returns the job's id.
     *
     * @param query what comes after the path, with its question mark, or nothing
     * @param json the request's body
     */
    public String run(String jar, String query, String json) throws Exception {
        String answer =
                require(
                        send(
                                "/jars/" + jar + "/run" + query,
                                request ->
                                        request.header("Content-Type", "application/json")
                                                .POST(HttpRequest.BodyPublishers.ofString(json))));
        return found(answer, "\"jobid\":\"(\\w+)\"");
    }

    /** Cancels a job and returns when its slots are free. */
    public void cancel(String job) throws Exception {
        require(
                send(
                        "/jobs/" + job + "?mode=cancel",
                        request -> request.method("PATCH", HttpRequest.BodyPublishers.noBody())));
        Until.holds(
                "the job cancelled, its slots free",
                () ->
                        get("/jobs/" + job).contains("\"state\":\"CANCELED\"")
                                && get("/overview").contains("\"slots-available\":2"));
    }

    /** The part of a text in the pattern's first group. */
    public static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in: " + text);
        }
        return matcher.group(1);
    }

    private HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> request)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + port + path);
        return HttpClient.newHttpClient()
                .send(
                        request.apply(HttpRequest.newBuilder(uri)).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String require(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new AssertionError(answer + ": " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() throws Exception {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        for (Process process : processes) {
            process.waitFor();
        }
        try (Stream<Path> links = Files.list(work.resolve("lib"))) {
            for (Path link : links.toList()) {
                Files.delete(link);
            }
        }
    }

    private Process startTaskManager() throws IOException {
        Process process = start("taskmanager.sh", "start-foreground");
        processes.add(process);
        return process;
    }

    /**
     * The distribution's own settings; ours are the ports and folders of this run, and two slots.
     */
    private void configure(String given) throws IOException {
        Path conf = Files.createDirectories(work.resolve("conf"));
        try (Stream<Path> files = Files.list(home.resolve("conf"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, conf.resolve(file.getFileName()));
            }
        }
        String settings =
                """

                rest.port: %d
                rest.bind-port: %d
                jobmanager.rpc.port: %d
                blob.server.port: 0
                taskmanager.numberOfTaskSlots: 2
                parallelism.default: 2
                io.tmp.dirs: %s
                execution.checkpointing.dir: %s
                """
                        .formatted(
                                port, port, freePort(), work, work.resolve("checkpoints").toUri());
        Path config = conf.resolve("config.yaml");
        String shipped =
                Files.readString(config)
                        .replaceAll("(?m)^(\\s+)port: (6123|8081)$", "$1# port: $2");
        Files.writeString(config, shipped + settings + given);
    }

    private Process start(String... command) throws IOException {
        return builder(List.of(command))
                .redirectOutput(work.resolve(command[0] + "-" + processes.size() + ".out").toFile())
                .start();
    }

    private ProcessBuilder builder(List<String> command) {
        List<String> whole = new ArrayList<>(command);
        whole.set(0, home.resolve("bin").resolve(command.get(0)).toString());
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
        builder.environment()
                .putAll(
                        Map.of(
                                "FLINK_CONF_DIR", work.resolve("conf").toString(),
                                "FLINK_LIB_DIR", work.resolve("lib").toString(),
                                "FLINK_LOG_DIR", work.resolve("log").toString(),
                                "FLINK_PID_DIR", work.toString(),
                                "JAVA_HOME", System.getProperty("java.home")));
        return builder;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
