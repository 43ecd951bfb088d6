package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What {@code shivx init} has written, built by its own wrapper as its user does. */
record WrittenProject(Path folder) {

    static final String SET = "bounce-v1";
    static final String PACKAGE = "org.acme.bounce";

    private static final long BUILD_SECONDS = 300;

    /** How a build of it ended, and everything it printed. */
    record Build(int exitCode, String output) {}

    /** Has it written there. */
    static WrittenProject in(Path folder) throws Exception {
        CommandRun run =
                CommandRun.of("init", folder.toString(), "--name", SET, "--package", PACKAGE);
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out()).contains("cd " + folder, "./mvnw package", "features list");
        return new WrittenProject(folder);
    }

    /**
     * Builds it from what the build under test has fetched: the network is not what is tested, and
     * the repository in the project is a folder.
     */
    Build build(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                folder.resolve("mvnw").toString(),
                                "-B",
                                "-o",
                                "-Daether.offline.protocols=file",
                                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local")));
        command.addAll(List.of(arguments));
        File output = Files.createTempFile("build", ".log").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("MAVEN_ARGS");
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(BUILD_SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output.toPath());
        Files.delete(output.toPath());
        return new Build(process.exitValue(), printed);
    }

    Path target() {
        return folder.resolve("target");
    }

    Path jar() {
        return target().resolve(SET + ".jar");
    }

    /** A Java file of the main or the test code. */
    Path source(String code, String name) {
        return folder.resolve("src/%s/java/org/acme/bounce/%s.java".formatted(code, name));
    }

    /** The lines of its README that call ShivX. */
    List<String> commands() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("README.md"))) {
            return lines.map(String::strip).filter(line -> line.startsWith("shivx ")).toList();
        }
    }

    /**
     * The arguments of the one line that begins so, as the shell in that folder has them: with what
     * it names there.
     */
    String[] command(String begin) throws IOException {
        List<String> lines =
                commands().stream().filter(line -> line.startsWith("shivx " + begin)).toList();
        assertThat(lines).as("lines of " + begin).hasSize(1);
        return Arrays.stream(lines.get(0).split(" "))
                .skip(1)
                .map(this::there)
                .toArray(String[]::new);
    }

    private String there(String argument) {
        String option = argument.substring(0, argument.indexOf('=') + 1);
        String value = argument.substring(option.length());
        boolean file = value.matches("target|ticks\\.jsonl\\.gz|vectors|trained(/model\\.onnx)?");
        return file ? option + folder.resolve(value) : argument;
    }
}
