package com.shivx.models.training.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LinearTrainerTest {

    private static final SampleRows SAMPLE = SampleRows.ORDINARY;

    static Stream<TrainingTask> tasks() {
        return Stream.of(
                TrainingTask.classification(List.of("DOWN", "UP"), Map.of(), 7),
                SampleRows.directions(Map.of(), 7),
                TrainingTask.regression(Map.of(), 7));
    }

    private static TrainedModel train(TrainingTask task, Rows fit) throws TrainingException {
        return new LinearTrainer()
                .train(task, fit, SAMPLE.rows(task, 500, 2), TrainingListener.NONE);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void exportsWhatItAnswers(TrainingTask task) throws Exception {
        try (TrainedModel model = train(task, SAMPLE.rows(task, 2000, 1))) {
            CheckedExport export =
                    ExportGate.export(model, SAMPLE.contract(task), SAMPLE.rows(task, 12_000, 3));
            assertThat(export.rows()).isGreaterThan(10_000);
            assertThat(export.largestDifference()).isLessThanOrEqualTo(1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void givesTheSameBytesWhateverTheSeed(TrainingTask task) throws Exception {
        TrainingTask other = new TrainingTask(task.task(), task.classes(), task.parameters(), 9);
        try (TrainedModel first = train(task, SAMPLE.rows(task, 700, 1));
                TrainedModel again = train(other, SAMPLE.rows(task, 700, 1))) {
            assertThat(again.toOnnx(SAMPLE.contract(task)))
                    .isEqualTo(first.toOnnx(SAMPLE.contract(task)));
        }
    }

    /** Plain gradient descent on columns that are standardised here once more, by other code. */
    @ParameterizedTest
    @CsvSource({"2, 0.01", "3, 0.01", "3, 0.3"})
    void findsWhatGradientDescentFinds(int classes, String l2) throws Exception {
        TrainingTask task =
                TrainingTask.classification(
                        SampleRows.DIRECTIONS.subList(0, classes),
                        Map.of("l2", l2, "clip", "3"),
                        0);
        Rows rows = SAMPLE.rows(task, 400, 5);
        double[][] expected = SlowOracle.softmax(rows, classes, Double.parseDouble(l2), 3, 4_000);
        try (TrainedModel model = train(task, rows)) {
            float[] answers = model.predict(rows);
            for (int i = 0; i < rows.count(); i++) {
                for (int k = 0; k < classes; k++) {
                    assertThat((double) answers[i * classes + k])
                            .isCloseTo(expected[i][k], within(2e-6));
                }
            }
        }
    }

    /** Coordinate descent on the same problem, until nothing moves. */
    @Test
    void findsWhatCoordinateDescentFinds() throws Exception {
        TrainingTask task = TrainingTask.regression(Map.of("l2", "0.05", "clip", "3"), 0);
        Rows rows = SAMPLE.rows(task, 400, 5);
        double[] expected = SlowOracle.ridge(rows, 0.05, 3, 300);
        try (TrainedModel model = train(task, rows)) {
            float[] answers = model.predict(rows);
            for (int i = 0; i < rows.count(); i++) {
                assertThat((double) answers[i]).isCloseTo(expected[i], within(1e-5));
            }
        }
    }

    @Test
    void learnsNothingOfConstantAndAbsentColumns() throws Exception {
        TrainingTask task = TrainingTask.classification(List.of("DOWN", "UP"), Map.of(), 0);
        Rows sample = SAMPLE.rows(task, 600, 1);
        List<String> columns = List.of("c0", "constant", "absent", "price");
        float[] values = new float[600 * 4];
        for (int i = 0; i < 600; i++) {
            values[4 * i] = sample.value(i, 0);
            values[4 * i + 1] = 42;
            values[4 * i + 2] = Float.NaN;
            // One unit in the last place of it: all that a float can show of this spread.
            values[4 * i + 3] = i % 2 == 0 ? 1e6f : Math.nextUp(1e6f);
        }
        Rows rows = Rows.of(columns, values, sample.targets());
        try (TrainedModel model =
                new LinearTrainer().train(task, rows, rows, TrainingListener.NONE)) {
            assertThat(model.importance())
                    .isEqualTo(Map.of("c0", 1.0, "constant", 0.0, "absent", 0.0, "price", 0.0));
            float[] known =
                    model.predict(Rows.unlabelled(columns, new float[] {0.1f, 42, 0, 1e6f}));
            float[] strange =
                    model.predict(Rows.unlabelled(columns, new float[] {0.1f, -7, 8e9f, 3}));
            assertThat(strange).isEqualTo(known);
        }
    }

    @Test
    void answersInfinitiesAndMissingValuesInsideTheGraph() throws Exception {
        TrainingTask task = SampleRows.directions(Map.of(), 0);
        try (TrainedModel model = train(task, SAMPLE.rows(task, 600, 1));
                OnnxModel served =
                        ModelLoader.DEFAULT.load(
                                ExportGate.export(
                                                model,
                                                SAMPLE.contract(task),
                                                SAMPLE.rows(task, 50, 3))
                                        .artifact());
                BatchScorer scorer = served.newScorer(2)) {
            float[] row = {Float.POSITIVE_INFINITY, Float.NaN, 0, 0, 0, 0};
            float[] clipped = {1e30f, Float.NaN, 0, 0, 0, 0};
            float[] answer = scorer.score(row).values(0);
            assertThat(answer).hasSize(3).isEqualTo(scorer.score(clipped).values(0));
            assertThat(answer[2]).isGreaterThan(answer[0]);
        }
    }

    @Test
    void learnsAConstantTarget() throws Exception {
        TrainingTask task = TrainingTask.regression(Map.of(), 0);
        Rows rows = Rows.of(List.of("c0"), new float[] {1, 2, 3}, new float[] {5, 5, 5});
        try (TrainedModel model =
                new LinearTrainer().train(task, rows, rows, TrainingListener.NONE)) {
            assertThat(model.predict(rows)).containsExactly(5, 5, 5);
            assertThat(model.importance()).isEqualTo(Map.of("c0", 0.0));
            ExportGate.export(model, new SampleRows(1, 0, 0).contract(task), rows);
        }
    }

    @Test
    void keepsThePenaltyOfTheLeastLoss() throws Exception {
        TrainingTask task = SampleRows.directions(Map.of(), 0);
        Rows fit = SAMPLE.rows(task, 150, 1);
        Rows stop = SAMPLE.rows(task, 4000, 2);
        List<Double> losses = new ArrayList<>();
        try (TrainedModel model =
                new LinearTrainer()
                        .train(
                                task,
                                fit,
                                stop,
                                (done, total, line) ->
                                        losses.add(
                                                Double.parseDouble(
                                                        line.replaceAll(".*log-loss ", ""))))) {
            double least = losses.stream().mapToDouble(loss -> loss).min().orElseThrow();
            assertThat(losses).hasSizeGreaterThan(2);
            assertThat(HeldOutLoss.of(task, stop, model.predict(stop)))
                    .isCloseTo(least, within(1e-6));
            assertThat(model.summary()).contains("l2 ").contains("on the later span");
        }
    }

    /** Classes that a plane divides have no best weights but for the penalty. */
    @Test
    void learnsWhatCanBeDividedWithoutError() throws Exception {
        TrainingTask task =
                TrainingTask.classification(List.of("DOWN", "UP"), Map.of("l2", "1e-9"), 0);
        float[] values = new float[200];
        float[] targets = new float[200];
        for (int i = 0; i < 200; i++) {
            values[i] = i - 99.5f;
            targets[i] = i < 100 ? 0 : 1;
        }
        Rows rows = Rows.of(List.of("x"), values, targets);
        try (TrainedModel model =
                new LinearTrainer().train(task, rows, rows, TrainingListener.NONE)) {
            assertThat(HeldOutLoss.of(task, rows, model.predict(rows))).isLessThan(1e-3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "l2, 0, parameter l2 is '0'; make it auto or a number from 0.000000001 to 1000000",
        "clip, no, parameter clip is 'no'; make it a number from 0.5 to 1000",
        "eta, 1, parameter eta=1 is not known; use one of l2"
    })
    void refusesParametersThatItDoesNotTake(String name, String value, String message) {
        TrainingTask task = SampleRows.directions(Map.of(name, value), 1);
        assertThatThrownBy(() -> train(task, SAMPLE.rows(task, 100, 1)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void isCalledOff(TrainingTask task) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> train(task, SAMPLE.rows(task, 100, 1)))
                .isInstanceOf(TrainingCancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
