package com.shivx.operators.scoring;

import static com.shivx.models.testing.DirectionModels.MODEL;
import static com.shivx.models.testing.DirectionModels.alone;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.Alarm;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.testing.DirectionModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad model never serves, or serves no longer. */
class ScoringRefusalsTest {

    @TempDir private Path folder;
    @TempDir private Path store;
    @TempDir private Path outside;

    @Test
    void refusesAModelAndGoesOnWithTheOneBefore() throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, 0).open()) {
            scoring.deploy(alone(1, scoring.constant("1.0.0", 0.25f)));
            scoring.awaitServing(1);
            byte[] bytes = DirectionModels.constant("2.0.0", 0.75f);
            ModelRef good = DirectionModels.write(folder, "2.0.0", bytes);
            ModelRef elsewhere = DirectionModels.write(outside, "2.0.0", bytes);
            long generation = 1;
            scoring.deploy(alone(++generation, new ModelRef("2.0.0", good.uri(), "0".repeat(64))));
            scoring.awaitRefused(generation, "checksum");
            scoring.deploy(alone(++generation, elsewhere));
            scoring.awaitRefused(generation, "outside");
            scoring.deploy(
                    alone(++generation, new ModelRef("2.0.0", "s3://x/../y.onnx", good.sha256())));
            scoring.awaitRefused(generation, "outside");
            scoring.deploy(
                    alone(
                            ++generation,
                            new ModelRef("2.0.0", folder + "/gone.onnx", "1".repeat(64))));
            scoring.awaitRefused(generation, "not there");
            byte[][] bad = {
                DirectionModels.corrupt(bytes),
                "no model".getBytes(StandardCharsets.UTF_8),
                DirectionModels.constant("9.9.8", 0.5f),
                DirectionModels.notANumber("2.0.3"),
                DirectionModels.endless("2.0.4")
            };
            String[] reasons = {
                "no ONNX model, or only a part of one",
                "no ONNX model",
                "says that it is direction@9.9.8",
                "only 0 of 12 ordinary rows gave",
                "did not end within"
            };
            for (int i = 0; i < bad.length; i++) {
                scoring.deploy(
                        alone(++generation, DirectionModels.write(folder, "2.0." + i, bad[i])));
                scoring.awaitRefused(generation, reasons[i]);
            }
            assertThat(scoring.alarms())
                    .hasSize((int) generation - 1)
                    .allMatch(alarm -> alarm.kind() == Alarm.Kind.MODEL_REFUSED && alarm.raised());
            scoring.send(8);
            assertThat(scoring.predictionsOf(MODEL))
                    .extracting(Prediction::generation)
                    .containsOnly(1L);
            scoring.deploy(alone(++generation, DirectionModels.write(folder, "2.0.0", bytes)));
            scoring.awaitServing(generation);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void endsACallThatTakesTooLongAndWithdrawsWhoNeverAnswers(int maxInFlight) throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, maxInFlight).open()) {
            byte[] endless = DirectionModels.endlessForHugeValues("1.0.0");
            scoring.deploy(alone(1, DirectionModels.write(folder, "1.0.0", endless)));
            scoring.awaitServing(1);
            float[] huge = new float[ScoringHarness.SET.size()];
            Arrays.fill(huge, DirectionModels.hugeValue());
            for (int i = 0; i < 6; i++) {
                scoring.take(ScoringInput.of(ScoringHarness.vector("A", i, true, huge)), i);
                scoring.barrier();
            }
            assertThat(scoring.predictionsOf(MODEL))
                    .extracting(Prediction::status)
                    .containsExactly(
                            PredictionStatus.TIMEOUT,
                            PredictionStatus.TIMEOUT,
                            PredictionStatus.TIMEOUT,
                            PredictionStatus.FAILED,
                            PredictionStatus.FAILED,
                            PredictionStatus.FAILED);
            assertThat(scoring.predictionsOf(MODEL)).allMatch(p -> p.probabilities().length == 0);
            assertThat(scoring.alarms())
                    .extracting(Alarm::kind)
                    .containsExactly(Alarm.Kind.MODEL_WITHDRAWN);
            assertThat(scoring.events())
                    .last()
                    .extracting(DeploymentEvent::kind)
                    .isEqualTo(DeploymentEvent.Kind.WITHDRAWN);
            // The other model never noticed, and a version that answers ends it.
            assertThat(scoring.predictionsOf("baseline-momentum"))
                    .hasSize(6)
                    .allMatch(p -> p.status() == PredictionStatus.OK);
            scoring.deploy(alone(2, scoring.constant("2.0.0", 0.75f)));
            scoring.awaitServing(2);
            scoring.send(4);
            assertThat(scoring.predictionsOf(MODEL))
                    .last()
                    .extracting(Prediction::status)
                    .isEqualTo(PredictionStatus.OK);
        }
    }
}
