package com.shivx.models.lifecycle;

import com.shivx.models.Alarm;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.outcome.AccuracyRow;
import org.jspecify.annotations.Nullable;

/**
 * What a model's life is decided by, exactly one of these.
 *
 * @param request that a version serve
 * @param command of another kind
 * @param alarm raised or cleared
 * @param accuracy how right a version was
 * @param result how a training goes
 * @param serving what a subtask does about a deployment
 */
public record LifecycleInput(
        @Nullable DeploymentRequest request,
        @Nullable LifecycleCommand command,
        @Nullable Alarm alarm,
        @Nullable AccuracyRow accuracy,
        @Nullable TrainingResult result,
        @Nullable DeploymentEvent serving) {

    /** A deployment request. */
    public static LifecycleInput of(DeploymentRequest request) {
        return new LifecycleInput(request, null, null, null, null, null);
    }

    /** A command. */
    public static LifecycleInput of(LifecycleCommand command) {
        return new LifecycleInput(null, command, null, null, null, null);
    }

    /** An alarm. */
    public static LifecycleInput of(Alarm alarm) {
        return new LifecycleInput(null, null, alarm, null, null, null);
    }

    /** Accuracy of a window. */
    public static LifecycleInput of(AccuracyRow accuracy) {
        return new LifecycleInput(null, null, null, accuracy, null, null);
    }

    /** A training's result. */
    public static LifecycleInput of(TrainingResult result) {
        return new LifecycleInput(null, null, null, null, result, null);
    }

    /** What a subtask does. */
    public static LifecycleInput of(DeploymentEvent serving) {
        return new LifecycleInput(null, null, null, null, null, serving);
    }

    /** The model line that it is about. */
    public String model() {
        if (request != null) {
            return request.model();
        }
        if (command != null) {
            return command.model();
        }
        if (alarm != null) {
            return alarm.modelId();
        }
        if (accuracy != null) {
            return accuracy.key().modelId();
        }
        if (result != null) {
            return result.model();
        }
        if (serving != null) {
            return serving.model();
        }
        throw new IllegalStateException("an input of no kind");
    }
}
