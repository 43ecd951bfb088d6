package com.shivx.models.registry;

import java.util.Map;

/**
 * Which moves of an alias are steps of the way from dev by staging to production. A total function
 * of where the aliases stand; what it refuses can be forced with a reason.
 */
public enum PromotionStep {
    /** The next step. */
    STEP,
    /** It is there already. */
    THERE,
    /** It leaves staging out. */
    SKIPS;

    /**
     * Decides.
     *
     * @param aliases of the model as they stand
     * @param version that somebody wants to promote
     * @param to staging or production
     * @throws RegistryException for another alias
     */
    public static PromotionStep decide(
            Map<Alias, SemanticVersion> aliases, SemanticVersion version, Alias to) {
        if (version.equals(aliases.get(to))) {
            return THERE;
        }
        return switch (to) {
            // Whatever is registered has been in dev.
            case STAGING -> STEP;
            case PRODUCTION -> version.equals(aliases.get(Alias.STAGING)) ? STEP : SKIPS;
            case DEV, PREVIOUS ->
                    throw new RegistryException(
                            "nothing is promoted to %s; promote to staging or production"
                                    .formatted(to.word()));
        };
    }
}
