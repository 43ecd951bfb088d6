package com.shivx.models.training.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.contract.ModelContract;
import com.shivx.models.training.Parameter;
import com.shivx.models.training.Rows;
import com.shivx.models.training.SampleRows;
import com.shivx.models.training.SearchSpace;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.Trainer;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.training.TrainingTask;
import com.shivx.models.training.command.CommandTrainer;
import com.shivx.models.training.xgboost.XgboostTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RandomSearchTest {

    private static final Rows ROWS =
            Rows.of(List.of("x"), new float[] {0, 0}, new float[] {10, 10});
    private static final TrainingTask TASK = TrainingTask.regression(Map.of("guess", "0"), 5);

    /** Answers what its parameter says, and counts what is open. */
    private static final class GuessingTrainer implements Trainer {

        private final List<String> tried = new ArrayList<>();
        private int open;
        private int failAt = Integer.MAX_VALUE;

        @Override
        public String name() {
            return "guessing";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(Parameter.real("guess", 0, 0, 100), Parameter.real("also", 0, 0, 1));
        }

        @Override
        public SearchSpace space() {
            return new SearchSpace(
                    List.of(
                            new SearchSpace.Range("guess", 0, 20),
                            new SearchSpace.Range("also", 0, 1)));
        }

        @Override
        public TrainedModel train(TrainingTask task, Rows fit, Rows stop, TrainingListener progress)
                throws TrainingException {
            tried.add(task.parameters().getOrDefault("guess", "none"));
            if (tried.size() == failAt) {
                throw new TrainingException("no luck", "try again");
            }
            progress.onProgress(1, 1, "guessed");
            open++;
            return new Guess(this, task);
        }
    }

    private record Guess(GuessingTrainer trainer, TrainingTask task) implements TrainedModel {

        @Override
        public List<String> columns() {
            return ROWS.columns();
        }

        @Override
        public float[] predict(Rows rows) {
            float[] answers = new float[rows.count()];
            Arrays.fill(answers, Float.parseFloat(task.parameters().getOrDefault("guess", "0")));
            return answers;
        }

        @Override
        public boolean answersMissing() {
            return true;
        }

        @Override
        public byte[] toOnnx(ModelContract contract) {
            return new byte[0];
        }

        @Override
        public Map<String, Double> importance() {
            return Map.of();
        }

        @Override
        public String summary() {
            return "a guess";
        }

        @Override
        public void close() {
            trainer.open--;
        }
    }

    private static TrainingTask free() {
        return TASK.with(Map.of());
    }

    @Test
    void keepsTheBestAndClosesTheRest() throws Exception {
        GuessingTrainer trainer = new GuessingTrainer();
        List<String> lines = new ArrayList<>();
        RandomSearch.Found found =
                new RandomSearch(30)
                        .run(trainer, free(), ROWS, ROWS, (done, total, line) -> lines.add(line));
        double least =
                trainer.tried.stream()
                        .filter(guess -> !guess.equals("none"))
                        .mapToDouble(guess -> Math.abs(Double.parseDouble(guess) - 10))
                        .min()
                        .orElseThrow();
        assertThat(trainer.tried).hasSize(30).doesNotHaveDuplicates().startsWith("none");
        assertThat(Math.sqrt(found.loss())).isBetween(least - 1e-5, least + 1e-5);
        assertThat(trainer.open).isEqualTo(1);
        assertThat(lines)
                .contains("guessed")
                .last()
                .asString()
                .startsWith("trial 30 of 30, best squared error");
        found.model().close();
    }

    @Test
    void triesTheSamePointsOfTheSameSeed() throws Exception {
        GuessingTrainer first = new GuessingTrainer();
        GuessingTrainer again = new GuessingTrainer();
        GuessingTrainer other = new GuessingTrainer();
        new RandomSearch(5).run(first, free(), ROWS, ROWS, TrainingListener.NONE);
        new RandomSearch(5).run(again, free(), ROWS, ROWS, TrainingListener.NONE);
        new RandomSearch(5)
                .run(
                        other,
                        TrainingTask.regression(Map.of(), 6),
                        ROWS,
                        ROWS,
                        TrainingListener.NONE);
        assertThat(again.tried).isEqualTo(first.tried).isNotEqualTo(other.tried);
    }

    @Test
    void leavesParametersThatAreGiven() throws Exception {
        GuessingTrainer trainer = new GuessingTrainer();
        new RandomSearch(4).run(trainer, TASK, ROWS, ROWS, TrainingListener.NONE);
        assertThat(trainer.tried).containsOnly("0");
    }

    @Test
    void leavesNothingOpenWhenATrialFails() {
        GuessingTrainer trainer = new GuessingTrainer();
        trainer.failAt = 3;
        assertThatThrownBy(
                        () ->
                                new RandomSearch(5)
                                        .run(trainer, free(), ROWS, ROWS, TrainingListener.NONE))
                .hasMessageContaining("no luck");
        assertThat(trainer.open).isZero();
    }

    @Test
    void refusesASearchOfNothing() {
        assertThatThrownBy(() -> new RandomSearch(0)).hasMessageContaining("search is 0");
        assertThatThrownBy(
                        () ->
                                new RandomSearch(2)
                                        .run(
                                                new CommandTrainer("true"),
                                                free(),
                                                ROWS,
                                                ROWS,
                                                TrainingListener.NONE))
                .hasMessageContaining("trainer command:true has nothing to search");
    }

    @Test
    void findsNoWorseTreesThanTheDefaults() throws Exception {
        SampleRows sample = SampleRows.ORDINARY;
        TrainingTask task = SampleRows.directions(Map.of("rounds", "20"), 1);
        Rows fit = sample.rows(task, 1500, 1);
        Rows stop = sample.rows(task, 800, 2);
        RandomSearch.Found plain =
                new RandomSearch(1)
                        .run(new XgboostTrainer(), task, fit, stop, TrainingListener.NONE);
        RandomSearch.Found found =
                new RandomSearch(6)
                        .run(new XgboostTrainer(), task, fit, stop, TrainingListener.NONE);
        assertThat(found.loss()).isLessThan(plain.loss());
        assertThat(found.parameters()).containsEntry("rounds", "20").containsKey("eta");
        plain.model().close();
        found.model().close();
    }
}
