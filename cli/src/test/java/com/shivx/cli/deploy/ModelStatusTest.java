package com.shivx.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentEvent.Kind;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentPolicy;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelStatusTest {

    @Test
    void tellsWhatMustServeFromWhatDoes() {
        Deployment deployed = deployment("direction");
        DeploymentEvent refused = event("direction", 1, Kind.REFUSED, 1);
        DeploymentEvent withdrawn = event("momentum", 0, Kind.WITHDRAWN, 0);
        List<ModelStatus> statuses =
                ModelStatus.of(
                        Map.of("direction", deployed, "unserved", deployment("unserved")),
                        List.of(
                                event("direction", 0, Kind.SERVING, 0),
                                event("direction", 0, Kind.SERVING, 1),
                                event("momentum", 0, Kind.SERVING, 0),
                                refused,
                                event("direction", 1, Kind.SERVING, 0),
                                withdrawn));

        assertThat(statuses)
                .containsExactly(
                        new ModelStatus(
                                "direction",
                                1,
                                deployed,
                                2,
                                List.of(
                                        new ModelStatus.Subtask(0, 1L, "1.0.0", null),
                                        new ModelStatus.Subtask(1, 0L, "1.0.0", refused))),
                        new ModelStatus(
                                "momentum",
                                0,
                                null,
                                2,
                                List.of(new ModelStatus.Subtask(0, 0L, "1.0.0", withdrawn))),
                        new ModelStatus("unserved", 1, deployment("unserved"), 0, List.of()));
        assertThat(statuses).extracting(ModelStatus::serving).containsExactly(1, 1, 0);
        assertThat(statuses)
                .extracting(ModelStatus::champion)
                .containsExactly("1.0.0", "1.0.0", "1.0.0");
    }

    /** A problem of the generation that serves stays; one of an older has gone with it. */
    @Test
    void forgetsProblemsThatAreOver() {
        DeploymentEvent refused = event("direction", 2, Kind.REFUSED, 0);
        assertThat(problem(refused, event("direction", 2, Kind.SERVING, 0))).isEqualTo(refused);
        assertThat(problem(refused, event("direction", 3, Kind.SERVING, 0))).isNull();
        // Started again, it is asked again.
        assertThat(
                        problem(
                                event("direction", 2, Kind.WITHDRAWN, 0),
                                event("direction", 2, Kind.SERVING, 0)))
                .isNull();
    }

    private static @Nullable DeploymentEvent problem(DeploymentEvent... events) {
        return ModelStatus.of(Map.of(), List.of(events)).get(0).subtasks().get(0).problem();
    }

    @Test
    void knowsNothingOfNothing() {
        assertThat(ModelStatus.of(Map.of(), List.of())).isEmpty();
    }

    private static DeploymentEvent event(String model, long generation, Kind kind, int subtask) {
        return new DeploymentEvent(model, generation, kind, "1.0.0", null, "why", subtask, 2);
    }

    private static Deployment deployment(String model) {
        return Objects.requireNonNull(
                new DeploymentPolicy(List.of("/models"))
                        .decide(
                                null,
                                new DeploymentRequest(
                                        "r",
                                        model,
                                        DeploymentMode.NOW,
                                        new ModelRef("1.0.0", "/models/m", "0".repeat(64)),
                                        0,
                                        null,
                                        null,
                                        "a test"),
                                RoutingUnit.SYMBOL_SLICE)
                        .deployment());
    }
}
