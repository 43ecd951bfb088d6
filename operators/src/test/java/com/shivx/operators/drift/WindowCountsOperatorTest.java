package com.shivx.operators.drift;

import static com.shivx.models.testing.MeasuredDirection.ROWS_PER_WINDOW;
import static com.shivx.models.testing.MeasuredDirection.WINDOW_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.testing.TestResources;
import com.shivx.models.Role;
import com.shivx.models.drift.DriftPart;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.testing.MeasuredDirection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowCountsOperatorTest {

    private static final WatchedDeployment FIRST =
            MeasuredDirection.deployment(1, MeasuredDirection.watched("1.0.0", Role.CHAMPION));
    private static final WatchedDeployment SECOND =
            MeasuredDirection.deployment(
                    2,
                    MeasuredDirection.watched("1.0.0", Role.CHAMPION),
                    MeasuredDirection.watched("2.0.0", Role.SHADOW));
    private static final int MAX_PARALLELISM = 8;

    @Test
    void onePartAWindowHoweverManyRowsAndBeforeTheWatermarkThatClosesIt() throws Exception {
        try (Subtask subtask = new Subtask(1, 0, List.of(FIRST))) {
            subtask.harness.open();
            subtask.count(0, ROWS_PER_WINDOW + 10);
            assertThat(subtask.sent()).singleElement().matches(part -> part.announced() != null);
            subtask.harness.processWatermark(59_998);
            assertThat(subtask.sent()).isEmpty();
            subtask.harness.processWatermark(59_999);

            assertThat(subtask.harness.getOutput()).last().hasToString("Watermark @ 59999");
            assertThat(subtask.sent())
                    .singleElement()
                    .satisfies(part -> assertThat(part.inputs().rows()).isEqualTo(ROWS_PER_WINDOW));
            subtask.count(0, 1);
            subtask.harness.processWatermark(119_999);
            assertThat(subtask.sent())
                    .as("a late row changes nothing")
                    .singleElement()
                    .satisfies(part -> assertThat(part.inputs().rows()).isEqualTo(10));
        }
    }

    @Test
    void sendsAllBeforeItIsIdle() throws Exception {
        try (Subtask subtask = new Subtask(1, 0, List.of(FIRST))) {
            subtask.harness.open();
            subtask.count(0, 10);
            subtask.harness.processWatermarkStatus(WatermarkStatus.IDLE);

            assertThat(subtask.harness.getOutput()).last().isEqualTo(WatermarkStatus.IDLE);
            assertThat(subtask.sent()).extracting(DriftPart::rows).containsExactly(0L, 10L);
        }
    }

    @Test
    void sendsAllAtTheEndOfItsInput() throws Exception {
        try (Subtask subtask = new Subtask(1, 0, List.of(FIRST))) {
            subtask.harness.open();
            subtask.count(0, 10);
            subtask.harness.getOneInputOperator().finish();

            assertThat(subtask.sent()).extracting(DriftPart::rows).containsExactly(0L, 10L);
        }
    }

    /** A snapshot's windows are sent by whoever gets them, though it may never read a row. */
    @Test
    void restoresWithMoreSubtasksAndWithFewerWithoutLosingOrRepeatingARow() throws Exception {
        List<OperatorSubtaskState> one = new ArrayList<>();
        try (Subtask subtask = new Subtask(1, 0, List.of(FIRST))) {
            subtask.harness.open();
            subtask.count(0, 2 * ROWS_PER_WINDOW);
            one.add(subtask.harness.snapshot(1, 1));
        }
        long rows = 0;
        List<OperatorSubtaskState> three = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (Subtask subtask = new Subtask(3, i, List.of(FIRST))) {
                subtask.initialize(one, 1);
                subtask.harness.open();
                subtask.count(2 * ROWS_PER_WINDOW, 2 * ROWS_PER_WINDOW + i);
                List<DriftPart> sent = subtask.sent();
                assertThat(sent).allMatch(part -> part.announced() == null);
                rows += sent.stream().mapToLong(DriftPart::rows).sum();
                three.add(subtask.harness.snapshot(2, 2));
            }
        }
        assertThat(rows).as("the first thing is what the snapshot held").isLessThanOrEqualTo(1_200);
        for (int i = 0; i < 2; i++) {
            try (Subtask subtask = new Subtask(2, i, List.of(FIRST))) {
                subtask.initialize(three, 3);
                subtask.harness.open();
                subtask.harness.processWatermarkStatus(WatermarkStatus.IDLE);
                rows += subtask.sent().stream().mapToLong(DriftPart::rows).sum();
            }
        }
        assertThat(rows).isEqualTo(2 * ROWS_PER_WINDOW + 1 + 2);
    }

    @Test
    void aNewerDeploymentIsToldAndWatchedAndRemembered() throws Exception {
        OperatorSubtaskState snapshot;
        try (Subtask subtask = new Subtask(1, 0, List.of(FIRST))) {
            subtask.harness.open();
            subtask.count(0, 5);
            subtask.harness.processElement(DriftInput.of(SECOND), 0);
            subtask.harness.processElement(DriftInput.of(FIRST), 0);
            assertThat(subtask.sent())
                    .extracting(part -> part.announced() == null ? part.rows() : -1)
                    .containsExactly(-1L, 5L, -1L);
            snapshot = subtask.harness.snapshot(1, 1);
        }
        try (Subtask subtask = new Subtask(1, 0, List.of(FIRST))) {
            subtask.harness.initializeState(snapshot);
            subtask.harness.open();
            subtask.count(0, 5);
            subtask.harness.processWatermark(Long.MAX_VALUE);

            assertThat(subtask.sent())
                    .as("of what was watched, not of what the job starts with")
                    .extracting(DriftPart::version)
                    .containsExactly("1.0.0", "2.0.0");
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
        String file = TestResources.file("drift-counts-" + release + ".state").toString();
        if (Boolean.getBoolean("shivx.write-state") && !Files.exists(Path.of(file))) {
            try (Subtask writer = new Subtask(1, 0, List.of(SECOND))) {
                writer.harness.open();
                writer.count(0, ROWS_PER_WINDOW + 10);
                OperatorSnapshotUtil.writeStateHandle(writer.harness.snapshot(1, 1), file);
            }
        }
        try (Subtask subtask = new Subtask(1, 0, List.of(FIRST))) {
            subtask.harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            subtask.harness.open();
            subtask.count(ROWS_PER_WINDOW + 10, ROWS_PER_WINDOW + 15);
            subtask.harness.processWatermark(119_999);

            assertThat(subtask.sent())
                    .extracting(
                            part ->
                                    part.version()
                                            + " "
                                            + part.windowStartMicros() / WINDOW_MICROS
                                            + " "
                                            + part.rows())
                    .containsExactlyInAnyOrder(
                            "1.0.0 0 600",
                            "1.0.0 1 10",
                            "1.0.0 1 5",
                            "2.0.0 0 600",
                            "2.0.0 1 10",
                            "2.0.0 1 5");
        }
    }

    /** One subtask under a harness. */
    private static final class Subtask implements AutoCloseable {

        private final OneInputStreamOperatorTestHarness<DriftInput, DriftPart> harness;
        private final int parallelism;
        private final int index;

        Subtask(int parallelism, int index, List<WatchedDeployment> initial) throws Exception {
            this.parallelism = parallelism;
            this.index = index;
            harness =
                    new OneInputStreamOperatorTestHarness<>(
                            WindowCountsOperator.factory(initial, 1),
                            MAX_PARALLELISM,
                            parallelism,
                            index);
        }

        void initialize(List<OperatorSubtaskState> states, int before) throws Exception {
            OperatorSubtaskState all =
                    AbstractStreamOperatorTestHarness.repackageState(
                            states.toArray(OperatorSubtaskState[]::new));
            harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            all, MAX_PARALLELISM, before, parallelism, index));
        }

        void count(int from, int to) throws Exception {
            for (int row = from; row < to; row++) {
                harness.processElement(DriftInput.of(MeasuredDirection.vector(row, 0)), row * 100L);
            }
        }

        /** What was sent since the last call. */
        List<DriftPart> sent() {
            List<DriftPart> parts = harness.extractOutputValues();
            harness.getOutput().clear();
            return parts;
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}
