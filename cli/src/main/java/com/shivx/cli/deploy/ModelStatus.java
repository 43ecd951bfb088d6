package com.shivx.cli.deploy;

import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must serve for one model and what does.
 *
 * @param model the model line
 * @param generation in force; of a model that was never deployed, the one that its job was started
 *     with
 * @param deployment in force; null of a model that was never deployed
 * @param parallelism how many subtasks there are; 0 where none has ever said anything
 * @param subtasks what those serve that have said it
 */
public record ModelStatus(
        String model,
        long generation,
        @Nullable Deployment deployment,
        int parallelism,
        List<Subtask> subtasks) {

    /**
     * What one subtask serves.
     *
     * @param index of the subtask, from 0
     * @param generation that it serves; null for none
     * @param champion version of that generation; null for none
     * @param problem the version that it refused or withdrew since, and why; null without
     */
    public record Subtask(
            int index,
            @Nullable Long generation,
            @Nullable String champion,
            @Nullable DeploymentEvent problem) {}

    public ModelStatus {
        subtasks = List.copyOf(subtasks);
    }

    /** How many subtasks serve what is in force. */
    public int serving() {
        return (int)
                subtasks.stream()
                        .filter(each -> each.generation != null && each.generation == generation)
                        .count();
    }

    /** The champion in force; null where nobody has said it. */
    public @Nullable String champion() {
        if (deployment != null) {
            return deployment.champion().version();
        }
        for (Subtask subtask : subtasks) {
            if (subtask.champion != null) {
                return subtask.champion;
            }
        }
        return null;
    }

    /**
     * Of every model that is known, in the order of their names.
     *
     * @param deployments in force, by model
     * @param events of all models, in their order
     */
    public static List<ModelStatus> of(
            Map<String, Deployment> deployments, List<DeploymentEvent> events) {
        Map<String, ServingSubtasks> subtasks = new HashMap<>();
        for (DeploymentEvent event : events) {
            subtasks.computeIfAbsent(event.model(), model -> new ServingSubtasks()).take(event);
        }
        TreeSet<String> models = new TreeSet<>(deployments.keySet());
        models.addAll(subtasks.keySet());
        List<ModelStatus> statuses = new ArrayList<>();
        for (String model : models) {
            Deployment deployment = deployments.get(model);
            ServingSubtasks its = subtasks.getOrDefault(model, new ServingSubtasks());
            statuses.add(
                    new ModelStatus(
                            model,
                            deployment == null ? highest(its.all()) : deployment.generation(),
                            deployment,
                            its.parallelism(),
                            its.all()));
        }
        return statuses;
    }

    private static long highest(List<Subtask> subtasks) {
        long highest = 0;
        for (Subtask subtask : subtasks) {
            if (subtask.generation != null) {
                highest = Math.max(highest, subtask.generation);
            }
        }
        return highest;
    }
}
