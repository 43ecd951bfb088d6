package com.shivx.control.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingEnd;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.lifecycle.TrainingResult.Kind;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.wire.TrainingEndJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainingLauncherTest {

    private static final TrainingRules RULES =
            new TrainingRules(
                    3,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(600),
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(1));
    private static final ModelRef SERVING =
            new ModelRef("1.0.0", "/m/1/model.onnx", "a".repeat(64));

    private final FakeCluster cluster = new FakeCluster();
    private final List<TrainingResult> results = new ArrayList<>();
    private final List<Integer> cancelledWhenTold = new ArrayList<>();
    private final List<DeploymentRequest> deployments = new ArrayList<>();
    private @Nullable Deployment deployed = Deployment.initial("direction", SERVING);
    private @Nullable RegistryException registryFailure;
    private long seconds;
    private TrainingBook book = new TrainingBook();
    private TrainingLauncher launcher = launcher();

    private TrainingLauncher launcher() {
        return new TrainingLauncher(
                book,
                cluster,
                new Registered(),
                model -> model.equals("direction") ? deployed : null,
                (result, request) -> {
                    results.add(result);
                    cancelledWhenTold.add(cluster.cancelled().size());
                    if (request != null) {
                        deployments.add(request);
                    }
                },
                Map.of("training.log", "/log"),
                RULES,
                () -> Duration.ofSeconds(seconds).toNanos());
    }

    /** A registry that answers or does not. */
    private final class Registered implements Candidates {
        @Override
        public String champion(String model, ModelRef serving) {
            check();
            return model + "@" + serving.version();
        }

        @Override
        public ModelRef place(String model, String version) throws ModelRefusedException {
            check();
            return new ModelRef(version, "/m/" + version, "b".repeat(64));
        }

        private void check() {
            if (registryFailure != null) {
                throw registryFailure;
            }
        }
    }

    @Test
    void whatIsBetterIsRolledOut() {
        request("r1");
        steps(2);
        assertThat(results).extracting(TrainingResult::kind).containsExactly(Kind.STARTED);
        assertThat(cluster.submitted()).containsExactly(new Attempt("r1", 1).jobId());
        assertThat(cluster.options())
                .containsEntry("training.log", "/log")
                .containsEntry("training.model", "direction")
                .containsEntry("training.request", "r1")
                .containsEntry("training.champion", "direction@1.0.0")
                .containsEntry("training.from", "1970-01-01T00:00:01.500Z");
        cluster.is(JobLook.State.RUNNING, null);
        steps(1);
        cluster.is(JobLook.State.FINISHED, end(TrainingEnd.Kind.PROMOTE, "1.1.0", "1.0.0"));
        steps(3);

        assertThat(results)
                .extracting(TrainingResult::kind)
                .containsExactly(Kind.STARTED, Kind.SUCCEEDED);
        assertThat(results.get(1).version()).isEqualTo("1.1.0");
        assertThat(deployments)
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.mode()).isEqualTo(DeploymentMode.ROLLOUT);
                            assertThat(request.version().version()).isEqualTo("1.1.0");
                            assertThat(request.expectedGeneration()).isZero();
                            assertThat(request.requestedBy()).isEqualTo("control");
                        });
    }

    @Test
    void whereNothingServesTheFirstVersionIsDeployedAlone() {
        deployed = null;
        request("r1");
        steps(2);
        assertThat(cluster.options()).doesNotContainKey("training.champion");
        cluster.is(JobLook.State.FINISHED, end(TrainingEnd.Kind.REGISTERED, "0.1.0", null));
        steps(1);

        assertThat(last().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(deployments)
                .extracting(DeploymentRequest::mode)
                .containsExactly(DeploymentMode.NOW);
    }

    @Test
    void whatIsNotBetterIsRefusedAndProductionStays() {
        for (TrainingEnd.Kind kind :
                List.of(
                        TrainingEnd.Kind.KEEP,
                        TrainingEnd.Kind.INCONCLUSIVE,
                        TrainingEnd.Kind.REFUSED)) {
            request(kind.name());
            steps(2);
            cluster.is(JobLook.State.FINISHED, end(kind, null, "1.0.0"));
            steps(1);
            assertThat(last().kind()).isEqualTo(Kind.REFUSED);
            assertThat(last().reason()).contains("because");
        }
        assertThat(deployments).isEmpty();
        assertThat(book.open()).isEmpty();
    }

    @Test
    void whatFailsIsTriedAgainLaterAndLaterAndThenGivenUp() {
        request("r1");
        steps(2);
        cluster.is(JobLook.State.FAILED, "OutOfMemoryError: heap");
        steps(1);
        assertThat(last().kind()).isEqualTo(Kind.RETRYING);
        steps(9);
        assertThat(cluster.submitted()).hasSize(1);
        steps(3);
        assertThat(cluster.submitted()).hasSize(2);
        cluster.is(JobLook.State.FINISHED, end(TrainingEnd.Kind.FAILED, null, null));
        steps(14);
        assertThat(cluster.submitted()).hasSize(2);
        steps(4);
        assertThat(cluster.submitted())
                .containsExactly(
                        new Attempt("r1", 1).jobId(),
                        new Attempt("r1", 2).jobId(),
                        new Attempt("r1", 3).jobId());
        cluster.is(JobLook.State.FAILED, "OutOfMemoryError: heap");
        steps(1);
        assertThat(last().kind()).isEqualTo(Kind.FAILED);
        assertThat(last().reason())
                .isEqualTo(
                        "given up after 3 attempts; the last: the job has failed: OutOfMemoryError: heap");
        assertThat(deployments).isEmpty();

        request("r2");
        steps(2);
        assertThat(cluster.submitted()).contains(new Attempt("r2", 1).jobId());
    }

    @Test
    void oneThatIsStartedAnewGoesOnWithTheSameJob() {
        request("r1");
        steps(2);
        cluster.is(JobLook.State.RUNNING, null);
        List<TrainingResult> before = List.copyOf(results);
        book = new TrainingBook();
        // The topics have no order between them.
        before.forEach(book::add);
        request("r1");
        launcher = launcher();
        steps(3);
        assertThat(cluster.submitted()).hasSize(1);
        cluster.is(JobLook.State.FINISHED, end(TrainingEnd.Kind.PROMOTE, "1.1.0", "1.0.0"));
        steps(1);
        assertThat(last().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(results).hasSize(2);

        List<TrainingResult> all = List.copyOf(results);
        book = new TrainingBook();
        request("r1");
        all.forEach(book::add);
        launcher = launcher();
        steps(3);
        assertThat(results).hasSize(2);
        assertThat(deployments).hasSize(1);
    }

    @Test
    void oneThatDiedBeforeItSubmittedIsSucceededByOneThatDoes() {
        request("r1");
        book.add(new TrainingResult("r1", "direction", Kind.STARTED, 1, null, "job"));
        steps(1);
        assertThat(cluster.submitted()).containsExactly(new Attempt("r1", 1).jobId());
        assertThat(results).isEmpty();
    }

    @Test
    void oneThatDiedWhileItSubmittedMayHaveBeenHeard() {
        request("r1");
        book.add(new TrainingResult("r1", "direction", Kind.STARTED, 1, null, "job"));
        cluster.plan(new Attempt("r1", 1).jobId());
        steps(3);
        assertThat(results).isEmpty();
        cluster.is(JobLook.State.FINISHED, end(TrainingEnd.Kind.PROMOTE, "1.1.0", "1.0.0"));
        steps(1);
        assertThat(results)
                .singleElement()
                .returns(Kind.SUCCEEDED, TrainingResult::kind)
                .returns(1, TrainingResult::attempt);
        assertThat(cluster.submitted()).hasSize(1);
    }

    @Test
    void aClusterThatHasLostTheJobGetsAnother() {
        request("r1");
        steps(2);
        cluster.forget();
        steps(1);
        assertThat(last().kind()).isEqualTo(Kind.RETRYING);
        assertThat(last().reason()).contains("the cluster has lost job");
    }

    @Test
    void aClusterThatDoesNotAnswerIsWaitedForAndNotForEver() {
        request("r1");
        steps(2);
        cluster.fail(
                new TrainingClusterException(
                        TrainingClusterException.Kind.UNREACHABLE, "cannot reach Flink", null));
        steps(119);
        assertThat(last().kind()).isEqualTo(Kind.STARTED);
        cluster.fail(null);
        steps(1);
        cluster.fail(
                new TrainingClusterException(
                        TrainingClusterException.Kind.UNREACHABLE, "cannot reach Flink", null));
        steps(122);
        assertThat(results)
                .extracting(TrainingResult::kind)
                .containsExactly(Kind.STARTED, Kind.RETRYING);
        assertThat(last().reason()).isEqualTo("cannot reach Flink");
    }

    @Test
    void aFullClusterIsLeftAndAskedAgain() {
        request("r1");
        steps(65);
        assertThat(cluster.cancelled()).containsExactly(new Attempt("r1", 1).jobId());
        assertThat(last().kind()).isEqualTo(Kind.RETRYING);
        assertThat(last().reason()).contains("no slot was free").contains("numberOfTaskSlots");
    }

    /**
     * One that is killed right after the write is not succeeded by one that sees a cancelled job.
     */
    @Test
    void aJobIsCalledOffAfterThatIsWritten() {
        request("r1");
        steps(65);
        assertThat(cancelledWhenTold).containsExactly(0, 0);
        assertThat(cluster.cancelled()).hasSize(1);
        // Nobody comes after the last attempt who would do it.
        for (int attempt = 1; attempt < RULES.maxAttempts(); attempt++) {
            cluster.is(new Attempt("r1", attempt).jobId(), JobLook.State.CANCELED);
            steps(80);
        }
        assertThat(last().kind()).isEqualTo(Kind.FAILED);
        assertThat(cluster.submitted()).hasSize(3);
        assertThat(cluster.cancelled()).hasSize(3);
    }

    @Test
    void anAttemptThatWasOutOfSightDoesNotRunBesideItsRepeat() {
        request("r1");
        steps(2);
        String first = new Attempt("r1", 1).jobId();
        String second = new Attempt("r1", 2).jobId();
        cluster.is(JobLook.State.RUNNING, null);
        steps(1);
        cluster.fail(
                new TrainingClusterException(
                        TrainingClusterException.Kind.UNREACHABLE, "cannot reach Flink", null));
        steps(135);
        assertThat(results)
                .extracting(TrainingResult::kind)
                .containsExactly(Kind.STARTED, Kind.RETRYING, Kind.STARTED);
        cluster.fail(null);
        steps(130);
        assertThat(cluster.cancelled()).isNotEmpty().containsOnly(first);
        assertThat(cluster.submitted()).containsExactly(first);
        assertThat(last()).returns(Kind.STARTED, TrainingResult::kind);

        cluster.is(first, JobLook.State.CANCELED);
        steps(1);
        assertThat(cluster.submitted()).containsExactly(first, second);
        cluster.is(JobLook.State.FINISHED, end(TrainingEnd.Kind.PROMOTE, "1.1.0", "1.0.0"));
        steps(1);
        assertThat(last())
                .returns(Kind.SUCCEEDED, TrainingResult::kind)
                .returns(2, TrainingResult::attempt);
    }

    @Test
    void whatRunsTooLongIsCalledOff() {
        request("r1");
        steps(2);
        cluster.is(JobLook.State.RUNNING, null);
        steps(603);
        assertThat(cluster.cancelled()).hasSize(1);
        assertThat(last().reason()).contains("not through within 600 s");
    }

    @Test
    void wrongOptionsAreNotTriedAgain() {
        cluster.fail(
                new TrainingClusterException(
                        TrainingClusterException.Kind.WRONG, "option 'a' is unknown\nat x", null));
        request("r1");
        steps(2);
        assertThat(last().kind()).isEqualTo(Kind.FAILED);
        assertThat(last().reason()).isEqualTo("option 'a' is unknown at x");
    }

    @Test
    void aRegistryThatIsDownIsToldAndTriedAgain() {
        registryFailure = new RegistryException("the server does not answer");
        request("r1");
        steps(2);
        assertThat(last().kind()).isEqualTo(Kind.RETRYING);
        assertThat(cluster.submitted()).isEmpty();
        registryFailure = null;
        steps(13);
        assertThat(cluster.submitted()).hasSize(1);
        registryFailure = new RegistryException("the server does not answer");
        cluster.is(JobLook.State.FINISHED, end(TrainingEnd.Kind.PROMOTE, "1.1.0", "1.0.0"));
        steps(1);
        assertThat(last().kind()).isEqualTo(Kind.RETRYING);
        assertThat(deployments).isEmpty();
    }

    @Test
    void whatWasComparedWithSomethingElseIsComparedAgain() {
        request("r1");
        steps(2);
        deployed = Deployment.initial("direction", new ModelRef("2.0.0", "/m/2", "c".repeat(64)));
        cluster.is(JobLook.State.FINISHED, end(TrainingEnd.Kind.PROMOTE, "1.1.0", "1.0.0"));
        steps(1);
        assertThat(last().kind()).isEqualTo(Kind.RETRYING);
        assertThat(last().reason()).contains("production has become 2.0.0 meanwhile");
        steps(12);
        assertThat(cluster.options()).containsEntry("training.champion", "direction@2.0.0");
    }

    @Test
    void whatSomebodyHasCancelledOrSaysNothingIsOver() {
        request("r1");
        steps(2);
        cluster.is(JobLook.State.CANCELED, null);
        steps(1);
        assertThat(last().kind()).isEqualTo(Kind.REFUSED);
        request("r2");
        steps(2);
        cluster.is(JobLook.State.FINISHED, null);
        steps(1);
        assertThat(last().kind()).isEqualTo(Kind.RETRYING);
        assertThat(last().reason()).contains("not said how");
    }

    @Test
    void trainsOneOfAModelAtATime() {
        request("r1");
        request("r2");
        book.add(
                new RetrainRequest(
                        "r3", "volatility", RetrainRequest.Cause.COMMAND, "w", null, "ada"));
        steps(2);
        assertThat(results)
                .extracting(TrainingResult::requestId)
                .containsExactlyInAnyOrder("r1", "r3");
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToTheMost() {
        assertThat(RULES.backoff(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(RULES.backoff(2)).isEqualTo(Duration.ofSeconds(15));
        assertThat(RULES.backoff(1_000_000)).isEqualTo(Duration.ofSeconds(15));
        assertThat(TrainingRules.DEFAULT.backoff(4)).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void jobIdsAreFlinksAndOfEachAttemptAnother() {
        assertThat(new Attempt("r1", 1).jobId()).matches("[0-9a-f]{32}");
        assertThat(new Attempt("r1", 1).jobId()).isEqualTo(new Attempt("r1", 1).jobId());
        assertThat(new Attempt("r1", 2).jobId()).isNotEqualTo(new Attempt("r1", 1).jobId());
        assertThat(new Attempt("r1", 2).deploymentRequestId())
                .isEqualTo(new Attempt("r1", 1).deploymentRequestId());
    }

    private void request(String id) {
        book.add(
                new RetrainRequest(
                        id,
                        "direction",
                        RetrainRequest.Cause.ALARM,
                        "drift",
                        1_500_000L,
                        "lifecycle"));
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            launcher.step();
            seconds++;
        }
    }

    private TrainingResult last() {
        return results.get(results.size() - 1);
    }

    private static String end(
            TrainingEnd.Kind kind, @Nullable String version, @Nullable String champion) {
        return new String(
                new TrainingEndJson()
                        .write(
                                new TrainingEnd(
                                        "r1", "direction", kind, version, champion, "because")),
                StandardCharsets.UTF_8);
    }
}
