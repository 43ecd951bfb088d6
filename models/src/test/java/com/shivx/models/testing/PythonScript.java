package com.shivx.models.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A script in the Python of {@link PythonEnvironment}, without which the test is skipped. */
public final class PythonScript {

    /**
     * Importing MLflow and the libraries of models takes most of a minute where nothing else does.
     */
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private PythonScript() {}

    /**
     * Runs it to its end and returns what it has printed.
     *
     * @param folder to run in; the script and what it complains of are left there
     * @param script its text
     * @throws IllegalStateException with its complaints, if it fails or does not end
     */
    public static String run(Path folder, String script, String... arguments) throws Exception {
        Path file = Files.writeString(folder.resolve("script.py"), script);
        List<String> command = new ArrayList<>();
        command.add(PythonEnvironment.interpreter().toString());
        command.add(file.toString());
        command.addAll(List.of(arguments));
        Path out = folder.resolve("script.out");
        Path err = folder.resolve("script.err");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw failed("has not ended in " + DEADLINE.toMinutes() + " minutes", err);
            }
            if (process.exitValue() != 0) {
                throw failed("ended with " + process.exitValue(), err);
            }
            return Files.readString(out);
        } finally {
            process.destroyForcibly();
        }
    }

    private static IllegalStateException failed(String how, Path err) throws IOException {
        return new IllegalStateException("the script " + how + ":\n" + Files.readString(err));
    }
}
