package com.shivx.models.deployment;

import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Which vectors a canary serves: those whose unit falls below its share, {@code murmur3_32(salt +
 * unit) mod 10,000 < share · 10,000}, unsigned. A function of the deployment and the vector alone,
 * so that every replay routes alike.
 */
public final class Routing {

    private static final int BUCKETS = 10_000;

    private final Deployment deployment;

    /** The routing of a deployment, with or without a canary. */
    public Routing(Deployment deployment) {
        this.deployment = deployment;
    }

    /**
     * Whether the canary serves the vector.
     *
     * @param eventTimeMicros microseconds since the epoch
     */
    public boolean toCanary(String symbol, long eventTimeMicros) {
        if (deployment.canary() == null) {
            return false;
        }
        byte[] key =
                (deployment.salt() + unit(symbol, eventTimeMicros))
                        .getBytes(StandardCharsets.UTF_8);
        int hash = MurmurHash3.hash32x86(key, 0, key.length, 0);
        return Integer.remainderUnsigned(hash, BUCKETS) < deployment.canaryShare() * BUCKETS;
    }

    private String unit(String symbol, long eventTimeMicros) {
        return switch (deployment.routingUnit()) {
            case SYMBOL -> symbol;
            case SYMBOL_SLICE ->
                    symbol + Math.floorDiv(eventTimeMicros, deployment.routingSliceMicros());
        };
    }
}
