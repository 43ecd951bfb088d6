package com.shivx.operators.scoring;

import static com.shivx.models.testing.DirectionModels.alone;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.deployment.ModelRef;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is under way beside a task that ends has nobody to tell. It must end without an exception
 * that nobody catches: a TaskManager may be told to stop at one.
 */
class ScoringEndTest {

    @TempDir private Path folder;
    @TempDir private Path store;

    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private UncaughtExceptionHandler before;

    @BeforeEach
    void listen() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, exception) -> uncaught.add(exception));
    }

    @AfterEach
    void listenNoMore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void aModelThatIsReady() throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, 0).open()) {
            deployAfterTheEnd(scoring, scoring.constant("1.0.0", 0.5f));
        }
    }

    @Test
    void aModelThatIsRefused() throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, 0).open()) {
            deployAfterTheEnd(
                    scoring, new ModelRef("1.0.0", folder + "/gone.onnx", "1".repeat(64)));
        }
    }

    private void deployAfterTheEnd(DeployedScoring scoring, ModelRef ref) throws Exception {
        scoring.endTask();
        scoring.deploy(alone(1, ref));
        scoring.await(() -> loaders() == 0);
        assertThat(scoring.events()).isEmpty();
        assertThat(uncaught).isEmpty();
    }

    @Test
    void aBatchThatIsScored() throws Exception {
        try (DeployedScoring scoring = new DeployedScoring(folder, store, 2).open()) {
            scoring.endTask();
            for (int i = 0; i < 4; i++) {
                scoring.take(ScoringInput.of(ScoringHarness.vector(i, true)), i);
            }
            scoring.cancel();
        }
        assertThat(uncaught).isEmpty();
    }

    /** Threads that make a deployment ready. */
    private static long loaders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("shivx-model-load"))
                .count();
    }
}
