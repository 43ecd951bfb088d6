package com.shivx.models.onnx;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The models of one job in one process: a version that several threads serve is loaded once, and
 * closed by the last that gives it back. Invariant: a model is here exactly as long as somebody
 * holds it or waits for it.
 */
public final class SharedModels implements AutoCloseable {

    private record Key(String sha256, ModelContract contract, ModelLoader loader) {}

    /** Loaded outside the lock: who gives a model back never waits for another to be loaded. */
    private static final class Shared {
        private final CompletableFuture<OnnxModel> loaded = new CompletableFuture<>();
        private int holders;
    }

    /** The right to use a model until it is closed. */
    public final class Lease implements AutoCloseable {

        private final Key key;
        private final Shared shared;
        private boolean closed;

        private Lease(Key key, Shared shared) {
            this.key = key;
            this.shared = shared;
        }

        public OnnxModel model() {
            return shared.loaded.join();
        }

        /** Gives it back; once is enough, and more does nothing. */
        @Override
        public void close() {
            synchronized (models) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            release(key, shared);
        }
    }

    private final Map<Key, Shared> models = new HashMap<>();

    /**
     * The model, loaded unless somebody holds it already. Another thread that wants the same one
     * waits meanwhile.
     */
    public Lease acquire(ModelArtifact artifact, ModelLoader loader) throws ModelRefusedException {
        Key key = new Key(artifact.sha256(), artifact.contract(), loader);
        Shared shared;
        boolean isFirst;
        synchronized (models) {
            shared = models.computeIfAbsent(key, wanted -> new Shared());
            isFirst = shared.holders++ == 0 && !shared.loaded.isDone();
        }
        if (isFirst) {
            try {
                shared.loaded.complete(loader.load(artifact));
            } catch (ModelRefusedException | RuntimeException | Error e) {
                shared.loaded.completeExceptionally(e);
            }
        }
        try {
            shared.loaded.join();
            return new Lease(key, shared);
        } catch (CompletionException e) {
            release(key, shared);
            if (e.getCause() instanceof ModelRefusedException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private void release(Key key, Shared shared) {
        boolean wasLast;
        synchronized (models) {
            wasLast = --shared.holders == 0 && models.remove(key, shared);
        }
        if (wasLast) {
            closeWhenLoaded(shared);
        }
    }

    /** Closes what was never given back, when the job's classes go. */
    @Override
    public void close() {
        List<Shared> left;
        synchronized (models) {
            left = new ArrayList<>(models.values());
            models.clear();
        }
        left.forEach(SharedModels::closeWhenLoaded);
    }

    private static void closeWhenLoaded(Shared shared) {
        shared.loaded.whenComplete(
                (model, failure) -> {
                    if (model != null) {
                        model.close();
                    }
                });
    }
}
