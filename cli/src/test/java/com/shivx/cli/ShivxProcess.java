package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the whole command in a JVM of its own, as the launcher starts it, for a test to kill.
 */
final class ShivxProcess implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /** Of an HTTP API, where it tells that it listens. */
    private static final Pattern LISTENS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+(?=;)");

    private final Process process;
    private final Path out;

    private ShivxProcess(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    /**
     * Starts one.
     *
     * @param folder of its own, for what it prints and its files
     */
    static ShivxProcess start(Path folder, String... args) throws IOException {
        Files.createDirectories(folder);
        Path out = folder.resolve("out.txt");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1"));
        for (String property : List.of("shivx.root", "log4j2.configurationFile")) {
            String value = System.getProperty(property);
            if (value != null) {
                command.add("-D%s=%s".formatted(property, value));
            }
        }
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
        command.add(ShivxProcess.class.getName());
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new ShivxProcess(builder.start(), out);
    }

    /** Returns when its HTTP API says that it is up. */
    void awaitUp() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        Until.holds(
                "it is up",
                () -> {
                    assertThat(process.isAlive()).as("it has ended:\n%s", this).isTrue();
                    Matcher listens = LISTENS.matcher(printed());
                    return listens.find()
                            && get(http, URI.create(listens.group()).resolve("/health"))
                                    .contains("\"UP\"");
                });
    }

    /** What its HTTP API answers. */
    String get(String path) throws Exception {
        Matcher listens = LISTENS.matcher(printed());
        assertThat(listens.find()).as("%s", this).isTrue();
        return get(HttpClient.newHttpClient(), URI.create(listens.group()).resolve(path));
    }

    private static String get(HttpClient http, URI uri) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(uri).timeout(DEADLINE).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    String printed() throws IOException {
        return Files.readString(out);
    }

    /** Ends it as {@code kill -9} does, whatever it is doing; fails if it has ended by itself. */
    void kill() throws Exception {
        assertThat(process.isAlive()).as("it runs until it is killed:\n%s", this).isTrue();
        process.destroyForcibly();
        assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Everything it has printed, for whoever wonders why a test fails. */
    @Override
    public String toString() {
        try {
            return printed();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** In the process: the command, that does not outlive whoever has started it. */
    public static void main(String[] args) {
        Thread ear =
                new Thread(
                        () -> {
                            try {
                                System.in.transferTo(OutputStream.nullOutputStream());
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            } finally {
                                Runtime.getRuntime().halt(1);
                            }
                        });
        ear.setDaemon(true);
        ear.start();
        Shivx.main(args);
    }
}
