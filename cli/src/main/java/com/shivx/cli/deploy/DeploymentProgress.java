package com.shivx.cli.deploy;

import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one request has come: asked, decided, served by every subtask; or why it will not be. The
 * two topics that tell it have no order between them, so what subtasks say is kept until it is
 * known which generation it is about.
 */
final class DeploymentProgress {

    private final DeploymentRequest request;
    private final List<DeploymentEvent> early = new ArrayList<>();
    private final ServingSubtasks subtasks = new ServingSubtasks();
    private final List<String> news = new ArrayList<>();

    /** Of the request, once it is accepted. */
    private @Nullable Long generation;

    private @Nullable String failure;
    private int told;

    DeploymentProgress(DeploymentRequest request) {
        this.request = request;
    }

    void take(LifecycleEvent event) {
        if (isOver() || !event.model().equals(request.model())) {
            return;
        }
        if (event.requestId().equals(request.requestId())) {
            takeDecision(event);
        } else if (event.kind() == LifecycleEvent.Kind.DEPLOYED) {
            replacedBy(event.generation());
        }
    }

    private void takeDecision(LifecycleEvent event) {
        switch (event.kind()) {
            case DEPLOYED -> {
                generation = event.generation();
                news.add("decided: generation %d of %s".formatted(generation, request.model()));
                early.forEach(this::take);
                early.clear();
            }
            case REFUSED -> failure = "the request is refused: " + event.reason();
            case REPEATED -> {
                // Of a request that is decided already.
            }
            case ROLLOUT_ROLLED_BACK, ROLLOUT_ABORTED ->
                    failure = "the rollout is over: " + event.reason();
            case RETRAIN_REQUESTED,
                    RETRAIN_REFUSED,
                    RETRAIN_ENDED,
                    RETRAIN_READY,
                    SCHEDULE_SET,
                    SCHEDULE_REMOVED,
                    SCHEDULE_DUE,
                    ROLLOUT_STARTED,
                    ROLLOUT_ADVANCED,
                    ROLLOUT_HELD,
                    ROLLOUT_PAUSED,
                    ROLLOUT_RESUMED,
                    ROLLOUT_PROMOTED,
                    ROLLOUT_ENDED -> {
                // What becomes of it later; whoever asked waits until it serves.
            }
        }
    }

    void take(DeploymentEvent event) {
        if (isOver() || !event.model().equals(request.model())) {
            return;
        }
        if (generation == null) {
            early.add(event);
            return;
        }
        subtasks.take(event);
        if (event.generation() == generation) {
            switch (event.kind()) {
                case SERVING -> tellServing(generation);
                case REFUSED ->
                        failure =
                                "subtask %d of %d refuses generation %d, and what was served before goes on: %s"
                                        .formatted(
                                                event.subtask(),
                                                event.parallelism(),
                                                generation,
                                                event.reason());
                case WITHDRAWN ->
                        failure =
                                "generation %d is served without %s: %s"
                                        .formatted(generation, event.version(), event.reason());
            }
        } else {
            replacedBy(event.generation());
        }
    }

    private void tellServing(long now) {
        int serving = subtasks.serving(now);
        if (serving > told) {
            news.add("serving: %d of %d subtasks".formatted(serving, subtasks.parallelism()));
        }
        told = serving;
    }

    private void replacedBy(long other) {
        if (generation != null && other > generation) {
            failure =
                    "generation %d was replaced by generation %d before every subtask served it; look at it with 'shivx models status %s'"
                            .formatted(generation, other, request.model());
        }
    }

    /** Whether every subtask serves it. */
    boolean isServing() {
        return failure == null && generation != null && subtasks.allServe(generation);
    }

    /** Why it will not be; null while it may. */
    @Nullable String failure() {
        return failure;
    }

    /** Whether nothing more needs to be known. */
    boolean isOver() {
        return failure != null || isServing();
    }

    /** What has happened since this was last asked, a line each. */
    List<String> news() {
        List<String> lines = List.copyOf(news);
        news.clear();
        return lines;
    }

    /** What is still missing, for somebody who waits. */
    String waitingFor() {
        if (generation == null) {
            return "the lifecycle job decides";
        }
        int parallelism = subtasks.parallelism();
        return parallelism == 0
                ? "the scoring job takes generation %d over".formatted(generation)
                : "%d more of %d subtasks serve generation %d"
                        .formatted(
                                parallelism - subtasks.serving(generation),
                                parallelism,
                                generation);
    }

    /** Why nothing comes, with the remedy, for somebody who has waited long enough. */
    String givenUp() {
        if (generation == null) {
            return "no lifecycle job has answered; start one with 'shivx run lifecycle', the request is kept until it is decided";
        }
        if (subtasks.parallelism() == 0) {
            return "generation %d is in force and no scoring job says that it serves it; start one with 'shivx run scoring', or see in Flink's Web UI how it is"
                    .formatted(generation);
        }
        return "generation %d is in force and served by %d of %d subtasks so far; see in Flink's Web UI how the others are"
                .formatted(generation, subtasks.serving(generation), subtasks.parallelism());
    }
}
