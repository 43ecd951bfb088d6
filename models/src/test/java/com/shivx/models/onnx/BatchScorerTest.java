package com.shivx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.FeatureVector;
import com.shivx.features.tick.TickKind;
import com.shivx.models.Action;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.contract.Task;
import com.shivx.models.graph.ServingGraph;
import com.shivx.models.testing.BadGraphs;
import com.shivx.models.testing.Graphs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchScorerTest {

    private static final FeatureVector VECTOR =
            new FeatureVector("v", "BTC", TickKind.QUOTE, 17, "hash", true, new float[0]);

    private int openBefore;

    @BeforeEach
    void countOpenModels() {
        openBefore = OnnxModel.open();
    }

    @AfterEach
    void leavesNoModelOpen() {
        assertThat(OnnxModel.open()).isEqualTo(openBefore);
    }

    @Test
    void makesAPredictionOfEveryField() throws Exception {
        ModelContract contract = classifier(2, List.of("DOWN", "FLAT", "UP"));
        try (OnnxModel model = load(Graphs.softmax(2).toBytes(), contract);
                BatchScorer scorer = model.newScorer(8)) {
            Scores scores = scorer.score(new float[][] {{5, 0}, {Float.NaN, 0}});
            Prediction up = scores.prediction(0, VECTOR, 3, Role.CANARY, true);
            assertThat(up.predictionId()).isEqualTo("v~m@1.0.0");
            assertThat(up.vectorId()).isEqualTo("v");
            assertThat(up.modelId()).isEqualTo("m");
            assertThat(up.modelVersion()).isEqualTo("1.0.0");
            assertThat(up.generation()).isEqualTo(3);
            assertThat(up.role()).isEqualTo(Role.CANARY);
            assertThat(up.served()).isTrue();
            assertThat(up.symbol()).isEqualTo("BTC");
            assertThat(up.eventTimeMicros()).isEqualTo(17);
            assertThat(up.prediction()).isEqualTo("UP");
            assertThat(up.confidence()).isEqualTo(up.probabilities()[2]).isGreaterThan(0.99f);
            assertThat(up.action()).isEqualTo(Action.BUY);
            assertThat(up.classes()).containsExactly("DOWN", "FLAT", "UP");
            assertThat(up.probabilities()).hasSize(3);
            assertThat(up.status()).isEqualTo(PredictionStatus.OK);

            Prediction none = scores.prediction(1, VECTOR, 3, Role.SHADOW, false);
            assertThat(none.status()).isEqualTo(PredictionStatus.INVALID_OUTPUT);
            assertThat(none.prediction()).isNull();
            assertThat(none.action()).isNull();
            assertThat(none.confidence()).isNaN();
            assertThat(none.probabilities()).isEmpty();
        }
    }

    @Test
    void makesAPredictionOfDecisionScoresWithoutConfidence() throws Exception {
        ModelContract contract = classifier(2, List.of("DOWN", "UP"));
        try (OnnxModel model = load(Graphs.sum(2, "Identity").toBytes(), contract);
                BatchScorer scorer = model.newScorer(8)) {
            Prediction down =
                    scorer.score(new float[] {-2, 0}).prediction(0, VECTOR, 1, Role.CHAMPION, true);
            assertThat(down.prediction()).isEqualTo("DOWN");
            assertThat(down.action()).isEqualTo(Action.SELL);
            assertThat(down.confidence()).isNaN();
            assertThat(down.probabilities()).containsExactly(2, -2);
        }
    }

    @Test
    void makesAPredictionOfARegression() throws Exception {
        try (OnnxModel model = load(Graphs.sum(2, "Identity").toBytes(), regression(2));
                BatchScorer scorer = model.newScorer(8)) {
            Prediction value =
                    scorer.score(new float[] {0.1f, 0})
                            .prediction(0, VECTOR, 1, Role.CHAMPION, true);
            assertThat(value.prediction()).isEqualTo("0.1");
            assertThat(value.action()).isNull();
            assertThat(value.confidence()).isNaN();
            assertThat(value.classes()).isEmpty();
            assertThat(value.probabilities()).containsExactly(0.1f);
        }
    }

    @Test
    void scoresAnyNumberOfRowsInBatchesThatItMayUse() throws Exception {
        try (OnnxModel model = load(Graphs.sum(1, "Identity").toBytes(), regression(1))) {
            assertThat(model.batchSizes()).containsExactly(2, 4, 8, 16, 32, 64, 128, 256);
            for (int max : new int[] {1, 2, 100, 256}) {
                try (BatchScorer scorer = model.newScorer(max)) {
                    for (int count : new int[] {0, 1, 2, 3, 255, 256, 257, 1000}) {
                        Scores scores = scorer.score(count, i -> new float[] {i});
                        assertThat(scores.count()).isEqualTo(count);
                        for (int i = 0; i < count; i++) {
                            assertThat(scores.values(i)).containsExactly(i);
                        }
                    }
                }
            }
        }
    }

    @Test
    void endsACallThatDoesNotReturnAndGoesOnWithTheNext() throws Exception {
        try (OnnxModel model = unchecked(Graphs.busy(1).toBytes(), 2);
                BatchScorer scorer = model.newScorer(2)) {
            long call = scorer.call();
            Future<PredictionStatus> status =
                    inBackground(() -> scorer.score(new float[][] {{1}, {2}, {3}}).status(2));
            while (!status.isDone()) {
                scorer.terminate(call);
                Thread.onSpinWait();
            }
            assertThat(status.get()).isEqualTo(PredictionStatus.TIMEOUT);
            scorer.terminate(call);
            scorer.terminate(scorer.call());
            assertThat(scorer.score(new float[] {0}).status(0)).isEqualTo(PredictionStatus.OK);
        }
    }

    @Test
    void tellsAFailedCallByItsStatus() throws Exception {
        try (OnnxModel model = unchecked(BadGraphs.failing(), 2);
                BatchScorer scorer = model.newScorer(2)) {
            Scores scores = scorer.score(new float[][] {{1, 2, 3}, {1, 2, 3}});
            assertThat(scores.status(0)).isEqualTo(PredictionStatus.FAILED);
            assertThat(scores.status(1)).isEqualTo(PredictionStatus.FAILED);
        }
    }

    @Test
    void refusesToScoreWithAClosedModel() throws Exception {
        OnnxModel model = load(Graphs.sum(1, "Identity").toBytes(), regression(1));
        try (BatchScorer scorer = model.newScorer(2)) {
            scorer.score(new float[] {1});
            model.close();
            model.close();
            assertThatThrownBy(() -> scorer.score(new float[] {1}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void closesBesideRunningCallsWhenTheLastHasLeft() throws Exception {
        int threads = 4;
        OnnxModel model = load(Graphs.softmax(8).toBytes(), classifier(8, List.of("A", "B", "C")));
        AtomicInteger scored = new AtomicInteger();
        List<Future<Boolean>> ended = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            ended.add(inBackground(() -> scoreUntilClosed(model, scored)));
        }
        while (scored.get() < 1000) {
            Thread.onSpinWait();
        }
        model.close();
        for (Future<Boolean> end : ended) {
            assertThat(end.get()).isTrue();
        }
    }

    private static boolean scoreUntilClosed(OnnxModel model, AtomicInteger scored) {
        float[][] rows = new float[32][8];
        try (BatchScorer scorer = model.newScorer(32)) {
            while (true) {
                assertThat(scorer.score(rows).status(31)).isEqualTo(PredictionStatus.OK);
                scored.incrementAndGet();
            }
        } catch (IllegalStateException closed) {
            return true;
        }
    }

    private static <T> Future<T> inBackground(Callable<T> task) {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Future<T> future = executor.submit(task);
        executor.shutdown();
        return future;
    }

    private static OnnxModel load(byte[] bytes, ModelContract contract)
            throws ModelRefusedException {
        return ModelLoader.DEFAULT.load(ModelArtifact.of(bytes, contract));
    }

    /** A model that no trial run would let pass. */
    private static OnnxModel unchecked(byte[] bytes, int batchSize) throws Exception {
        ServingGraph graph = ServingGraph.parse(bytes);
        int columns = graph.inputs().columns();
        ScoreShape shape =
                new ScoreShape(graph.scores(), graph.scoreType(), new long[] {2, columns}, 2);
        List<String> classes = List.of("A", "B", "C").subList(0, columns);
        return new OnnxModel(
                classifier(columns, classes),
                OnnxSession.open(graph.bytes(), Device.CPU),
                Device.CPU,
                graph.inputs(),
                new int[columns],
                new TrialRun.Findings(
                        shape, OutputKind.SCORES, null, false, new int[] {batchSize}));
    }

    private static ModelContract classifier(int columns, List<String> classes) {
        Action[] actions = {
            Action.SELL, classes.size() == 2 ? Action.BUY : Action.HOLD, Action.BUY
        };
        return new ModelContract(
                "m",
                "1.0.0",
                Task.CLASSIFICATION,
                null,
                null,
                names(columns),
                classes,
                Arrays.asList(actions).subList(0, classes.size()),
                null,
                false);
    }

    private static ModelContract regression(int columns) {
        return new ModelContract(
                "m",
                "1.0.0",
                Task.REGRESSION,
                null,
                null,
                names(columns),
                List.of(),
                List.of(),
                null,
                false);
    }

    private static List<String> names(int columns) {
        return IntStream.range(0, columns).mapToObj(i -> "c" + i).toList();
    }
}
