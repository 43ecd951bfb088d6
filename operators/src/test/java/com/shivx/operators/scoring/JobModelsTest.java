package com.shivx.operators.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.SharedModels;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JobModelsTest {

    private final ScoringRules rules = ScoringHarness.rules(64, 0);

    @Test
    void calibratesAModelOnceForTwoSubtasksAtATime() throws Exception {
        try (JobModels models = new JobModels();
                SharedModels.Lease one =
                        models.acquire(BaselineMomentum.artifact(), ModelLoader.DEFAULT);
                SharedModels.Lease other =
                        models.acquire(BaselineMomentum.artifact(), ModelLoader.DEFAULT)) {
            CompletableFuture<Calibration> beside =
                    CompletableFuture.supplyAsync(() -> models.calibration(other.model(), rules));

            assertThat(models.calibration(one.model(), rules)).isSameAs(beside.join());
        }
    }

    @Test
    void calibratesAnewWhatIsLoadedAnew() throws Exception {
        try (JobModels models = new JobModels()) {
            Calibration first = calibration(models);

            assertThat(calibration(models)).isNotSameAs(first);
        }
    }

    /** Of the model loaded for this alone. */
    private Calibration calibration(JobModels models) throws Exception {
        try (SharedModels.Lease lease =
                models.acquire(BaselineMomentum.artifact(), ModelLoader.DEFAULT)) {
            return models.calibration(lease.model(), rules);
        }
    }
}
