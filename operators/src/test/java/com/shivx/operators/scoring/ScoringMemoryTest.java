package com.shivx.operators.scoring;

import static com.shivx.models.testing.DirectionModels.alone;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.shivx.models.deployment.ModelRef;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.testing.DirectionModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that has gone leaves no native memory behind. */
class ScoringMemoryTest {

    private static final Path RESIDENT = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4096;

    /** A session of it takes about 2 MB: ninety, kept, are ten times what is allowed. */
    private static final int BALLAST = 1 << 18;

    @TempDir private Path folder;
    @TempDir private Path store;

    /** In a JVM of its own, whose heap is resident from the start: what grows there is native. */
    @Test
    void isAsLargeAfterAHundredSwapsAsAfterTen() throws Exception {
        assumeTrue(Files.exists(RESIDENT), "SKIPPED: no " + RESIDENT + " on this system");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("flink.jvm.opens").split(" ")));
        command.addAll(
                List.of(
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        // The optimizing compiler takes and gives back megabytes of its own.
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        ScoringMemoryTest.class.getName(),
                        folder.toString(),
                        store.toString()));
        ProcessBuilder jvm = new ProcessBuilder(command);
        jvm.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        jvm.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = jvm.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            assertThat(process.waitFor()).as(printed).isZero();
            long[] resident = Stream.of(printed.split(" ")).mapToLong(Long::parseLong).toArray();
            assertThat((double) resident[1])
                    .as("resident bytes after a hundred swaps; %d after ten", resident[0])
                    .isLessThan(1.05 * resident[0]);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Goes from one version to the other and back while vectors come; prints what is resident after
     * ten swaps and after a hundred.
     */
    public static void main(String[] folders) throws Exception {
        Path folder = Path.of(folders[0]);
        ModelRef[] versions = {
            DirectionModels.write(
                    folder, "1.0.0", DirectionModels.constant("1.0.0", 0.25f, BALLAST)),
            DirectionModels.write(
                    folder, "2.0.0", DirectionModels.constant("2.0.0", 0.75f, BALLAST))
        };
        try (DeployedScoring scoring = new DeployedScoring(folder, Path.of(folders[1]), 0).open()) {
            long afterTen = 0;
            for (int swap = 1; swap <= 100; swap++) {
                int generation = swap;
                scoring.deploy(alone(generation, versions[swap % 2]));
                scoring.await(
                        () -> {
                            scoring.send(16);
                            return scoring.isServing(generation);
                        });
                scoring.send(16);
                scoring.clearOutput();
                // The baseline and the version: the one before is freed.
                scoring.await(() -> OnnxModel.open() == 2);
                if (swap == 10) {
                    afterTen = resident();
                }
            }
            System.out.println(afterTen + " " + resident());
        }
    }

    private static long resident() throws Exception {
        System.gc();
        return Long.parseLong(Files.readString(RESIDENT).split(" ")[1]) * PAGE_BYTES;
    }
}
