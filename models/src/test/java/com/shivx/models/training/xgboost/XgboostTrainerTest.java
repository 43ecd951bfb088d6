package com.shivx.models.training.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.shivx.models.training.HeldOutLoss;
import com.shivx.models.training.Rows;
import com.shivx.models.training.SampleRows;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.TrainingCancelledException;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.training.TrainingTask;
import com.shivx.models.training.export.CheckedExport;
import com.shivx.models.training.export.ExportGate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class XgboostTrainerTest {

    private static final Map<String, String> QUICK =
            Map.of("rounds", "60", "eta", "0.2", "min_child_weight", "5", "min_leaf_share", "0");
    private static final SampleRows SAMPLE = SampleRows.ORDINARY;

    static Stream<TrainingTask> tasks() {
        return Stream.of(
                TrainingTask.classification(List.of("DOWN", "UP"), QUICK, 7),
                SampleRows.directions(QUICK, 7),
                TrainingTask.regression(QUICK, 7));
    }

    private static TrainedModel train(TrainingTask task, TrainingListener progress)
            throws TrainingException {
        return new XgboostTrainer()
                .train(task, SAMPLE.rows(task, 6000, 1), SAMPLE.rows(task, 3000, 2), progress);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void exportsWhatItAnswers(TrainingTask task) throws Exception {
        try (TrainedModel model = train(task, TrainingListener.NONE)) {
            CheckedExport export =
                    ExportGate.export(model, SAMPLE.contract(task), SAMPLE.rows(task, 12_000, 3));
            assertThat(export.rows()).isGreaterThan(10_000);
            assertThat(export.largestDifference()).isLessThanOrEqualTo(1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void learnsMoreThanNothing(TrainingTask task) throws Exception {
        Rows test = SAMPLE.rows(task, 4000, 4);
        float[] nothing = new float[test.count() * task.outputs()];
        Arrays.fill(nothing, task.classes().isEmpty() ? 0 : 1f / task.outputs());
        try (TrainedModel model = train(task, TrainingListener.NONE)) {
            assertThat(HeldOutLoss.of(task, test, model.predict(test)))
                    .isLessThan(0.85 * HeldOutLoss.of(task, test, nothing));
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void givesTheSameBytesOfTheSameSeedAndOthersOfAnother(TrainingTask task) throws Exception {
        TrainingTask other = new TrainingTask(task.task(), task.classes(), task.parameters(), -8);
        try (TrainedModel first = train(task, TrainingListener.NONE);
                TrainedModel again = train(task, TrainingListener.NONE);
                TrainedModel drawn = train(other, TrainingListener.NONE)) {
            byte[] bytes = first.toOnnx(SAMPLE.contract(task));
            assertThat(again.toOnnx(SAMPLE.contract(task))).isEqualTo(bytes);
            assertThat(drawn.toOnnx(SAMPLE.contract(task))).isNotEqualTo(bytes);
        }
    }

    @Test
    void stopsEarlyAndIsCutAtItsBestRound() throws Exception {
        TrainingTask task =
                SampleRows.directions(
                        Map.of(
                                "eta",
                                "0.5",
                                "early_stopping_rounds",
                                "5",
                                "min_child_weight",
                                "1",
                                "min_leaf_share",
                                "0"),
                        3);
        Rows stop = SAMPLE.rows(task, 3000, 2);
        List<String> lines = new ArrayList<>();
        try (TrainedModel model =
                new XgboostTrainer()
                        .train(
                                task,
                                SAMPLE.rows(task, 1500, 1),
                                stop,
                                (done, total, line) -> lines.add(line))) {
            int rounds = ((XgboostModel) model).rounds();
            assertThat(lines).hasSize(rounds + 5).hasSizeLessThan(500);
            double[] losses =
                    lines.stream()
                            .mapToDouble(
                                    line -> Double.parseDouble(line.replaceAll(".*log-loss ", "")))
                            .toArray();
            double cut = HeldOutLoss.of(task, stop, model.predict(stop));
            assertThat(cut).isCloseTo(losses[rounds - 1], within(1e-6));
            for (double loss : losses) {
                assertThat(cut).isLessThanOrEqualTo(loss + 1e-6);
            }
            assertThat(model.summary()).contains("best round " + rounds + " of " + lines.size());
        }
    }

    @Test
    void sharesItsGainAmongTheColumns() throws Exception {
        TrainingTask task = SampleRows.directions(QUICK, 7);
        try (TrainedModel model = train(task, TrainingListener.NONE)) {
            Map<String, Double> importance = model.importance();
            assertThat(importance).containsOnlyKeys(SAMPLE.columns());
            assertThat(importance.values().stream().mapToDouble(v -> v).sum())
                    .isCloseTo(1, within(1e-12));
            assertThat(importance.get("c0")).isGreaterThan(0.3);
            assertThat(importance.get("c5")).isLessThan(0.1);
        }
    }

    @Test
    void exportsTreesThatNeverSplit() throws Exception {
        TrainingTask task =
                SampleRows.directions(Map.of("rounds", "3", "min_child_weight", "1e8"), 1);
        try (TrainedModel model = train(task, TrainingListener.NONE)) {
            ExportGate.export(model, SAMPLE.contract(task), SAMPLE.rows(task, 10, 3));
            assertThat(model.importance().values()).containsOnly(0.0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "max_depth, 0, parameter max_depth is '0'; make it a whole number from 1 to 12",
        "max_depth, 3.5, parameter max_depth is '3.5'",
        "eta, NaN, parameter eta is 'NaN'; make it a number from 0.0001 to 1",
        "subsample, , parameter subsample is ''",
        "booster, dart, parameter booster=dart is not known; use one of rounds"
    })
    void refusesParametersThatItDoesNotTake(String name, String value, String message) {
        TrainingTask task = SampleRows.directions(Map.of(name, value == null ? "" : value), 1);
        assertThatThrownBy(() -> train(task, TrainingListener.NONE))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(message);
    }

    @Test
    void isCalledOffByItsListener() {
        TrainingTask task = SampleRows.directions(QUICK, 1);
        List<Integer> rounds = new ArrayList<>();
        TrainingListener impatient =
                new TrainingListener() {
                    @Override
                    public void onProgress(int done, int total, String message) {
                        rounds.add(done);
                    }

                    @Override
                    public boolean isCancelled() {
                        return rounds.size() == 3;
                    }
                };
        assertThatThrownBy(() -> train(task, impatient))
                .isInstanceOf(TrainingCancelledException.class);
        assertThat(rounds).hasSize(3);
    }

    @Test
    void isCalledOffByAnInterrupt() {
        TrainingTask task = SampleRows.directions(QUICK, 1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> train(task, TrainingListener.NONE))
                .isInstanceOf(TrainingCancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void predictsRowsOfItsOwnColumnsAlone() throws Exception {
        TrainingTask task = SampleRows.directions(QUICK, 1);
        try (TrainedModel model = train(task, TrainingListener.NONE)) {
            Rows others = Rows.unlabelled(List.of("x"), new float[] {1});
            assertThatThrownBy(() -> model.predict(others)).hasMessageContaining("columns [x]");
            assertThat(model.predict(SAMPLE.rows(task, 1, 1).span(0, 0))).isEmpty();
        }
    }
}
