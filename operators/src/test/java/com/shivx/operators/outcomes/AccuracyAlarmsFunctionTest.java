package com.shivx.operators.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.models.Alarm;
import com.shivx.models.Role;
import com.shivx.models.outcome.AccuracyAlarmRules;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.ValidatedDeployment;
import com.shivx.models.outcome.ValidatedVersion;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AccuracyAlarmsFunctionTest {

    private static final long MINUTE = 60_000_000;
    private static final long TIMEOUT = 10_000;

    @Test
    void holdsRowsAgainstWhatWasValidatedAndGoesOnAfterARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (Harness harness = new Harness()) {
            harness.open();
            harness.deploy(3, new ValidatedVersion("2.1.0", 0.45, 0));
            harness.deploy(2, new ValidatedVersion("2.1.0", 0.20, 0));
            harness.row("2.1.0", 0, 270);
            harness.row("2.1.0", 1, 270);
            assertThat(harness.told()).containsExactly("ACCURACY 2.1.0 true 3");
            snapshot = harness.snapshot(1, 1);
        }
        try (Harness harness = new Harness()) {
            harness.initializeState(snapshot);
            harness.open();
            harness.row("2.1.0", 2, 270);
            assertThat(harness.told()).as("told before").isEmpty();
            harness.deploy(4, new ValidatedVersion("2.2.0", 0.45, 0));
            assertThat(harness.told()).containsExactly("ACCURACY 2.1.0 false 4");
            harness.row("2.1.0", 3, 270);
            harness.row("2.2.0", 3, 450);
            assertThat(harness.told()).as("a version that is gone is not judged").hasSize(1);
        }
    }

    @Test
    void aVersionThatNoDeploymentTellsOfHasNoFigureToBeHeldAgainst() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.row("2.1.0", 0, 1);
            assertThat(harness.told()).isEmpty();
        }
    }

    @Test
    void silenceIsToldOnceAndEndsWithTheNextOutcome() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.setProcessingTime(100);
            harness.row("2.1.0", 0, 450);
            harness.setProcessingTime(9_000);
            harness.row("2.1.0", 1, 450);
            harness.setProcessingTime(18_999);
            assertThat(harness.told()).isEmpty();
            harness.setProcessingTime(19_000);
            harness.setProcessingTime(90_000);
            assertThat(harness.told()).containsExactly("RATE null true 0");
            assertThat(harness.extractOutputValues().get(0).sinceMicros()).isEqualTo(2 * MINUTE);
            harness.row("2.1.0", 9, 450);
            assertThat(harness.told()).containsExactly("RATE null true 0", "RATE null false 0");
        }
    }

    @Test
    void aTimeInWhichTheJobWasAwayIsNoSilence() throws Exception {
        OperatorSubtaskState snapshot;
        try (Harness harness = new Harness()) {
            harness.open();
            harness.setProcessingTime(100);
            harness.row("2.1.0", 0, 450);
            snapshot = harness.snapshot(1, 1);
        }
        try (Harness harness = new Harness()) {
            harness.initializeState(snapshot);
            harness.open();
            harness.setProcessingTime(1_000_000);
            harness.setProcessingTime(1_009_999);
            assertThat(harness.told()).isEmpty();
            harness.setProcessingTime(1_010_000);
            assertThat(harness.told()).containsExactly("RATE null true 0");
        }
    }

    private static final class Harness
            extends KeyedTwoInputStreamOperatorTestHarness<
                    String, AccuracyRow, ValidatedDeployment, Alarm> {

        Harness() throws Exception {
            super(
                    new KeyedCoProcessOperator<>(
                            new AccuracyAlarmsFunction(
                                    AccuracyAlarmRules.of(
                                            Duration.ofMinutes(10),
                                            0.02,
                                            Double.NaN,
                                            Duration.ZERO),
                                    TIMEOUT)),
                    row -> row.key().modelId(),
                    ValidatedDeployment::model,
                    Types.STRING);
        }

        void deploy(long generation, ValidatedVersion version) throws Exception {
            processElement2(new ValidatedDeployment("direction", generation, List.of(version)), 0);
        }

        void row(String version, int minute, int right) throws Exception {
            AccuracyCounts counts = new AccuracyCounts();
            for (int i = 0; i < 1_000; i++) {
                counts.add(0, i < right ? 0 : 1, 3, true);
            }
            processElement1(
                    new AccuracyRow(
                            new AccuracyKey("direction", version, Role.CHAMPION, 5_000_000),
                            minute * MINUTE,
                            (minute + 1) * MINUTE,
                            counts,
                            List.of()),
                    0);
        }

        List<String> told() {
            return extractOutputValues().stream()
                    .map(
                            alarm ->
                                    alarm.kind()
                                            + " "
                                            + alarm.modelVersion()
                                            + " "
                                            + alarm.raised()
                                            + " "
                                            + alarm.generation())
                    .toList();
        }
    }
}
