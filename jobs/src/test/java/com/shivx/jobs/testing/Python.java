package com.shivx.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Python with packages that this project does not install: of the virtual environment that the
 * system property {@code shivx.python} or the variable {@code SHIVX_PYTHON} names.
 */
public final class Python {

    private static final String PROPERTY = "shivx.python";
    private static final String VARIABLE = "SHIVX_PYTHON";

    private Python() {}

    /** Its interpreter; without one, or a package, the test is skipped and says so. */
    public static Path interpreter(String... packages) throws Exception {
        String folder = folder();
        if (folder == null || folder.isBlank()) {
            return skip("set %s to a virtual environment with %s", packages);
        }
        Path interpreter = Path.of(folder).resolve("bin/python");
        if (!Files.isExecutable(interpreter)) {
            return skip("%s in " + folder + " has no bin/python with %s", packages);
        }
        Process process =
                new ProcessBuilder(
                                interpreter.toString(),
                                "-c",
                                "import " + String.join(",", packages))
                        .redirectErrorStream(true)
                        .start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0
                ? interpreter
                : skip("the environment of %s in " + folder + " lacks one of %s", packages);
    }

    /** What a script among the test's resources prints, line by line. */
    public static List<String> lines(Path interpreter, String script, String... arguments)
            throws Exception {
        Path output = Files.createTempFile("python", ".txt");
        List<String> command = new ArrayList<>(List.of(interpreter.toString(), "-"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            try (InputStream source =
                            Objects.requireNonNull(
                                    Python.class.getResourceAsStream(script), script);
                    var input = process.getOutputStream()) {
                source.transferTo(input);
            }
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            assertThat(ended).as("%s has ended: %s", script, lines).isTrue();
            assertThat(process.exitValue()).as("%s: %s", script, lines).isZero();
            return lines;
        } finally {
            Files.delete(output);
        }
    }

    private static @Nullable String folder() {
        String property = System.getProperty(PROPERTY);
        return property == null ? System.getenv(VARIABLE) : property;
    }

    private static Path skip(String why, String... packages) throws IOException {
        return abort(why.formatted(VARIABLE, String.join(", ", packages)));
    }
}
