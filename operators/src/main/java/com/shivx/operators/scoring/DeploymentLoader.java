package com.shivx.operators.scoring;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.Role;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.onnx.Device;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.SharedModels;
import com.shivx.operators.artifact.ModelFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a deployment ready to serve: fetches, checks, warms up and calibrates every version of it.
 * Any thread may do it, and one that hangs in a file system holds up no other.
 */
final class DeploymentLoader {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentLoader.class);

    private final ScoringRules rules;
    private final ModelFiles files;
    private final JobModels models;
    private final List<Device> devices;
    private final Watchdog watchdog;

    /** A version is loaded to the best of the devices; one that the first refuses is refused. */
    DeploymentLoader(
            ScoringRules rules,
            ModelFiles files,
            JobModels models,
            List<Device> devices,
            Watchdog watchdog) {
        this.devices = devices;
        this.rules = rules;
        this.files = files;
        this.models = models;
        this.watchdog = watchdog;
    }

    /** A version that did not pass, as a reason that names it. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;
        private final ModelRef ref;
        private final String reason;

        RefusedException(ModelRef ref, String reason) {
            super(reason);
            this.ref = ref;
            this.reason = reason;
        }

        RefusedException(ModelRef ref, String reason, Throwable cause) {
            super(reason, cause);
            this.ref = ref;
            this.reason = reason;
        }

        String reason() {
            return reason;
        }

        ModelRef ref() {
            return ref;
        }
    }

    /** What a load ends with, told to the thread that loaded: one of the two is null. */
    interface Listener {
        void onLoaded(ServingDeployment serving);

        void onRefused(RefusedException refusal);
    }

    /** Loads in a thread of its own. */
    void start(Deployment deployment, Listener listener) {
        Executor own = task -> daemon(task, "shivx-model-load-" + deployment.model()).start();
        own.execute(
                () -> {
                    try {
                        listener.onLoaded(load(deployment));
                    } catch (RefusedException e) {
                        listener.onRefused(e);
                    }
                });
    }

    /**
     * Loads all of it or nothing.
     *
     * @throws RefusedException for the first version that does not pass
     */
    ServingDeployment load(Deployment deployment) throws RefusedException {
        List<ServingMember> members = new ArrayList<>();
        try {
            for (Map.Entry<ModelRef, Role> member : deployment.members().entrySet()) {
                members.add(load(deployment.model(), member.getKey(), member.getValue()));
            }
        } catch (RefusedException | RuntimeException e) {
            members.forEach(ServingMember::close);
            throw e;
        }
        return new ServingDeployment(
                deployment, members, task -> daemon(task, "shivx-model-free").start());
    }

    private ServingMember load(String model, ModelRef ref, Role role) throws RefusedException {
        long start = System.nanoTime();
        try {
            ModelArtifact artifact = files.fetch(ref);
            check(artifact.contract(), model, ref);
            Loaded loaded = onBestDevice(artifact);
            Calibration calibration = loaded.calibration;
            LOG.info(
                    "{}@{} is ready after {} ms; batches of {} take {} µs on {}",
                    model,
                    ref.version(),
                    (System.nanoTime() - start) / 1_000_000,
                    calibration.batchSize(),
                    calibration.nanosPerCall() / 1_000,
                    calibration.device());
            return new ServingMember(
                    ref, role, loaded.lease, calibration, watchdog, 1 + rules.maxInFlight());
        } catch (ModelRefusedException | RuntimeException e) {
            throw new RefusedException(
                    ref, "%s@%s is refused: %s".formatted(model, ref.version(), e.getMessage()), e);
        }
    }

    /** A model on one device, and how it did there. */
    private record Loaded(SharedModels.Lease lease, Calibration calibration) {}

    /** Where there is a choice, a device on which anything goes wrong is none. */
    private Loaded onBestDevice(ModelArtifact artifact) throws ModelRefusedException {
        Loaded best = on(devices.get(0), artifact);
        for (Device device : devices.subList(1, devices.size())) {
            try {
                Loaded other = on(device, artifact);
                boolean isBetter =
                        other.calibration.beats(best.calibration, rules.maxDelayMillis());
                (isBetter ? best : other).lease.close();
                best = isBetter ? other : best;
            } catch (ModelRefusedException | RuntimeException e) {
                LOG.warn(
                        "{} scores on {} alone: {}",
                        artifact.contract().id(),
                        best.calibration.device(),
                        e.getMessage());
            }
        }
        return best;
    }

    private Loaded on(Device device, ModelArtifact artifact) throws ModelRefusedException {
        ModelLoader loader =
                device.equals(Device.CPU)
                        ? ModelLoader.DEFAULT
                        : ModelLoader.DEFAULT.on(device).upTo(rules.maxBatchSize());
        SharedModels.Lease lease = models.acquire(artifact, loader);
        try {
            return new Loaded(lease, models.calibration(lease.model(), rules));
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    private void check(ModelContract contract, String model, ModelRef ref)
            throws ModelRefusedException {
        if (!contract.model().equals(model) || !contract.version().equals(ref.version())) {
            throw new ModelRefusedException(
                    "its file says that it is " + contract.id(),
                    "deploy it under that name and version");
        }
        if (!Objects.equals(rules.featureSetHash(), contract.featureSetHash())) {
            throw new ModelRefusedException(
                    "it takes feature set %s (%s), the job computes another (%s)"
                            .formatted(
                                    contract.featureSet(),
                                    contract.featureSetHash(),
                                    rules.featureSetHash()),
                    "deploy it to a job of its feature set");
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
