package com.shivx.models.deployment;

import com.shivx.models.Role;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must serve now for one model, as a whole: whoever reads the latest knows all. Lives in state
 * and on the topic {@code deployments}, so nothing is checked here; {@link DeploymentPolicy} makes
 * them.
 *
 * @param model the model line
 * @param generation grows by one with every change; 0 is what a job was started with
 * @param mode of the request that made it
 * @param champion serves what no canary serves
 * @param canary serves its share; null without
 * @param canaryShare of the routing units, above 0 and below 1; 0 without a canary
 * @param shadows score every vector and serve none
 * @param symbols a glob ({@code *} any characters, {@code ?} one) of the symbols it is for
 * @param routingUnit what the share is a share of
 * @param routingSliceMicros length of a slice of event time, microseconds
 * @param salt draws the units of this canary; another canary draws others
 * @param requestId of the request that made it; empty for generation 0
 */
public record Deployment(
        String model,
        long generation,
        DeploymentMode mode,
        ModelRef champion,
        @Nullable ModelRef canary,
        double canaryShare,
        List<ModelRef> shadows,
        String symbols,
        RoutingUnit routingUnit,
        long routingSliceMicros,
        String salt,
        String requestId)
        implements Serializable {

    /** Every symbol. */
    public static final String ALL_SYMBOLS = "*";

    /** Slices of a minute. */
    public static final long DEFAULT_SLICE_MICROS = 60_000_000;

    /** What a job starts with: one version for every symbol. */
    public static Deployment initial(String model, ModelRef champion) {
        return new Deployment(
                model,
                0,
                DeploymentMode.NOW,
                champion,
                null,
                0,
                List.of(),
                ALL_SYMBOLS,
                RoutingUnit.SYMBOL_SLICE,
                DEFAULT_SLICE_MICROS,
                "",
                "");
    }

    /** The same without a version that stands beside the champion. */
    public Deployment without(ModelRef beside) {
        boolean isCanary = beside.equals(canary);
        return new Deployment(
                model,
                generation,
                mode,
                champion,
                isCanary ? null : canary,
                isCanary ? 0 : canaryShare,
                shadows.stream().filter(shadow -> !shadow.equals(beside)).toList(),
                symbols,
                routingUnit,
                routingSliceMicros,
                salt,
                requestId);
    }

    /** All its versions with their roles: the champion first, then the canary, then the shadows. */
    public Map<ModelRef, Role> members() {
        Map<ModelRef, Role> members = new LinkedHashMap<>();
        members.put(champion, Role.CHAMPION);
        if (canary != null) {
            members.put(canary, Role.CANARY);
        }
        shadows.forEach(shadow -> members.put(shadow, Role.SHADOW));
        return members;
    }
}
