package com.shivx.models.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** A virtual environment with MLflow and ONNX, which {@code .ci/python} makes. */
public final class PythonEnvironment {

    private PythonEnvironment() {}

    /**
     * Its folder: the system property {@code shivx.python}, else the variable {@code SHIVX_PYTHON};
     * without it the running tests are skipped and say so.
     */
    public static Path folder() {
        String variable = System.getenv("SHIVX_PYTHON");
        String named = System.getProperty("shivx.python", variable == null ? "" : variable);
        Path folder = Path.of(named);
        assumeTrue(
                !named.isEmpty() && Files.isExecutable(folder.resolve("bin/mlflow")),
                () ->
                        "SKIPPED: no Python with MLflow"
                                + (named.isEmpty() ? "" : " at " + folder.toAbsolutePath())
                                + "; .ci/python makes one, and SHIVX_PYTHON names it");
        return folder;
    }

    /** Its interpreter. */
    public static Path interpreter() {
        return folder().resolve("bin/python");
    }
}
