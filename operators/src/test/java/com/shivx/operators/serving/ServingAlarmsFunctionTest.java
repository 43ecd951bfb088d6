package com.shivx.operators.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.testing.TestResources;
import com.shivx.models.Alarm;
import com.shivx.models.PredictionStatus;
import com.shivx.models.serving.ServingCounts;
import com.shivx.models.serving.ServingPart;
import com.shivx.models.serving.ServingRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServingAlarmsFunctionTest {

    private static final long START_MILLIS = 1_800_000_000_000L;

    @Test
    void lateIsToldOnceAlthoughTheJobWasAwayAndClearedWhenItIsNot() throws Exception {
        OperatorSubtaskState snapshot;
        try (Harness harness = new Harness()) {
            harness.open();
            harness.part("direction", 1, 0, 2_000, PredictionStatus.OK);
            snapshot = harness.snapshot(1, 1);
        }
        try (Harness harness = new Harness()) {
            harness.initializeState(snapshot);
            harness.open();
            harness.part("direction", 1, 60, 2_000, PredictionStatus.OK);
            assertThat(harness.told()).containsExactly("LATENCY direction null true 1");
            assertThat(harness.extractOutputValues().get(0).evidence())
                    .as("of both")
                    .containsEntry("predictions", 200.0);
            snapshot = harness.snapshot(2, 2);
        }
        try (Harness harness = new Harness()) {
            harness.initializeState(snapshot);
            harness.open();
            harness.part("direction", 1, 70, 2_000, PredictionStatus.OK);
            harness.part("direction", 1, 130, 2_000, PredictionStatus.OK);
            assertThat(harness.told()).as("told before").isEmpty();
            harness.part("direction", 1, 140, 10, PredictionStatus.OK);
            harness.part("direction", 1, 200, 10, PredictionStatus.OK);
            assertThat(harness.told()).containsExactly("LATENCY direction null false 1");
            assertThat(harness.numProcessingTimeTimers()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void eachModelHasItsOwnAndKeepsWhatItServesAlone() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.part("direction", 1, 0, 10, PredictionStatus.INVALID_OUTPUT);
            harness.part("volatility", 1, 1, 10, PredictionStatus.OK);
            harness.part("direction", 2, 2, 10, PredictionStatus.OK);
            assertThat(harness.told())
                    .containsExactly(
                            "INVALID_OUTPUT direction 1.0.0 true 1",
                            "INVALID_OUTPUT direction 1.0.0 false 2");
            assertThat(harness.numKeyedStateEntries()).as("one a model").isEqualTo(2);
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
        String file = TestResources.file("serving-" + release + ".state").toString();
        if (Boolean.getBoolean("shivx.write-state") && !Files.exists(Path.of(file))) {
            try (Harness writer = new Harness()) {
                writer.open();
                writer.part("direction", 1, 0, 2_000, PredictionStatus.INVALID_OUTPUT);
                OperatorSnapshotUtil.writeStateHandle(writer.snapshot(1, 1), file);
            }
        }
        try (Harness harness = new Harness()) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            harness.open();
            harness.part("direction", 1, 60, 2_000, PredictionStatus.INVALID_OUTPUT);
            assertThat(harness.told())
                    .as("of both; what the version answers was told before")
                    .containsExactly("LATENCY direction null true 1");
            assertThat(harness.extractOutputValues().get(0).evidence())
                    .containsEntry("predictions", 200.0);
        }
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<String, ServingPart, Alarm> {

        Harness() throws Exception {
            super(
                    new KeyedProcessOperator<>(
                            new ServingAlarmsFunction(
                                    ServingRules.of(
                                            Duration.ofMinutes(1),
                                            Duration.ofMillis(500),
                                            0.001,
                                            0.01,
                                            2,
                                            Duration.ofMillis(1),
                                            Duration.ZERO))),
                    ServingPart::model,
                    Types.STRING);
        }

        /** A hundred predictions of the version whose number is the generation's. */
        void part(
                String model,
                long generation,
                long second,
                long latencyMillis,
                PredictionStatus status)
                throws Exception {
            ServingCounts counts = new ServingCounts();
            counts.answers.add(status, 100);
            for (int i = 0; i < 100; i++) {
                counts.latencyMillis.add(latencyMillis);
            }
            String version = generation + ".0.0";
            processElement(
                    new ServingPart(
                            model,
                            generation,
                            version,
                            second * 1_000_000,
                            START_MILLIS + second * 1_000,
                            Map.of(version, counts)),
                    0);
        }

        List<String> told() {
            return extractOutputValues().stream()
                    .map(
                            alarm ->
                                    "%s %s %s %s %s"
                                            .formatted(
                                                    alarm.kind(),
                                                    alarm.modelId(),
                                                    alarm.modelVersion(),
                                                    alarm.raised(),
                                                    alarm.generation()))
                    .toList();
        }
    }
}
