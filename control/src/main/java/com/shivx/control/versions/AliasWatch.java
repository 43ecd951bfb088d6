package com.shivx.control.versions;

import com.shivx.models.registry.SemanticVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to do about the production alias of each model, from one look to the next. An alias is acted
 * upon once it has moved, or at the first look; one that no entry of the audit explains is looked
 * at twice, for a mover writes its entry first and may be between the two.
 */
public final class AliasWatch {

    /** What is to be done. */
    public enum Step {
        /** Nothing. */
        NONE,
        /** Look again before anything is done. */
        LOOK_AGAIN,
        /** Write down that it was moved past the audit, and let it serve. */
        RECORD_AND_DEPLOY,
        /** Let it serve. */
        DEPLOY
    }

    private final Map<String, SemanticVersion> done = new HashMap<>();
    private final Map<String, SemanticVersion> doubted = new HashMap<>();

    /**
     * Decides.
     *
     * @param named what the alias names
     * @param isAudited whether the audit says so too
     * @param deployed the version that is deployed; null where nothing is
     */
    public Step look(
            String model, SemanticVersion named, boolean isAudited, @Nullable String deployed) {
        if (named.equals(done.get(model))) {
            return Step.NONE;
        }
        if (!isAudited && !named.equals(doubted.put(model, named))) {
            return Step.LOOK_AGAIN;
        }
        doubted.remove(model);
        done.put(model, named);
        if (Objects.equals(named.toString(), deployed)) {
            return Step.NONE;
        }
        return isAudited ? Step.DEPLOY : Step.RECORD_AND_DEPLOY;
    }
}
