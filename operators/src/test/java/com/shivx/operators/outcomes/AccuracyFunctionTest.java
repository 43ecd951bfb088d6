package com.shivx.operators.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.drift.accuracy.SymbolHashes;
import com.shivx.features.testing.TestResources;
import com.shivx.models.Role;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyPart;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccuracyFunctionTest {

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final AccuracyKey KEY =
            new AccuracyKey("direction", "2.0.0", Role.CANARY, SECOND);

    @Test
    void partsOfAWindowMakeOneRow() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.take(counts(0, 3));
            harness.take(counts(0, 4));
            harness.take(counts(1, 1));
            harness.processWatermark(59_998);
            assertThat(harness.rows()).isEmpty();
            harness.processWatermark(59_999);

            assertThat(harness.rows()).hasSize(1);
            AccuracyRow row = harness.rows().get(0);
            assertThat(row.key()).isEqualTo(KEY);
            assertThat(row.windowStartMicros()).isZero();
            assertThat(row.windowEndMicros()).isEqualTo(MINUTE);
            assertThat(row.counts().known).isEqualTo(7);
            assertThat(row.counts().symbols()).isEqualTo(4);
            assertThat(row.counts().served).isEqualTo(2);
        }
    }

    @Test
    void aSilentVersionHasRowsOfNothingForAnHour() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.take(counts(0, 3));
            harness.processWatermark(Duration.ofHours(5).toMillis());

            assertThat(harness.rows()).hasSize(61);
            assertThat(harness.rows().subList(1, 61)).allMatch(row -> row.counts().known == 0);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void theEndOfAllInputIsNoSilence() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.take(counts(0, 3));
            harness.take(counts(3, 3));
            harness.processWatermark(Long.MAX_VALUE);

            assertThat(harness.rows())
                    .extracting(row -> row.windowStartMicros() / MINUTE)
                    .containsExactly(0L, 1L, 2L, 3L);
        }
    }

    @Test
    void aSliceVotesOnceForAllItsSymbols() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.take(votes("1.0.0", 0, 1));
            harness.take(votes("1.0.0", 0, 1));
            harness.take(votes("1.0.0", 1, -1));
            harness.take(votes("1.0.0", 2, 1));
            harness.take(votes("1.0.0", 2, -1));
            harness.take(votes("1.1.0", 3, 1));
            // Slice 60 is counted 72 s after the epoch: in the next window.
            harness.take(votes("1.0.0", 60, 1));
            harness.processWatermark(59_999);

            assertThat(harness.rows()).hasSize(1);
            assertThat(harness.rows().get(0).votes())
                    .containsExactly(
                            new VoteCount("1.0.0", 1, 1, 1), new VoteCount("1.1.0", 1, 0, 0));
            harness.processWatermark(119_999);
            assertThat(harness.rows().get(1).votes())
                    .containsExactly(new VoteCount("1.0.0", 1, 0, 0));
        }
    }

    @Test
    void whatComesAfterItsWindowChangesNothing() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.processWatermark(59_999);
            harness.take(counts(0, 3));
            harness.take(votes("1.0.0", 0, 1));
            harness.processWatermark(Long.MAX_VALUE);

            assertThat(harness.rows()).isEmpty();
        }
    }

    @Test
    void restoresInTheMiddleOfAWindow() throws Exception {
        OperatorSubtaskState snapshot;
        try (Harness before = new Harness()) {
            before.open();
            before.take(counts(0, 3));
            before.take(votes("1.0.0", 0, 1));
            before.processWatermark(30_000);
            snapshot = before.snapshot(1, 1);
        }
        try (Harness after = new Harness()) {
            after.initializeState(snapshot);
            after.open();
            after.take(counts(0, 4));
            after.processWatermark(59_999);

            assertThat(after.rows())
                    .singleElement()
                    .satisfies(
                            row -> {
                                assertThat(row.counts().known).isEqualTo(7);
                                assertThat(row.counts().symbols()).isEqualTo(4);
                                assertThat(row.counts().served).isEqualTo(2);
                                assertThat(row.votes())
                                        .containsExactly(new VoteCount("1.0.0", 1, 0, 0));
                            });
        }
    }

    /**
     * A state that an earlier release wrote goes on as if never interrupted. Files are added for
     * releases that change what is written, and never replaced: {@code -Dshivx.write-state=true}
     * writes those that are missing.
     */
    @ParameterizedTest
    @ValueSource(strings = "0.1.0")
    void goesOnFromTheStateOfARelease(String release) throws Exception {
        String file = TestResources.file("accuracy-" + release + ".state").toString();
        if (Boolean.getBoolean("shivx.write-state") && !Files.exists(Path.of(file))) {
            try (Harness writer = new Harness()) {
                writer.open();
                writer.take(counts(0, 3));
                writer.take(counts(1, 2));
                writer.take(votes("1.0.0", 0, 1));
                writer.take(votes("1.1.0", 1, -1));
                writer.take(votes("1.0.0", 60, 1));
                // The first two slices are counted, the third waits.
                writer.processWatermark(30_000);
                OperatorSnapshotUtil.writeStateHandle(writer.snapshot(1, 1), file);
            }
        }
        try (Harness harness = new Harness()) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            harness.open();
            harness.take(counts(0, 4));
            harness.take(votes("1.0.0", 60, 1));
            harness.processWatermark(119_999);

            assertThat(harness.rows())
                    .extracting(row -> row.counts().known)
                    .containsExactly(7L, 2L);
            // What was counted before has told neither.
            assertThat(harness.rows())
                    .extracting(row -> row.counts().symbols())
                    .containsExactly(4, 0);
            assertThat(harness.rows().get(1).counts().servedShare()).isNaN();
            assertThat(harness.rows()).extracting(AccuracyRow::key).containsOnly(KEY);
            assertThat(harness.rows().get(0).votes())
                    .containsExactly(
                            new VoteCount("1.0.0", 1, 0, 0), new VoteCount("1.1.0", 0, 1, 0));
            assertThat(harness.rows().get(1).votes())
                    .containsExactly(new VoteCount("1.0.0", 1, 0, 0));
        }
    }

    private static AccuracyPart counts(long window, int rows) {
        AccuracyCounts counts = new AccuracyCounts();
        for (int i = 0; i < rows; i++) {
            counts.add(0, i % 3, 3, true);
            counts.addSource(SymbolHashes.of("symbol" + i), i == 0);
        }
        return AccuracyPart.ofCounts(KEY, window * MINUTE, counts);
    }

    private static AccuracyPart votes(String champion, long slice, int sum) {
        return AccuracyPart.ofVotes(KEY, champion, slice, sum);
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<String, AccuracyPart, AccuracyRow> {

        Harness() throws Exception {
            super(
                    new KeyedProcessOperator<>(new AccuracyFunction(Duration.ofMinutes(1))),
                    part -> part.key().text(),
                    Types.STRING);
        }

        void take(AccuracyPart part) throws Exception {
            processElement(part, 0);
        }

        List<AccuracyRow> rows() {
            return extractOutputValues();
        }
    }
}
