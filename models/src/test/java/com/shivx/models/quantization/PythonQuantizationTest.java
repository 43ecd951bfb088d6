package com.shivx.models.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.testing.Networks;
import com.shivx.models.testing.Networks.Layer;
import com.shivx.models.testing.Quantized;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Beside {@code onnxruntime.quantization.quantize_static} of Python, on the same network and rows.
 * Needs a virtual environment with onnx, onnxruntime and sympy, named by the system property {@code
 * shivx.python} or by SHIVX_PYTHON.
 */
class PythonQuantizationTest {

    private static final int COLUMNS = 32;
    private static final long DEADLINE_SECONDS = 240;

    @TempDir private Path folder;

    @Test
    void isAsCloseToTheOriginalAsPythonsIs() throws Exception {
        String python = System.getProperty("shivx.python", System.getenv("SHIVX_PYTHON"));
        if (python == null) {
            System.out.println("skipped: no Python: set SHIVX_PYTHON to a virtual environment");
        }
        assumeThat(python).as("SHIVX_PYTHON").isNotNull();
        float[][] calibration = Networks.rows(21, 8_000, COLUMNS);
        ModelArtifact original = Networks.of(Layer.GEMM, COLUMNS, 256, 256);
        ModelArtifact ours = Quantized.of(original, Quantized.rows(calibration)).quantized();

        String line =
                run(
                        Path.of(python, "bin", "python").toString(),
                        script(),
                        write("float.onnx", original.bytes()),
                        write("ours.onnx", ours.bytes()),
                        write("calibration.f32", bytes(calibration)),
                        write("evaluation.f32", bytes(Networks.rows(22, 8_000, COLUMNS))),
                        String.valueOf(COLUMNS),
                        folder.resolve("theirs.onnx").toString());

        String[] figures = line.split(" ");
        double ourError = Double.parseDouble(figures[2]);
        double theirError = Double.parseDouble(figures[3]);
        System.out.printf(
                Locale.ROOT,
                "ours %s bytes, mean |dp| %.2e; quantize_static %s bytes, mean |dp| %.2e%n",
                figures[0],
                ourError,
                figures[1],
                theirError);
        assertThat(ourError).isPositive().isLessThan(1.5 * theirError);
        assertThat(Long.parseLong(figures[0])).isLessThan(Long.parseLong(figures[1]) * 11 / 10);
    }

    private static String script() throws Exception {
        return Path.of(
                        PythonQuantizationTest.class
                                .getResource("/quantization/quantize_static.py")
                                .toURI())
                .toString();
    }

    private String write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }

    private static byte[] bytes(float[][] rows) {
        ByteBuffer bytes =
                ByteBuffer.allocate(rows.length * COLUMNS * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float value : row) {
                bytes.putFloat(value);
            }
        }
        return bytes.array();
    }

    /** The last line that it prints. */
    private String run(String... command) throws Exception {
        Path output = folder.resolve("output.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(ended && process.exitValue() == 0)
                .as("%s\n%s", List.of(command), lines)
                .isTrue();
        return lines.get(lines.size() - 1);
    }
}
