package com.shivx.operators.outcomes;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.artifact.NamedNumbers;
import com.shivx.models.artifact.ValidatedMetrics;
import com.shivx.models.candidate.CandidateTraining;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.outcome.ValidatedDeployment;
import com.shivx.models.outcome.ValidatedVersion;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.ProvenanceJson;
import com.shivx.models.registry.RegistryException;
import com.shivx.operators.artifact.ModelFiles;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what the versions of deployments were validated to be: the accuracy in {@code metrics.json}
 * beside their ONNX files, and the horizon in {@code provenance.json}. A version without is one of
 * which nothing is known. Each deployment in a thread of its own; what takes too long is not known
 * either.
 */
public final class ValidatedMetricsFunction
        extends RichAsyncFunction<Deployment, ValidatedDeployment> {

    private static final Logger LOG = LoggerFactory.getLogger(ValidatedMetricsFunction.class);

    private static final long serialVersionUID = 1;

    private final ArrayList<String> allowedUris;

    /** Of versions in those folders. */
    public ValidatedMetricsFunction(List<String> allowedUris) {
        this.allowedUris = new ArrayList<>(allowedUris);
    }

    @Override
    public void asyncInvoke(Deployment deployment, ResultFuture<ValidatedDeployment> result) {
        Executor own =
                task -> {
                    Thread thread = new Thread(task, "shivx-metrics-" + deployment.model());
                    thread.setDaemon(true);
                    thread.start();
                };
        own.execute(
                () -> {
                    try {
                        ModelFiles files = new ModelFiles(allowedUris, null, List.of());
                        List<ValidatedVersion> versions = new ArrayList<>();
                        for (ModelRef ref : deployment.members().keySet()) {
                            versions.add(version(files, deployment.model(), ref));
                        }
                        result.complete(List.of(of(deployment, versions)));
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                });
    }

    @Override
    public void timeout(Deployment deployment, ResultFuture<ValidatedDeployment> result) {
        List<ValidatedVersion> versions = new ArrayList<>();
        for (ModelRef ref : deployment.members().keySet()) {
            versions.add(ValidatedVersion.unknown(ref.version()));
        }
        result.complete(List.of(of(deployment, versions)));
    }

    private static ValidatedDeployment of(Deployment deployment, List<ValidatedVersion> versions) {
        return new ValidatedDeployment(deployment.model(), deployment.generation(), versions);
    }

    private static ValidatedVersion version(ModelFiles files, String model, ModelRef ref) {
        try {
            byte[] metrics = beside(files, ref, ArtifactFile.METRICS);
            if (metrics != null) {
                return new ValidatedVersion(
                        ref.version(),
                        ValidatedMetrics.accuracy(
                                NamedNumbers.read(NamedNumbers.METRICS_FILE, metrics)),
                        horizonMicros(beside(files, ref, ArtifactFile.PROVENANCE)));
            }
        } catch (ModelRefusedException | RegistryException | DateTimeException e) {
            LOG.warn("nothing is known of how {}@{} was validated", model, ref.version(), e);
        }
        return ValidatedVersion.unknown(ref.version());
    }

    private static byte @Nullable [] beside(ModelFiles files, ModelRef ref, ArtifactFile file)
            throws ModelRefusedException {
        return files.beside(ref, file.fileName(), file.maxBytes());
    }

    private static long horizonMicros(byte @Nullable [] provenance) {
        String horizon =
                provenance == null || !ProvenanceJson.namesData(provenance)
                        ? null
                        : ProvenanceJson.read(provenance)
                                .parameters()
                                .get(CandidateTraining.HORIZON);
        return horizon == null ? 0 : TimeUnit.MICROSECONDS.convert(Duration.parse(horizon));
    }
}
