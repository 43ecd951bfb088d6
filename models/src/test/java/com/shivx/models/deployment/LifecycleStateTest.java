package com.shivx.models.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LifecycleStateTest {

    private static final DeploymentPolicy POLICY = new DeploymentPolicy(List.of("/models"));

    @Test
    void goesFromDeploymentToDeploymentAndStaysWhereARequestIsRefused() {
        LifecycleState state = LifecycleState.of(null);
        assertThat(state.generation()).isZero();

        state = after(state, request("a", "1.0.0"));
        assertThat(state.generation()).isEqualTo(1);
        Deployment deployment = state.inForce();

        state = after(state, request("b", "two"));
        assertThat(state.inForce()).isEqualTo(deployment);
        assertThat(state.remembers("a")).isTrue();
        assertThat(state.remembers("b")).isTrue();
        assertThat(state.remembers("c")).isFalse();
    }

    @Test
    void remembersTheLatestRequestsAndNoMore() {
        LifecycleState state = LifecycleState.of(null);
        for (int i = 0; i <= LifecycleState.REMEMBERED; i++) {
            state = after(state, request("r" + i, "1.0.0"));
        }
        assertThat(state.recentRequestIds()).hasSize(LifecycleState.REMEMBERED);
        assertThat(state.remembers("r0")).isFalse();
        assertThat(state.remembers("r1")).isTrue();
        assertThat(state.remembers("r" + LifecycleState.REMEMBERED)).isTrue();
    }

    /** As a field that a later release adds would arrive. */
    @Test
    void startsFromADeploymentOrFromNothingAtAll() {
        Deployment deployment = after(LifecycleState.of(null), request("a", "1.0.0")).inForce();
        assertThat(LifecycleState.of(deployment).remembers("a")).isTrue();
        assertThat(LifecycleState.of(deployment).generation()).isEqualTo(1);

        LifecycleState zero = new LifecycleState(null, null);
        assertThat(zero.remembers("")).isFalse();
        assertThat(after(zero, request("a", "1.0.0")).remembers("a")).isTrue();
    }

    @Test
    void tellsWhatBecameOfARequest() {
        DeploymentRequest good = request("a", "1.0.0");
        assertThat(LifecycleEvent.of("direction~1", good, decide(null, good), 1))
                .isEqualTo(
                        new LifecycleEvent(
                                "direction~1",
                                "a",
                                "direction",
                                LifecycleEvent.Kind.DEPLOYED,
                                1,
                                DeploymentMode.NOW,
                                "1.0.0",
                                null,
                                null,
                                "a test",
                                Map.of()));
        DeploymentRequest bad = request("b", "two");
        assertThat(LifecycleEvent.of(null, bad, decide(null, bad), 0))
                .returns(LifecycleEvent.Kind.REFUSED, LifecycleEvent::kind)
                .extracting(LifecycleEvent::reason)
                .asString()
                .contains("version 'two' is not semantic");
        assertThat(LifecycleEvent.repeated("direction~2", good, 1))
                .returns(LifecycleEvent.Kind.REPEATED, LifecycleEvent::kind)
                .extracting(LifecycleEvent::reason)
                .asString()
                .contains("decided before");
    }

    private static DeploymentDecision decide(
            @Nullable Deployment current, DeploymentRequest request) {
        return POLICY.decide(current, request, RoutingUnit.SYMBOL_SLICE);
    }

    private static LifecycleState after(LifecycleState state, DeploymentRequest request) {
        return state.after(request, decide(state.inForce(), request));
    }

    private static DeploymentRequest request(String id, String version) {
        return new DeploymentRequest(
                id,
                "direction",
                DeploymentMode.NOW,
                new ModelRef(version, "/models/m.onnx", "1".repeat(64)),
                0,
                null,
                null,
                "a test");
    }
}
