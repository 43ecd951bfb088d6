package com.shivx.models.candidate;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.artifact.NamedNumbers;
import com.shivx.models.benchmark.ModelBenchmark;
import com.shivx.models.benchmark.SpeedFigures;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.training.Rows;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * How fast a candidate is on the machine that has trained it, kept with its version: what loading,
 * a lone row and batches cost. It is no part of the candidate, which is the same on every machine.
 */
public final class CandidateSpeed {

    private static final List<Integer> ROWS = List.of(2, 32, 256);

    /** Long enough for the median of a network's batch of 256, a quarter of a second in all. */
    private static final Duration MEASURED = Duration.ofMillis(40);

    private static final int SAMPLES = 1_024;

    private CandidateSpeed() {}

    /**
     * The candidate with its speed among its figures, as {@link SpeedFigures} names it.
     *
     * @param rows some of which are scored; at least one
     * @param nanoClock the time, as {@link System#nanoTime()} tells it
     * @throws ModelRefusedException if it does not load
     */
    public static Candidate measured(Candidate candidate, Rows rows, LongSupplier nanoClock)
            throws ModelRefusedException {
        int[] columns =
                candidate.artifact().contract().columns().stream()
                        .mapToInt(rows.columns()::indexOf)
                        .toArray();
        List<float[]> samples =
                IntStream.range(0, Math.min(SAMPLES, rows.count()))
                        .mapToObj(row -> values(rows, row, columns))
                        .toList();
        ModelBenchmark.Entrant entrant =
                new ModelBenchmark.Entrant("candidate", candidate.artifact(), samples);
        Map<String, Double> figures = new LinkedHashMap<>();
        byte[] metrics = candidate.more().get(ArtifactFile.METRICS);
        if (metrics != null) {
            figures.putAll(NamedNumbers.read(NamedNumbers.METRICS_FILE, metrics));
        }
        new ModelBenchmark(ROWS, MEASURED, nanoClock)
                .run(List.of(entrant), what -> {})
                .forEach(speed -> figures.putAll(SpeedFigures.of("benchmark.", speed)));
        Map<ArtifactFile, byte[]> files = new EnumMap<>(ArtifactFile.class);
        files.putAll(candidate.more());
        files.put(ArtifactFile.METRICS, NamedNumbers.bytes(figures));
        return candidate.with(files);
    }

    private static float[] values(Rows rows, int row, int[] columns) {
        float[] values = new float[columns.length];
        for (int i = 0; i < columns.length; i++) {
            values[i] = rows.value(row, columns[i]);
        }
        return values;
    }
}
