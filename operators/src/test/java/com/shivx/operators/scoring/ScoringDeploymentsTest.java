package com.shivx.operators.scoring;

import static com.shivx.models.testing.DirectionModels.MODEL;
import static com.shivx.models.testing.DirectionModels.alone;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.Prediction;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deployed changes while vectors come. */
class ScoringDeploymentsTest {

    @TempDir private Path folder;
    @TempDir private Path store;

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void goesOverToAnotherVersionBetweenTwoVectorsAndLosesNone(int maxInFlight) throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, maxInFlight).open()) {
            scoring.deploy(alone(1, scoring.constant("1.0.0", 0.25f)));
            scoring.awaitServing(1);
            scoring.deploy(alone(2, scoring.constant("2.0.0", 0.75f)));
            scoring.await(
                    () -> {
                        scoring.send(3);
                        return scoring.events().stream().anyMatch(event -> event.generation() == 2);
                    });
            scoring.send(20);
            List<Prediction> direction = scoring.predictionsOf(MODEL);
            assertThat(direction).extracting(Prediction::generation).isSorted().contains(1L, 2L);
            assertThat(direction)
                    .allSatisfy(
                            prediction ->
                                    assertThat(prediction.probabilities()[2])
                                            .isEqualTo(
                                                    prediction.generation() == 1 ? 0.25f : 0.75f));
            assertThat(scoring.predictionsOf("baseline-momentum"))
                    .extracting(Prediction::vectorId)
                    .hasSize(scoring.sent())
                    .doesNotHaveDuplicates();
            assertThat(direction).extracting(Prediction::vectorId).doesNotHaveDuplicates();
            assertThat(scoring.alarms()).isEmpty();
        }
    }

    @Test
    void servesTheCanarysShareAndScoresEveryVectorByAll() throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, 0).open()) {
            ModelRef one = scoring.constant("1.0.0", 0.25f);
            ModelRef two = scoring.constant("2.0.0", 0.75f);
            ModelRef three = scoring.constant("3.0.0", 0.5f);
            scoring.deploy(
                    new Deployment(
                            MODEL,
                            5,
                            DeploymentMode.CANARY,
                            one,
                            two,
                            0.3,
                            List.of(three),
                            "A*",
                            RoutingUnit.SYMBOL,
                            Deployment.DEFAULT_SLICE_MICROS,
                            "salt",
                            "r"));
            scoring.awaitServing(5);
            for (int i = 0; i < 500; i++) {
                scoring.take(ScoringInput.of(ScoringHarness.vector("A" + i, i, true)), i);
                scoring.take(ScoringInput.of(ScoringHarness.vector("B" + i, 1_000 + i, true)), i);
            }
            scoring.barrier();
            List<Prediction> direction = scoring.predictionsOf(MODEL);
            assertThat(direction).hasSize(3 * 500).allMatch(p -> p.symbol().startsWith("A"));
            for (int i = 0; i < direction.size(); i += 3) {
                List<Prediction> ofOne = direction.subList(i, i + 3);
                assertThat(ofOne)
                        .extracting(Prediction::vectorId)
                        .containsOnly(ofOne.get(0).vectorId());
                assertThat(ofOne)
                        .extracting(Prediction::role)
                        .containsExactly(Role.CHAMPION, Role.CANARY, Role.SHADOW);
                assertThat(ofOne).filteredOn(Prediction::served).hasSize(1);
            }
            assertThat(
                            direction.stream()
                                    .filter(p -> p.served() && p.role() == Role.CANARY)
                                    .count())
                    .isBetween(110L, 190L);
            assertThat(direction)
                    .filteredOn(p -> p.role() == Role.SHADOW)
                    .noneMatch(Prediction::served);
        }
    }

    @Test
    void ignoresADeploymentThatIsNotNewer() throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, 0).open()) {
            scoring.deploy(alone(3, scoring.constant("3.0.0", 0.75f)));
            scoring.awaitServing(3);
            scoring.deploy(alone(2, scoring.constant("2.0.0", 0.25f)));
            scoring.deploy(alone(3, scoring.constant("2.0.1", 0.25f)));
            scoring.deploy(alone(4, scoring.constant("4.0.0", 0.5f)));
            scoring.awaitServing(4);
            assertThat(scoring.events())
                    .extracting(DeploymentEvent::generation)
                    .containsExactly(3L, 4L);
            assertThat(scoring.events())
                    .extracting(DeploymentEvent::version)
                    .containsExactly("3.0.0", "4.0.0");
        }
    }

    @Test
    void servesOnlyTheNewerOfTwoDeploymentsAtOnce() throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, 0).open()) {
            scoring.deploy(alone(1, scoring.constant("1.0.0", 0.25f)));
            scoring.deploy(alone(2, scoring.constant("2.0.0", 0.75f)));
            scoring.awaitServing(2);
            scoring.send(8);
            assertThat(scoring.predictionsOf(MODEL))
                    .extracting(Prediction::generation)
                    .containsOnly(2L);
            assertThat(scoring.events())
                    .extracting(DeploymentEvent::generation)
                    .containsExactly(2L);
        }
    }
}
