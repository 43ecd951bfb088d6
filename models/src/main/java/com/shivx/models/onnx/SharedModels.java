package com.shivx.models.onnx;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import java.util.HashMap;
import java.util.Map;

/**
 * The models of one job in one process: a version that several threads serve is loaded once, and
 * closed by the last that gives it back. Invariant: a model is here exactly as long as somebody
 * holds it.
 */
public final class SharedModels implements AutoCloseable {

    private record Key(String sha256, ModelContract contract, ModelLoader loader) {}

    private static final class Shared {
        private final OnnxModel model;
        private int holders;

        private Shared(OnnxModel model) {
            this.model = model;
        }
    }

    /** The right to use a model until it is closed. */
    public final class Lease implements AutoCloseable {

        private final Key key;
        private final OnnxModel model;
        private boolean closed;

        private Lease(Key key, OnnxModel model) {
            this.key = key;
            this.model = model;
        }

        public OnnxModel model() {
            return model;
        }

        /** Gives it back; once is enough, and more does nothing. */
        @Override
        public void close() {
            synchronized (models) {
                if (!closed) {
                    closed = true;
                    release(key);
                }
            }
        }
    }

    private final Map<Key, Shared> models = new HashMap<>();

    /**
     * The model, loaded unless somebody holds it already. Another thread that wants one waits
     * meanwhile.
     */
    public Lease acquire(ModelArtifact artifact, ModelLoader loader) throws ModelRefusedException {
        Key key = new Key(artifact.sha256(), artifact.contract(), loader);
        synchronized (models) {
            Shared shared = models.get(key);
            if (shared == null) {
                shared = new Shared(loader.load(artifact));
                models.put(key, shared);
            }
            shared.holders++;
            return new Lease(key, shared.model);
        }
    }

    private void release(Key key) {
        Shared shared = models.get(key);
        if (shared != null && --shared.holders == 0) {
            models.remove(key);
            shared.model.close();
        }
    }

    /** Closes what was never given back, when the job's classes go. */
    @Override
    public void close() {
        synchronized (models) {
            models.values().forEach(shared -> shared.model.close());
            models.clear();
        }
    }
}
