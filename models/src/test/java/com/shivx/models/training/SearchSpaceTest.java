package com.shivx.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import com.shivx.models.training.linear.LinearTrainer;
import com.shivx.models.training.xgboost.XgboostTrainer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchSpaceTest {

    private static final SearchSpace SPACE =
            new SearchSpace(
                    List.of(
                            new SearchSpace.Whole("depth", 2, 4),
                            new SearchSpace.LogRange("eta", 0.001, 1),
                            new SearchSpace.Range("share", 0.25, 0.75),
                            new SearchSpace.Choice("bins", List.of("32", "64"))));

    static Stream<Trainer> trainers() {
        return Stream.of(new XgboostTrainer(), new LinearTrainer());
    }

    /** A point that the trainer itself refuses would end a search in the middle. */
    @ParameterizedTest
    @MethodSource("trainers")
    void drawsOnlyWhatTheTrainerTakes(Trainer trainer) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 500; i++) {
            Map<String, String> point = trainer.space().draw(random, Map.of());
            assertThatCode(() -> Settings.of(trainer.parameters(), point))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void drawsEachDimensionEvenly() {
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Integer> seen = new HashMap<>();
        int small = 0;
        for (int i = 0; i < 3000; i++) {
            Map<String, String> point = SPACE.draw(random, Map.of());
            seen.merge("depth " + point.get("depth"), 1, Integer::sum);
            seen.merge("bins " + point.get("bins"), 1, Integer::sum);
            double eta = Double.parseDouble(point.get("eta"));
            assertThat(eta).isBetween(0.001, 1.0);
            assertThat(Double.parseDouble(point.get("share"))).isBetween(0.25, 0.75);
            small += eta < 0.01 ? 1 : 0;
        }
        assertThat(seen).hasSize(5);
        assertThat(seen.get("depth 2") / 3000.0).isCloseTo(1 / 3.0, within(0.05));
        assertThat(seen.get("bins 64") / 3000.0).isCloseTo(0.5, within(0.05));
        // One of three orders of magnitude.
        assertThat(small / 3000.0).isCloseTo(1 / 3.0, within(0.05));
    }

    @Test
    void leavesWhatIsFixedAndDrawsTheRestAsBefore() {
        Map<String, String> free = SPACE.draw(new SplittableRandom(3), Map.of());
        Map<String, String> fixed =
                SPACE.draw(new SplittableRandom(3), Map.of("depth", "9", "other", "x"));
        assertThat(fixed).containsEntry("depth", "9").containsEntry("other", "x");
        assertThat(fixed.get("eta")).isEqualTo(free.get("eta"));
        assertThat(fixed.get("share")).isEqualTo(free.get("share"));
    }
}
