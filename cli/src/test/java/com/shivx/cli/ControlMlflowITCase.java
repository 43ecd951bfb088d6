package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.control.plane.ControlPlane;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.Role;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.lifecycle.TrainingResult.Kind;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.AuditAction;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.uri.Registries;
import com.shivx.models.testing.MlflowServer;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.LifecycleEventJson;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same with a real MLflow server, which is gone for a while. */
class ControlMlflowITCase extends RequestedTrainings {

    /** A server that has answered once is waited for half a minute by default, at each call. */
    private static final Map<String, String> LESS_PATIENT =
            Map.of("MLFLOW_HTTP_REQUEST_TIMEOUT", "10");

    @Test
    void trainsWritesWhatServesAndAuditsAlthoughTheServerIsGoneForAWhile() throws Exception {
        try (MlflowServer server =
                MlflowServer.start(Files.createDirectories(folder.resolve("mlflow")))) {
            TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
            registry = Registries.open(server.uri(), LESS_PATIENT, Clock.systemUTC());
            deploy(registry.register(Candidates.of("direction", "1.0.0")), 7);
            request("r1");
            try (ControlPlane plane =
                    control(
                            Map.of(
                                    "training.registry",
                                    server.uri(),
                                    "control.follow-interval",
                                    "200ms",
                                    "control.training.max-attempts",
                                    "1000"))) {
                Until.holds("r1 has ended", () -> isOver("r1"));
                assertThat(last("r1").kind()).as(last("r1").reason()).isEqualTo(Kind.SUCCEEDED);
                ModelVersion better = version("1.1.0");
                assertThat(better.comment()).startsWith("request %sr1: ".formatted(prefix));
                serve(better, 8);
                Until.holds("it is in production", () -> isInProduction(better));
                decide("direction~1");
                Until.holds("the decision is written", () -> decisions().size() == 1);

                server.close();
                request("r2");
                Until.holds("it is told", () -> kinds("r2").contains(Kind.RETRYING));
                assertThat(results("r2").get(1).reason()).contains(server.uri());
                decide("direction~2");
                server.start();
                Until.holds("r2 has ended", () -> isOver("r2"));
                assertThat(last("r2").kind()).as(last("r2").reason()).isEqualTo(Kind.REFUSED);
                Until.holds("what was kept is written", () -> decisions().size() == 2);
                assertThat(plane.health().reason()).isNull();
            }
            assertThat(registry.model("direction").versions())
                    .extracting(version -> version.version().toString())
                    .containsExactly("1.0.0", "1.1.0", "1.2.0");
            assertThat(audited(AuditAction.DEPLOYED))
                    .extracting(entry -> String.valueOf(entry.to()))
                    .containsExactly("1.1.0");
            assertThat(isInProduction(version("1.1.0"))).isTrue();
            assertThat(registry.unaudited("direction")).isEmpty();
        }
    }

    private boolean isInProduction(ModelVersion version) {
        return version.version()
                .equals(registry.model("direction").aliases().get(Alias.PRODUCTION));
    }

    private List<AuditEntry> decisions() {
        return audited(AuditAction.DECIDED);
    }

    private List<AuditEntry> audited(AuditAction action) {
        return registry.audit("direction").entries().stream()
                .filter(entry -> entry.action() == action)
                .toList();
    }

    /** What the lifecycle job and the scoring job say of it. */
    private void serve(ModelVersion version, long generation) throws Exception {
        deploy(version, generation);
        send(
                Topic.DEPLOYMENT_EVENTS,
                new DeploymentEventJson(),
                new DeploymentEvent(
                        "direction",
                        generation,
                        DeploymentEvent.Kind.SERVING,
                        version.version().toString(),
                        Role.CHAMPION,
                        null,
                        0,
                        1));
    }

    private void decide(String eventId) throws Exception {
        send(
                Topic.LIFECYCLE_EVENTS,
                new LifecycleEventJson(),
                new LifecycleEvent(
                        eventId,
                        "r",
                        "direction",
                        LifecycleEvent.Kind.REFUSED,
                        8,
                        null,
                        null,
                        null,
                        "for a test",
                        "ada",
                        null));
    }
}
