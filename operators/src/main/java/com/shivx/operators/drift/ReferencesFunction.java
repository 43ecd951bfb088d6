package com.shivx.operators.drift;

import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.drift.WatchedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Finds the references of deployments, each in a thread of its own, so that a file system that
 * hangs holds up neither checkpoints nor other deployments for ever: what takes too long cannot be
 * watched.
 */
public final class ReferencesFunction extends RichAsyncFunction<Deployment, WatchedDeployment> {

    private static final long serialVersionUID = 1;

    private final References references;
    private final long timeoutMillis;

    /**
     * A function that finds references.
     *
     * @param timeoutMillis after which the operator gives up, for messages
     */
    public ReferencesFunction(References references, long timeoutMillis) {
        this.references = references;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public void asyncInvoke(Deployment deployment, ResultFuture<WatchedDeployment> result) {
        Executor own =
                task -> {
                    Thread thread = new Thread(task, "shivx-references-" + deployment.model());
                    thread.setDaemon(true);
                    thread.start();
                };
        own.execute(
                () -> {
                    try {
                        result.complete(List.of(references.of(deployment)));
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                });
    }

    @Override
    public void timeout(Deployment deployment, ResultFuture<WatchedDeployment> result) {
        List<WatchedVersion> versions = new ArrayList<>();
        for (Map.Entry<ModelRef, Role> member : deployment.members().entrySet()) {
            versions.add(
                    WatchedVersion.unwatched(
                            member.getKey().version(),
                            member.getValue(),
                            "%s@%s is not watched: its reference could not be read within %d ms; see that its file system answers and deploy it again"
                                    .formatted(
                                            deployment.model(),
                                            member.getKey().version(),
                                            timeoutMillis)));
        }
        result.complete(
                List.of(
                        new WatchedDeployment(
                                deployment.model(),
                                deployment.generation(),
                                deployment.symbols(),
                                versions)));
    }
}
