package com.shivx.models.registry.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Bump;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.Change;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.Registration;
import com.shivx.models.registry.RegistryException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A JVM of its own that registers one version after the other until it is told to stop. */
final class RegisteringProcess implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final String name;
    private final Path complaints;
    private final Process process;
    private final Thread reader;
    private final List<String> made = new CopyOnWriteArrayList<>();

    private RegisteringProcess(String name, Path complaints, Process process) {
        this.name = name;
        this.complaints = complaints;
        this.process = process;
        reader = new Thread(this::readAll, "reads of " + name);
        reader.start();
    }

    /**
     * Starts one.
     *
     * @param registry the registry's folder
     * @param name who registers, in the audit and on the versions
     * @param referenceBytes about how large the drift reference of each version is
     */
    static RegisteringProcess start(Path registry, String model, String name, int referenceBytes)
            throws IOException {
        ProcessBuilder jvm =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        RegisteringProcess.class.getName(),
                        registry.toString(),
                        model,
                        name,
                        String.valueOf(referenceBytes));
        jvm.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Path complaints = registry.resolveSibling(name + ".err");
        return new RegisteringProcess(
                name, complaints, jvm.redirectError(complaints.toFile()).start());
    }

    private void readAll() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            lines.lines().forEach(made::add);
        } catch (IOException e) {
            throw new IllegalStateException("what %s prints cannot be read".formatted(name), e);
        }
    }

    String name() {
        return name;
    }

    /** The versions that it has said to have registered so far. */
    List<String> made() {
        return List.copyOf(made);
    }

    /** Fails unless it still runs. */
    void mustRun() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError(
                    "%s has ended with %d:\n%s"
                            .formatted(name, process.exitValue(), Files.readString(complaints)));
        }
    }

    /** Ends it at once, whatever it is doing; all that it has said is in {@link #made()} then. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        end();
    }

    /** Lets it end the registration that it is at, and fails unless it ends well. */
    void stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        end();
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    "%s has ended with %d:\n%s"
                            .formatted(name, process.exitValue(), Files.readString(complaints)));
        }
    }

    private void end() throws InterruptedException {
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(name + " does not end");
        }
        reader.join(DEADLINE.toMillis());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** In the process: prints each version once it is registered. */
    public static void main(String[] arguments) throws Exception {
        AtomicBoolean told = new AtomicBoolean();
        Thread ear =
                new Thread(
                        () -> {
                            // Closed by whoever has started this, or with it.
                            try {
                                System.in.transferTo(OutputStream.nullOutputStream());
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            } finally {
                                told.set(true);
                            }
                        });
        ear.setDaemon(true);
        ear.start();
        ModelRegistry registry =
                new ModelRegistry(
                        new LocalHome(Path.of(arguments[0])),
                        InstantSource.system(),
                        new ModelLoader(2, DEADLINE));
        Registration registration =
                new Registration(
                        Candidates.artifact(arguments[1], "0.0.0"),
                        Bump.PATCH,
                        Map.of(
                                ArtifactFile.REFERENCE,
                                Candidates.bytes(
                                        "{\"padding\": \"%s\"}"
                                                .formatted(
                                                        "x"
                                                                .repeat(
                                                                        Integer.parseInt(
                                                                                arguments[3]))))),
                        new Change(arguments[2], "for a test"));
        while (!told.get()) {
            try {
                System.out.println(registry.register(registration).version());
            } catch (RegistryException e) {
                // Whoever writes more may lose to the others as often as is tried, and tries again.
                if (!String.valueOf(e.getMessage()).endsWith("try again")) {
                    throw e;
                }
            }
        }
    }
}
