package com.shivx.cli.deploy;

import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentEvent.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each subtask of the scoring job serves of one model, by its events in their order. What was
 * said under another parallelism, before a rescaling, no longer holds.
 */
final class ServingSubtasks {

    private final Map<Integer, ModelStatus.Subtask> subtasks = new TreeMap<>();
    private int parallelism;

    void take(DeploymentEvent event) {
        if (event.parallelism() != parallelism) {
            parallelism = event.parallelism();
            subtasks.clear();
        }
        ModelStatus.Subtask before = subtasks.get(event.subtask());
        subtasks.put(
                event.subtask(),
                event.kind() == Kind.SERVING
                        ? new ModelStatus.Subtask(
                                event.subtask(),
                                event.generation(),
                                event.version(),
                                stillThere(before == null ? null : before.problem(), event))
                        : new ModelStatus.Subtask(
                                event.subtask(),
                                before == null ? null : before.generation(),
                                before == null ? null : before.champion(),
                                event));
    }

    /**
     * The problem of a subtask that now serves: another generation has its own, and a job that
     * starts again asks a withdrawn version again.
     */
    private static @Nullable DeploymentEvent stillThere(
            @Nullable DeploymentEvent problem, DeploymentEvent serving) {
        return problem != null
                        && problem.kind() == Kind.REFUSED
                        && problem.generation() >= serving.generation()
                ? problem
                : null;
    }

    /** What each has said, in their order. */
    List<ModelStatus.Subtask> all() {
        return List.copyOf(subtasks.values());
    }

    /** How many subtasks there are; 0 while none has said anything. */
    int parallelism() {
        return parallelism;
    }

    /** How many of them serve that generation. */
    int serving(long generation) {
        int serving = 0;
        for (ModelStatus.Subtask subtask : subtasks.values()) {
            Long its = subtask.generation();
            serving += its != null && its == generation ? 1 : 0;
        }
        return serving;
    }

    boolean allServe(long generation) {
        return parallelism > 0 && serving(generation) == parallelism;
    }
}
