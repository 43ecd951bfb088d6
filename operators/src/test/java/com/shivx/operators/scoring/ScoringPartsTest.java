package com.shivx.operators.scoring;

import static com.shivx.models.testing.DirectionModels.MODEL;
import static com.shivx.models.testing.DirectionModels.alone;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.Prediction;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.serving.ServingCounts;
import com.shivx.models.serving.ServingPart;
import com.shivx.models.testing.DirectionModels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted of how versions serve. */
class ScoringPartsTest {

    @TempDir private Path folder;
    @TempDir private Path store;

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void tellsWhatBecameOfEveryVectorBeforeTheBarrierThatFollowsIt(int maxInFlight)
            throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, maxInFlight).open()) {
            scoring.deploy(withCanary(1, scoring.constant("1.0.0", 0.25f), nearZero("2.0.0")));
            scoring.awaitServing(1);
            assertThat(scoring.partsOf(MODEL))
                    .as("what serves is told before any vector comes")
                    .singleElement()
                    .matches(ServingPart::isEmpty)
                    .returns(1L, ServingPart::generation)
                    .returns("1.0.0", ServingPart::champion)
                    .extracting(ServingPart::versions)
                    .satisfies(versions -> assertThat(versions).containsKeys("1.0.0", "2.0.0"));

            scoring.clock(900);
            zeros(scoring, 3);
            scoring.send(7);
            ServingPart part = last(scoring);
            assertThat(part.clockMillis()).isEqualTo(900);
            assertThat(part.sinceMicros()).as("of the first vector").isEqualTo(100_000);
            assertThat(part.versions().get("1.0.0").answers)
                    .returns(10L, answers -> answers.answered);
            assertThat(part.versions().get("2.0.0").answers)
                    .returns(7L, answers -> answers.answered)
                    .returns(3L, answers -> answers.invalid);
            assertThat(part.versions().get("2.0.0").callMicros.total())
                    .as("each batch is a call of each")
                    .isPositive()
                    .isEqualTo(part.versions().get("1.0.0").callMicros.total());
            assertThat(
                            part.versions().values().stream()
                                    .mapToLong(counts -> counts.latencyMillis.total())
                                    .sum())
                    .as("one prediction of each vector is to be acted on")
                    .isEqualTo(10);

            int parts = scoring.partsOf(MODEL).size();
            scoring.barrier();
            assertThat(scoring.partsOf(MODEL)).as("nothing more to tell").hasSize(parts);
        }
    }

    @Test
    void countsFromTheWriteOfATicksRecordWhateverItsEventTime() throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, 0).open()) {
            scoring.deploy(alone(1, scoring.constant("1.0.0", 0.25f)));
            scoring.awaitServing(1);
            scoring.clock(1_600);
            scoring.send(1);
            assertThat(last(scoring).versions().get("1.0.0").latencyMillis.quantile(1))
                    .as("written at 1,000 ms, its event time is 1970's first microsecond")
                    .isBetween(580L, 600L);
        }
    }

    @Test
    void whatWasWrittenBeforeItWasThereIsNotLate() throws Exception {
        DeployedScoring scoring = new DeployedScoring(folder, store, 0);
        scoring.clock(90_000);
        try (scoring) {
            scoring.open();
            scoring.deploy(alone(1, scoring.constant("1.0.0", 0.25f)));
            scoring.awaitServing(1);
            scoring.send(8);
            ServingCounts counts = last(scoring).versions().get("1.0.0");
            assertThat(counts.answers.answered).isEqualTo(8);
            assertThat(counts.latencyMillis.total()).isZero();
        }
    }

    @Test
    void tellsOnceASecondWhereNoBarrierComes() throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, 0).open()) {
            scoring.deploy(alone(1, scoring.constant("1.0.0", 0.25f)));
            scoring.awaitServing(1);
            int before = scoring.partsOf(MODEL).size();
            for (int i = 0; i < 30; i++) {
                scoring.clock(100L * i);
                for (int row = 0; row < 4; row++) {
                    scoring.take(ScoringInput.of(ScoringHarness.vector(i, true)), i);
                }
            }
            List<ServingPart> parts = scoring.partsOf(MODEL);
            assertThat(parts.subList(before, parts.size()))
                    .extracting(ServingPart::clockMillis)
                    .containsExactly(1_000L, 2_000L);
        }
    }

    /** Batches under way when another deployment takes over count for the one that scored them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void losesNoneWhileDeploymentsChange(int maxInFlight) throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, maxInFlight).open()) {
            scoring.deploy(alone(1, scoring.constant("1.0.0", 0.25f)));
            scoring.awaitServing(1);
            for (long generation = 2; generation <= 4; generation++) {
                long next = generation;
                scoring.deploy(alone(next, scoring.constant(next + ".0.0", 0.75f)));
                scoring.await(
                        () -> {
                            for (int i = 0; i < 9; i++) {
                                scoring.take(ScoringInput.of(ScoringHarness.vector(i, true)), i);
                            }
                            return scoring.isServing(next);
                        });
            }
            scoring.barrier();

            Map<String, Long> counted = new TreeMap<>();
            for (ServingPart part : scoring.partsOf(MODEL)) {
                part.versions()
                        .forEach(
                                (version, counts) ->
                                        counted.merge(version, counts.answers.total(), Long::sum));
            }
            Map<String, Long> predicted =
                    scoring.predictionsOf(MODEL).stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Prediction::modelVersion,
                                            TreeMap::new,
                                            Collectors.counting()));
            counted.values().removeIf(count -> count == 0);
            assertThat(counted).isEqualTo(predicted);
            assertThat(predicted).hasSizeGreaterThan(1);
        }
    }

    @Test
    void whoeverIsNotAskedAnyMoreAndHadToAnswerHasFailed() throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, 0).open()) {
            byte[] endless = DirectionModels.endlessForHugeValues("1.0.0");
            scoring.deploy(alone(1, DirectionModels.write(folder, "1.0.0", endless)));
            scoring.awaitServing(1);
            float[] huge = new float[ScoringHarness.SET.size()];
            Arrays.fill(huge, DirectionModels.hugeValue());
            long timedOut = 0;
            long failed = 0;
            for (int i = 0; i < 5; i++) {
                scoring.take(ScoringInput.of(ScoringHarness.vector("A", i, true, huge)), i);
                scoring.barrier();
                timedOut += last(scoring).versions().get("1.0.0").answers.timedOut;
                failed += last(scoring).versions().get("1.0.0").answers.failed;
            }
            assertThat(timedOut).as("three in a row").isEqualTo(3);
            assertThat(failed).isEqualTo(2);
        }
    }

    private ModelRef nearZero(String version) throws Exception {
        return DirectionModels.write(
                folder, version, DirectionModels.notANumberNearZero(version, 0.75f, 1e-6f));
    }

    private static void zeros(DeployedScoring scoring, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            float[] none = new float[ScoringHarness.SET.size()];
            scoring.take(ScoringInput.of(ScoringHarness.vector("A", 100 + i, true, none)), i);
        }
    }

    private static Deployment withCanary(long generation, ModelRef champion, ModelRef canary) {
        return new Deployment(
                MODEL,
                generation,
                DeploymentMode.CANARY,
                champion,
                canary,
                0.5,
                List.of(),
                "*",
                RoutingUnit.SYMBOL_SLICE,
                5_000,
                "salt",
                "r");
    }

    private static ServingPart last(DeployedScoring scoring) {
        List<ServingPart> parts = scoring.partsOf(MODEL);
        return parts.get(parts.size() - 1);
    }
}
