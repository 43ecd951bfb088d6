package com.shivx.operators.scoring;

import static com.shivx.models.testing.DirectionModels.MODEL;
import static com.shivx.models.testing.DirectionModels.alone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.Prediction;
import com.shivx.models.deployment.ModelRef;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore goes on with. */
class ScoringRestoreTest {

    @TempDir private Path folder;
    @TempDir private Path store;
    @TempDir private Path otherStore;

    @Test
    void goesOnWithWhatItServedThoughItsFileIsGone() throws Exception {
        OperatorSubtaskState state;
        try (DeployedScoring before = new DeployedScoring(folder, store, 0).open()) {
            ModelRef one = before.constant("1.0.0", 0.25f);
            before.deploy(alone(1, one));
            before.awaitServing(1);
            // Desired but refused: what must serve is not what does.
            before.deploy(alone(2, new ModelRef("2.0.0", folder + "/gone.onnx", "1".repeat(64))));
            before.awaitRefused(2, "not there");
            state = before.snapshot();
            Files.delete(Path.of(URI.create(one.uri())));
        }
        try (DeployedScoring after = new DeployedScoring(folder, store, 0).open(state)) {
            after.send(4);
            assertThat(after.predictionsOf(MODEL))
                    .extracting(Prediction::generation)
                    .containsOnly(1L);
            // It tries again to go over to what must serve.
            after.awaitRefused(2, "not there");
        }
    }

    @Test
    void doesNotStartWithoutTheChampionItServed() throws Exception {
        OperatorSubtaskState state;
        try (DeployedScoring before = new DeployedScoring(folder, store, 0).open()) {
            ModelRef one = before.constant("1.0.0", 0.25f);
            before.deploy(alone(1, one));
            before.awaitServing(1);
            state = before.snapshot();
            Files.delete(Path.of(URI.create(one.uri())));
        }
        try (DeployedScoring after = new DeployedScoring(folder, otherStore, 0)) {
            assertThatThrownBy(() -> after.open(state))
                    .hasMessageContaining("direction cannot start")
                    .hasMessageContaining("not there");
        }
    }
}
