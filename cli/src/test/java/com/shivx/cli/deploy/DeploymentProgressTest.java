package com.shivx.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.Role;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.ModelRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeploymentProgressTest {

    private final DeploymentProgress progress =
            new DeploymentProgress(
                    new DeploymentRequest(
                            "mine",
                            "direction",
                            DeploymentMode.NOW,
                            new ModelRef("2.1.0", "/models/m.onnx", "0".repeat(64)),
                            0,
                            null,
                            null,
                            "a test"));

    @Test
    void isDoneWhenEverySubtaskServes() {
        assertThat(progress.waitingFor()).isEqualTo("the lifecycle job decides");
        progress.take(decision("mine", LifecycleEvent.Kind.DEPLOYED, 3, null));
        assertThat(progress.news()).containsExactly("decided: generation 3 of direction");
        assertThat(progress.waitingFor()).isEqualTo("the scoring job takes generation 3 over");

        progress.take(serving(3, 1, 2));
        assertThat(progress.news()).containsExactly("serving: 1 of 2 subtasks");
        assertThat(progress.waitingFor()).isEqualTo("1 more of 2 subtasks serve generation 3");
        progress.take(serving(3, 1, 2));
        assertThat(progress.news()).isEmpty();
        assertThat(progress.isOver()).isFalse();

        progress.take(serving(3, 0, 2));
        assertThat(progress.news()).containsExactly("serving: 2 of 2 subtasks");
        assertThat(progress.isServing()).isTrue();
        assertThat(progress.isOver()).isTrue();
        assertThat(progress.failure()).isNull();
    }

    /** No order holds between the topics, and other models and generations say things too. */
    @Test
    void keepsWhatComesBeforeTheDecisionAndPassesOthersOver() {
        progress.take(serving(3, 0, 2));
        progress.take(serving(2, 1, 2));
        progress.take(
                new DeploymentEvent(
                        "volatility", 3, DeploymentEvent.Kind.REFUSED, "1", null, "no", 0, 2));
        progress.take(decision("another", LifecycleEvent.Kind.REFUSED, 2, "no"));
        progress.take(decision("mine", LifecycleEvent.Kind.REPEATED, 2, "again"));
        assertThat(progress.news()).isEmpty();

        progress.take(decision("mine", LifecycleEvent.Kind.DEPLOYED, 3, null));
        assertThat(progress.news())
                .containsExactly("decided: generation 3 of direction", "serving: 1 of 2 subtasks");
        progress.take(serving(3, 1, 2));
        assertThat(progress.isServing()).isTrue();
    }

    @Test
    void failsWithTheReasonOfARefusal() {
        progress.take(decision("mine", LifecycleEvent.Kind.REFUSED, 2, "no champion; deploy one"));
        assertThat(progress.failure()).isEqualTo("the request is refused: no champion; deploy one");
        assertThat(progress.isOver()).isTrue();
    }

    @Test
    void failsWhenASubtaskRefuses() {
        progress.take(decision("mine", LifecycleEvent.Kind.DEPLOYED, 3, null));
        progress.take(serving(3, 0, 2));
        progress.take(
                new DeploymentEvent(
                        "direction",
                        3,
                        DeploymentEvent.Kind.REFUSED,
                        "2.1.0",
                        Role.CHAMPION,
                        "checksum; fetch it again",
                        1,
                        2));
        assertThat(progress.failure())
                .contains("subtask 1 of 2 refuses generation 3")
                .contains("what was served before goes on")
                .endsWith("checksum; fetch it again");
        assertThat(progress.isServing()).isFalse();
    }

    @Test
    void failsWhenAVersionIsWithdrawn() {
        progress.take(decision("mine", LifecycleEvent.Kind.DEPLOYED, 3, null));
        progress.take(
                new DeploymentEvent(
                        "direction",
                        3,
                        DeploymentEvent.Kind.WITHDRAWN,
                        "2.1.0",
                        Role.CHAMPION,
                        "failed 3 batches in a row",
                        1,
                        2));
        assertThat(progress.failure())
                .isEqualTo("generation 3 is served without 2.1.0: failed 3 batches in a row");
    }

    @Test
    void failsWhenAnotherGenerationComesFirst() {
        progress.take(decision("mine", LifecycleEvent.Kind.DEPLOYED, 3, null));
        progress.take(serving(3, 0, 2));
        progress.take(decision("another", LifecycleEvent.Kind.DEPLOYED, 4, null));
        assertThat(progress.failure())
                .contains("generation 3 was replaced by generation 4")
                .contains("shivx models status direction");

        // Once served it is served, whatever comes later.
        DeploymentProgress served =
                new DeploymentProgress(
                        new DeploymentRequest(
                                "mine",
                                "direction",
                                DeploymentMode.NOW,
                                new ModelRef("1.0.0", "/m", ""),
                                0,
                                null,
                                null,
                                ""));
        served.take(serving(4, 0, 1));
        served.take(decision("mine", LifecycleEvent.Kind.DEPLOYED, 4, null));
        served.take(serving(5, 0, 1));
        assertThat(served.failure()).isNull();
    }

    /** A job that is rescaled meanwhile has other subtasks. */
    @Test
    void countsTheSubtasksThatThereAreNow() {
        progress.take(decision("mine", LifecycleEvent.Kind.DEPLOYED, 3, null));
        progress.take(serving(3, 0, 4));
        progress.take(serving(3, 3, 4));
        progress.take(serving(3, 0, 2));
        assertThat(progress.isServing()).isFalse();
        assertThat(progress.waitingFor()).isEqualTo("1 more of 2 subtasks serve generation 3");
        progress.take(serving(3, 1, 2));
        assertThat(progress.isServing()).isTrue();
    }

    @Test
    void saysWhatIsMissingWithTheRemedy() {
        assertThat(progress.givenUp()).contains("shivx run lifecycle");
        progress.take(decision("mine", LifecycleEvent.Kind.DEPLOYED, 3, null));
        assertThat(progress.givenUp()).contains("shivx run scoring");
        progress.take(serving(3, 0, 2));
        assertThat(progress.givenUp()).contains("served by 1 of 2 subtasks").contains("Web UI");
    }

    private static LifecycleEvent decision(
            String id, LifecycleEvent.Kind kind, long generation, @Nullable String reason) {
        return new LifecycleEvent(
                null,
                id,
                "direction",
                kind,
                generation,
                DeploymentMode.NOW,
                "2.1.0",
                null,
                reason,
                "a test",
                null);
    }

    private static DeploymentEvent serving(long generation, int subtask, int parallelism) {
        return new DeploymentEvent(
                "direction",
                generation,
                DeploymentEvent.Kind.SERVING,
                null,
                null,
                null,
                subtask,
                parallelism);
    }
}
