package com.shivx.operators.scoring;

import com.shivx.features.FeatureVector;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.Routing;
import com.shivx.models.deployment.SymbolGlob;
import com.shivx.models.serving.ServingCounts;
import com.shivx.models.serving.ServingPart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A deployment whose every version is loaded, checked and warm. Freed by whoever lets go of it
 * last: the operator that serves it, or a batch that is still under way; the task's thread counts.
 */
final class ServingDeployment {

    private final Deployment deployment;
    private final List<ServingMember> members;
    private final @Nullable ServingMember canary;
    private final Routing routing;
    private final SymbolGlob symbols;

    private final Executor freeing;
    private int holders = 1;

    /** Event time of the first vector that is counted and not told yet; 0 without any. */
    private long countedSinceMicros;

    /**
     * Held once, by the caller.
     *
     * @param members in the order of {@link Deployment#members()}
     * @param freeing frees native memory, which takes longer than a tick should wait
     */
    ServingDeployment(Deployment deployment, List<ServingMember> members, Executor freeing) {
        this.deployment = deployment;
        this.members = List.copyOf(members);
        this.freeing = freeing;
        canary =
                members.stream()
                        .filter(member -> member.role() == Role.CANARY)
                        .findFirst()
                        .orElse(null);
        routing = new Routing(deployment);
        symbols = new SymbolGlob(deployment.symbols());
    }

    Deployment deployment() {
        return deployment;
    }

    List<ServingMember> members() {
        return members;
    }

    boolean isFor(FeatureVector vector) {
        return symbols.matches(vector.symbol());
    }

    /** The role whose prediction of a vector is the one to act on. */
    Role servedRole(String symbol, long eventTimeMicros) {
        return canary != null && !canary.isWithdrawn() && routing.toCanary(symbol, eventTimeMicros)
                ? Role.CANARY
                : Role.CHAMPION;
    }

    /** Vectors are about to be counted, the first of that event time. */
    void onVectors(long eventTimeMicros) {
        if (countedSinceMicros == 0) {
            countedSinceMicros = eventTimeMicros;
        }
    }

    /** Whether anything was counted since the last part was cut. */
    boolean hasCounted() {
        return members.stream().anyMatch(ServingMember::hasCounted);
    }

    /** How its versions did since the last part; one without vectors tells that it serves. */
    ServingPart cut(long clockMillis) {
        Map<String, ServingCounts> counts = new HashMap<>();
        for (ServingMember member : members) {
            counts.computeIfAbsent(member.ref().version(), first -> new ServingCounts())
                    .add(member.takeCounted());
        }
        long sinceMicros = countedSinceMicros;
        countedSinceMicros = 0;
        return new ServingPart(
                deployment.model(),
                deployment.generation(),
                deployment.champion().version(),
                sinceMicros,
                clockMillis,
                counts);
    }

    /** The largest batch that any of its versions is best called with. */
    int batchSize() {
        return members.stream()
                .mapToInt(member -> member.calibration().batchSize())
                .max()
                .orElseThrow();
    }

    /** What its versions take together for a call of the batch that is best for each. */
    long nanosPerBatch() {
        return members.stream().mapToLong(member -> member.calibration().nanosPerCall()).sum();
    }

    void retain() {
        holders++;
    }

    void release() {
        if (--holders == 0) {
            freeing.execute(() -> members.forEach(ServingMember::close));
        }
    }

    /**
     * Frees it in this thread, whoever holds it: the operator is closed and nothing is under way.
     */
    void close() {
        if (holders > 0) {
            holders = 0;
            members.forEach(ServingMember::close);
        }
    }
}
