package com.shivx.models.deployment;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One decision about a model's life, for whoever asked and for whoever looks later.
 *
 * @param eventId of this decision: model and a number that grows, {@code direction~17}; null where
 *     nothing is remembered of the model, and of releases that gave none
 * @param requestId of what was asked for: a request's, a command's, a training's or an alarm's
 * @param model the model line that it named
 * @param kind what was decided
 * @param generation in force after it; 0 while nothing is deployed
 * @param mode that was asked for; null but of deployment requests
 * @param version that it is about; null where it is about none
 * @param schedule name of the schedule that it is about; null where it is about none
 * @param reason why, one line with the remedy; null where the deployment says everything
 * @param requestedBy who asked; {@link #LIFECYCLE} where nobody did
 * @param evidence the figures it rests on, by name; null or empty where the reason says all
 */
public record LifecycleEvent(
        @Nullable String eventId,
        String requestId,
        String model,
        Kind kind,
        long generation,
        @Nullable DeploymentMode mode,
        @Nullable String version,
        @Nullable String schedule,
        @Nullable String reason,
        String requestedBy,
        @Nullable Map<String, Double> evidence) {

    /** Who decides without being asked. */
    public static final String LIFECYCLE = "lifecycle";

    /** What can be decided. */
    public enum Kind {
        /** It is in force, as that generation. */
        DEPLOYED,
        /** It is not done; what was in force before goes on. */
        REFUSED,
        /** It was decided before, and nothing has changed by its coming again. */
        REPEATED,
        /** A training shall be made, under that request id. */
        RETRAIN_REQUESTED,
        /** It shall not, though an alarm, a schedule or somebody wanted it. */
        RETRAIN_REFUSED,
        /** It has ended, or is no longer waited for. */
        RETRAIN_ENDED,
        /** So long after it the next may be made for an alarm or a schedule. */
        RETRAIN_READY,
        /** A schedule is in force; the reason is its times. */
        SCHEDULE_SET,
        /** It is no longer. */
        SCHEDULE_REMOVED,
        /** Its time has come. */
        SCHEDULE_DUE,
        /** A version has begun its way to champion. */
        ROLLOUT_STARTED,
        /** It has taken a step. */
        ROLLOUT_ADVANCED,
        /** Its step has had its time, and its evidence says neither better nor worse. */
        ROLLOUT_HELD,
        /** It stays where it is until it is resumed. */
        ROLLOUT_PAUSED,
        /** It goes on. */
        ROLLOUT_RESUMED,
        /** Somebody had it take its next step. */
        ROLLOUT_PROMOTED,
        /** It is over, and what served before serves again. */
        ROLLOUT_ROLLED_BACK,
        /** Somebody has ended it. */
        ROLLOUT_ABORTED,
        /** It is over: the version is champion, and no longer watched. */
        ROLLOUT_ENDED
    }

    /** A decision on a deployment request. */
    public static LifecycleEvent of(
            @Nullable String eventId,
            DeploymentRequest request,
            DeploymentDecision decision,
            long generation) {
        Kind kind = decision.deployment() == null ? Kind.REFUSED : Kind.DEPLOYED;
        return of(eventId, request, kind, generation, decision.refusal());
    }

    /** A deployment request that has come again. */
    public static LifecycleEvent repeated(
            @Nullable String eventId, DeploymentRequest request, long generation) {
        return of(eventId, request, Kind.REPEATED, generation, REPEATED_REASON);
    }

    /** Why nothing comes of a request that has come again. */
    public static final String REPEATED_REASON =
            "a request of this id was decided before; ask under an id of its own";

    private static LifecycleEvent of(
            @Nullable String eventId,
            DeploymentRequest request,
            Kind kind,
            long generation,
            @Nullable String reason) {
        return new LifecycleEvent(
                eventId,
                request.requestId(),
                request.model(),
                kind,
                generation,
                request.mode(),
                request.version().version(),
                null,
                reason,
                request.requestedBy(),
                Map.of());
    }
}
