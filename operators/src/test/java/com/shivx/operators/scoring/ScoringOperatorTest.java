package com.shivx.operators.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.operators.features.TickVector;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScoringOperatorTest {

    /** The smallest that the model can be called with, which leaves its calibration no choice. */
    private static final int BATCH = 2;

    private ModelArtifact model;
    private OneInputStreamOperatorTestHarness<ScoringInput, ScoredPrediction> harness;

    @BeforeEach
    void open() throws Exception {
        model = BaselineMomentum.artifact();
        harness = newHarness();
        harness.setProcessingTime(0);
        harness.open();
    }

    @AfterEach
    void leavesNothingBehind() throws Exception {
        harness.close();
        assertThat(OnnxModel.open()).isZero();
    }

    @Test
    void scoresAFullBatchAtOnceInItsOrder() throws Exception {
        take(vector(0, true));
        assertThat(predictions()).isEmpty();
        take(vector(1, true));
        assertThat(predictions())
                .extracting(Prediction::vectorId)
                .containsExactly("vector-0", "vector-1");
        assertThat(predictions()).extracting(Prediction::status).containsOnly(PredictionStatus.OK);
    }

    @Test
    void scoresALoneVectorWhenItHasWaitedLongEnough() throws Exception {
        take(vector(0, true));
        assertThat(predictions()).isEmpty();
        harness.setProcessingTime(5);
        assertThat(predictions()).hasSize(1);
        take(vector(1, true));
        harness.setProcessingTime(10);
        assertThat(predictions()).hasSize(2);
    }

    @Test
    void letsNoWatermarkOvertakeAVector() throws Exception {
        take(vector(0, true));
        harness.processWatermark(1_000);
        assertThat(harness.getOutput()).hasSize(2);
        assertThat(new ArrayList<>(harness.getOutput()).get(1)).isEqualTo(new Watermark(1_000));
    }

    @Test
    void holdsNothingWhenABarrierPasses() throws Exception {
        take(vector(0, true));
        harness.prepareSnapshotPreBarrier(1);
        assertThat(predictions()).hasSize(1);
        harness.snapshot(1, 1);
        assertThat(predictions()).hasSize(1);
    }

    @Test
    void scoresWhatIsLeftAtTheEndOfInput() throws Exception {
        take(vector(0, true));
        harness.getOperator().finish();
        assertThat(predictions()).hasSize(1);
    }

    @Test
    void doesNotScoreAVectorThatIsNotReady() throws Exception {
        take(vector(0, false));
        take(vector(1, true));
        harness.getOperator().finish();
        assertThat(predictions()).extracting(Prediction::vectorId).containsExactly("vector-1");
    }

    @Test
    void givesEachRecordItsEventTimeAndWhenItsTickWasWritten() throws Exception {
        take(vector(7, true));
        harness.getOperator().finish();
        StreamRecord<? extends ScoredPrediction> record =
                harness.getRecordOutput().iterator().next();
        assertThat(record.getTimestamp()).isEqualTo(7);
        assertThat(record.getValue().writtenMillis()).isEqualTo(1_007);
    }

    @Test
    void answersTheSameWhateverTheBatch() throws Exception {
        for (int i = 0; i < 8; i++) {
            take(vector(i, true));
        }
        List<Prediction> batched = predictions();
        for (int i = 0; i < 8; i++) {
            take(vector(i, true));
            harness.processWatermark(10_000 + i);
        }
        List<Prediction> alone = predictions().subList(8, 16);
        for (int i = 0; i < 8; i++) {
            assertThat(alone.get(i).probabilities()).isEqualTo(batched.get(i).probabilities());
        }
    }

    @Test
    void sharesOneSessionBetweenSlots() throws Exception {
        try (OneInputStreamOperatorTestHarness<ScoringInput, ScoredPrediction> other =
                newHarness()) {
            other.open();
            assertThat(OnnxModel.open()).isEqualTo(1);
        }
        assertThat(OnnxModel.open()).isEqualTo(1);
    }

    private OneInputStreamOperatorTestHarness<ScoringInput, ScoredPrediction> newHarness()
            throws Exception {
        return ScoringHarness.of(ScoringHarness.rules(BATCH, 0), model);
    }

    private void take(TickVector vector) throws Exception {
        harness.processElement(ScoringInput.of(vector), vector.vector().eventTimeMicros() / 1_000);
    }

    private List<Prediction> predictions() {
        List<Prediction> predictions = new ArrayList<>();
        for (StreamRecord<? extends ScoredPrediction> record : harness.getRecordOutput()) {
            predictions.add(record.getValue().prediction());
        }
        return predictions;
    }

    private static TickVector vector(int i, boolean ready) {
        return ScoringHarness.vector(i, ready);
    }
}
