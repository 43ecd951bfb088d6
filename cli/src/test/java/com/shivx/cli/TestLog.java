package com.shivx.cli;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.label.Direction;
import com.shivx.features.label.Threshold;
import com.shivx.features.tick.TickKind;
import com.shivx.jobs.log.LogEntry;
import com.shivx.jobs.log.LogFiles;
import com.shivx.jobs.log.LogKind;
import com.shivx.jobs.log.LogRecords;
import com.shivx.jobs.log.LoggedOutcomes;
import com.shivx.jobs.log.LoggedVectors;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeSource;
import com.shivx.models.outcome.OutcomeStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.serialization.BulkWriter;

/**
 * A log of noise of one date: two symbols, a vector every ten seconds, what happened a minute later
 * to all but the last six of each.
 */
final class TestLog {

    private static final FeatureSet SET = FeatureSets.byName("market-v1");
    private static final long START_MICROS = 1_398_988_800_000_000L;
    private static final long STEP_MICROS = 10_000_000;
    private static final long HORIZON_MICROS = 60_000_000;
    private static final int YET_OPEN = 6;

    private TestLog() {}

    /** What happened after a vector. */
    @FunctionalInterface
    interface Truth {
        Direction of(float[] values, Random random);
    }

    /** The first column says something of it. */
    static final Truth LEARNABLE =
            (values, random) -> {
                double move = values[0] + random.nextGaussian();
                return move > 0.5 ? Direction.UP : move < -0.5 ? Direction.DOWN : Direction.FLAT;
            };

    /** Nothing ever does. */
    static final Truth ONE_CLASS = (values, random) -> Direction.FLAT;

    /** Writes so many vectors of each symbol, of fewer than a date's 8,640. */
    static void write(Path log, int vectorsPerSymbol) throws IOException {
        write(log, vectorsPerSymbol, (values, random) -> Direction.values()[random.nextInt(3)]);
    }

    /** The same with something to learn, or not. */
    static void write(Path log, int vectorsPerSymbol, Truth truth) throws IOException {
        Random random = new Random(7);
        List<FeatureVector> vectors = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < vectorsPerSymbol; i++) {
            for (String symbol : List.of("A", "B")) {
                FeatureVector vector = vector(symbol, START_MICROS + i * STEP_MICROS, random);
                vectors.add(vector);
                if (i < vectorsPerSymbol - YET_OPEN) {
                    outcomes.add(outcome(vector, truth.of(vector.values(), random)));
                }
            }
        }
        write(log, LogKind.FEATURES, new LoggedVectors(), vectors);
        write(log, LogKind.OUTCOMES, new LoggedOutcomes(), outcomes);
    }

    private static FeatureVector vector(String symbol, long micros, Random random) {
        float[] values = new float[SET.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        String id = "%s~Q~%d~1~%s".formatted(symbol, micros, SET.shortHash());
        return new FeatureVector(id, symbol, TickKind.QUOTE, micros, SET.hash(), true, values);
    }

    private static Outcome outcome(FeatureVector vector, Direction direction) {
        Prediction prediction =
                new Prediction(
                        vector.vectorId(),
                        "direction",
                        "1.0.0",
                        1,
                        Role.CHAMPION,
                        true,
                        vector.symbol(),
                        vector.eventTimeMicros(),
                        "FLAT",
                        0.5f,
                        Action.HOLD,
                        new String[] {"DOWN", "FLAT", "UP"},
                        new float[] {0.25f, 0.5f, 0.25f},
                        PredictionStatus.OK);
        double bps = direction.ordinal() - 1;
        return new Outcome(
                prediction,
                HORIZON_MICROS,
                OutcomeStatus.OK,
                0,
                OutcomeSource.TICKS,
                direction,
                bps / 1e4,
                5e-5,
                Threshold.VOL,
                0,
                100,
                100 + bps / 100,
                Double.NaN,
                bps - 0.5,
                -bps - 0.5,
                true,
                vector.eventTimeMicros() + HORIZON_MICROS + 1);
    }

    private static <T> void write(Path log, LogKind kind, LogRecords<T> records, List<T> all)
            throws IOException {
        Path folder = log.resolve(kind.folder()).resolve(records.partition(all.get(0)));
        Files.createDirectories(folder);
        try (OutputStream out = Files.newOutputStream(folder.resolve("part-0.avro"))) {
            BulkWriter<LogEntry> file = LogFiles.writer(kind, out);
            for (T record : all) {
                file.addElement(records.toEntry(record));
            }
            file.finish();
        }
    }
}
