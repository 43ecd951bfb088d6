package com.shivx.operators.scoring;

import com.shivx.models.ModelArtifact;
import com.shivx.models.ModelContract;
import com.shivx.models.ModelLoader;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.OnnxModel;
import java.util.HashMap;
import java.util.Map;

/**
 * The sessions of this job on this TaskManager: one a model version, shared by all slots.
 *
 * <p>Invariant: a model is in the map exactly while somebody holds it; the last to release it
 * closes the session. The map is static and so belongs to the job's class loader, of which a
 * TaskManager has one for each job.
 */
final class SharedModels {

    private static final Map<Key, Shared> HELD = new HashMap<>();

    private SharedModels() {}

    /**
     * The session of a model, opened by the first that asks and to be given back with {@link
     * #release}.
     *
     * @throws ModelRefusedException if it fails a check on this machine
     */
    static OnnxModel acquire(ModelArtifact artifact) throws ModelRefusedException {
        Key key = new Key(artifact.sha256(), artifact.contract());
        synchronized (HELD) {
            Shared shared = HELD.get(key);
            if (shared == null) {
                shared = new Shared(ModelLoader.DEFAULT.load(artifact));
                HELD.put(key, shared);
            }
            shared.holders++;
            return shared.model;
        }
    }

    /** Gives a model back; the last one closes it. */
    static void release(OnnxModel model) {
        synchronized (HELD) {
            HELD.values()
                    .removeIf(
                            shared ->
                                    shared.model == model
                                            && --shared.holders == 0
                                            && close(shared));
        }
    }

    /** How many sessions are open. */
    static int open() {
        synchronized (HELD) {
            return HELD.size();
        }
    }

    private static boolean close(Shared shared) {
        shared.model.close();
        return true;
    }

    /** What must be equal for two slots to share a session. */
    private record Key(String sha256, ModelContract contract) {}

    private static final class Shared {
        final OnnxModel model;
        int holders;

        Shared(OnnxModel model) {
            this.model = model;
        }
    }
}
