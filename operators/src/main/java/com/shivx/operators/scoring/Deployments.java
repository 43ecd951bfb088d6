package com.shivx.operators.scoring;

import com.shivx.models.Alarm;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.ModelRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must serve and what does, of one subtask. The two differ while a deployment is made ready,
 * and when it is refused: what must serve is broadcast state, the same on every subtask and written
 * only when a deployment comes; what does serve is this subtask's own and what a restore goes on
 * with. The task's thread alone calls it.
 */
final class Deployments {

    private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

    /** Names of the states: never to be changed, savepoints know them. */
    private static final String DESIRED = "deployments";

    private static final String SERVED = "served";

    private final DeploymentLoader loader;
    private final TaskInfo task;
    private final ScoringMetrics counts;
    private final Context context;
    private final BroadcastState<String, Deployment> desired;
    private final ListState<Deployment> served;

    private final Map<String, ServingDeployment> serving = new TreeMap<>();
    private final Map<String, Load> loading = new HashMap<>();
    private final Queue<Arrival> arrived = new ConcurrentLinkedQueue<>();
    private ServingDeployment[] servingNow = {};
    private volatile boolean closed;
    private int batchSize = 1;
    private long nanosPerBatch;
    private long loadTimeoutMillis;

    /** What the operator does for it. */
    interface Context {

        /** The next change takes effect behind the vectors taken so far. */
        void beforeSwap();

        void emit(DeploymentEvent event);

        void emit(Alarm alarm);

        /** Sends on how it did since that was asked last, and that it serves or has served. */
        void cut(ServingDeployment serving);

        /** Runs it in the task's thread soon, unless the task has ended; any thread may ask. */
        void inTaskThread(Runnable action, String name);

        /** Runs it in the task's thread after so long, clock time. */
        void after(long millis, Runnable action);
    }

    /** A deployment that is being made ready. */
    private record Load(Deployment deployment, long startNanos) {}

    /** A deployment that is ready, on its way to the task's thread. */
    private record Arrival(Load load, ServingDeployment serving) {}

    Deployments(
            DeploymentLoader loader,
            OperatorStateStore states,
            TaskInfo task,
            ScoringMetrics counts,
            Context context)
            throws Exception {
        this.loader = loader;
        this.task = task;
        this.counts = counts;
        this.context = context;
        desired =
                states.getBroadcastState(
                        new MapStateDescriptor<>(DESIRED, String.class, Deployment.class));
        served = states.getUnionListState(new ListStateDescriptor<>(SERVED, Deployment.class));
    }

    /**
     * Serves what was served before, or what the job starts with, before the first vector comes;
     * then goes over to what must serve, if that is newer.
     */
    void open(List<InitialModel> initial, long timeoutMillis) throws Exception {
        loadTimeoutMillis = timeoutMillis;
        for (Deployment deployment : startingWith(initial).values()) {
            serve(loadToStart(deployment));
        }
        for (Map.Entry<String, Deployment> entry : desired.immutableEntries()) {
            goOverTo(entry.getValue());
        }
    }

    /**
     * What a job is started with goes before generation 0 of a restored one, which was started with
     * it too, in other words: by its options.
     */
    private Map<String, Deployment> startingWith(List<InitialModel> initial) throws Exception {
        Map<String, Deployment> start = new TreeMap<>();
        for (Deployment deployment : served.get()) {
            if (deployment.generation() > 0) {
                start.merge(deployment.model(), deployment, Deployments::newer);
            }
        }
        for (InitialModel model : initial) {
            start.putIfAbsent(model.deployment().model(), model.deployment());
        }
        return start;
    }

    private static Deployment newer(Deployment a, Deployment b) {
        return a.generation() >= b.generation() ? a : b;
    }

    /** The champion must come back; what stands beside it may be missing. */
    private ServingDeployment loadToStart(Deployment deployment) {
        try {
            return loader.load(deployment);
        } catch (DeploymentLoader.RefusedException e) {
            if (e.ref().equals(deployment.champion())) {
                throw new IllegalStateException(
                        "%s cannot start: %s".formatted(deployment.model(), e.getMessage()), e);
            }
            context.inTaskThread(() -> refuse(deployment, e), "model refused");
            return loadToStart(deployment.without(e.ref()));
        }
    }

    /** A deployment was published. */
    void onDeployment(Deployment deployment) throws Exception {
        Deployment known = desired.get(deployment.model());
        if (known != null && known.generation() >= deployment.generation()) {
            LOG.info(
                    "generation {} of {} is no news, {} is known",
                    deployment.generation(),
                    deployment.model(),
                    known.generation());
            return;
        }
        desired.put(deployment.model(), deployment);
        goOverTo(deployment);
    }

    private void goOverTo(Deployment deployment) {
        String model = deployment.model();
        ServingDeployment now = serving.get(model);
        if (now != null && now.deployment().generation() >= deployment.generation()) {
            return;
        }
        Load load = new Load(deployment, System.nanoTime());
        loading.put(model, load);
        loader.start(
                deployment,
                new DeploymentLoader.Listener() {
                    @Override
                    public void onLoaded(ServingDeployment loaded) {
                        arrived.add(new Arrival(load, loaded));
                        if (closed) {
                            freeArrived();
                        } else {
                            context.inTaskThread(Deployments.this::takeArrived, "model loaded");
                        }
                    }

                    @Override
                    public void onRefused(DeploymentLoader.RefusedException refusal) {
                        context.inTaskThread(() -> giveUp(load, refusal), "model refused");
                    }
                });
        context.after(loadTimeoutMillis, () -> giveUp(load, tooSlow(deployment)));
    }

    private DeploymentLoader.RefusedException tooSlow(Deployment deployment) {
        return new DeploymentLoader.RefusedException(
                deployment.champion(),
                "generation %d of %s was not ready after %d ms; see that its files can be read"
                        .formatted(deployment.generation(), deployment.model(), loadTimeoutMillis));
    }

    private void takeArrived() {
        for (Arrival next = arrived.poll(); next != null; next = arrived.poll()) {
            if (loading.remove(next.load.deployment.model(), next.load)) {
                swap(next.load, next.serving);
            } else {
                // Given up, or overtaken by a newer one.
                next.serving.release();
            }
        }
    }

    /** Between two batches. */
    private void swap(Load load, ServingDeployment loaded) {
        context.beforeSwap();
        serve(loaded);
        counts.onSwap((System.nanoTime() - load.startNanos) / 1_000_000);
    }

    private void giveUp(Load load, DeploymentLoader.RefusedException refusal) {
        if (loading.remove(load.deployment.model(), load)) {
            refuse(load.deployment, refusal);
        }
    }

    private void refuse(Deployment deployment, DeploymentLoader.RefusedException refusal) {
        String reason = refusal.reason();
        LOG.warn("generation {} of {}", deployment.generation(), deployment.model(), refusal);
        counts.onRefusal();
        context.emit(event(deployment, DeploymentEvent.Kind.REFUSED, refusal.ref(), reason));
        context.emit(
                Alarm.raised(
                        Alarm.Kind.MODEL_REFUSED,
                        deployment.model(),
                        refusal.ref().version(),
                        deployment.generation(),
                        reason));
    }

    /** A version that serves has failed too often. */
    void onWithdrawn(Deployment deployment, ServingMember member, int failures) {
        String reason =
                "%s@%s failed %d batches in a row and is not asked any more; deploy another version"
                        .formatted(deployment.model(), member.ref().version(), failures);
        LOG.warn(reason);
        counts.onWithdrawal();
        context.emit(event(deployment, DeploymentEvent.Kind.WITHDRAWN, member.ref(), reason));
        context.emit(
                Alarm.raised(
                        Alarm.Kind.MODEL_WITHDRAWN,
                        deployment.model(),
                        member.ref().version(),
                        deployment.generation(),
                        reason));
    }

    private void serve(ServingDeployment next) {
        Deployment deployment = next.deployment();
        ServingDeployment before = serving.put(deployment.model(), next);
        if (before != null) {
            if (before.hasCounted()) {
                context.cut(before);
            }
            before.release();
        }
        servingNow = serving.values().toArray(new ServingDeployment[0]);
        batchSize = 1;
        nanosPerBatch = 0;
        for (ServingDeployment each : servingNow) {
            batchSize = Math.max(batchSize, each.batchSize());
            nanosPerBatch += each.nanosPerBatch();
        }
        for (ServingMember member : next.members()) {
            member.countBy(counts, deployment.model());
        }
        // By mail: a start comes before the outputs may be used.
        context.inTaskThread(
                () -> {
                    context.emit(
                            event(
                                    deployment,
                                    DeploymentEvent.Kind.SERVING,
                                    deployment.champion(),
                                    null));
                    context.cut(next);
                },
                "deployment serves");
    }

    private DeploymentEvent event(
            Deployment deployment,
            DeploymentEvent.Kind kind,
            ModelRef ref,
            @Nullable String reason) {
        return new DeploymentEvent(
                deployment.model(),
                deployment.generation(),
                kind,
                ref.version(),
                deployment.members().get(ref),
                reason,
                task.getIndexOfThisSubtask(),
                task.getNumberOfParallelSubtasks());
    }

    /** Whether it has not been gone over from. */
    boolean isServing(ServingDeployment deployment) {
        return serving.get(deployment.deployment().model()) == deployment;
    }

    /** What serves from the next batch on; not to be changed. */
    ServingDeployment[] serving() {
        return servingNow;
    }

    /** Vectors that a batch should have. */
    int batchSize() {
        return batchSize;
    }

    /** What a full batch takes to be scored by all that serves, as calibrated. */
    long nanosPerBatch() {
        return nanosPerBatch;
    }

    void snapshot() throws Exception {
        List<Deployment> now = new ArrayList<>();
        serving.values().forEach(deployment -> now.add(deployment.deployment()));
        served.update(now);
    }

    /** Ends every call under way. */
    void terminate() {
        serving.values()
                .forEach(deployment -> deployment.members().forEach(ServingMember::terminate));
    }

    /** Frees everything; no batch is under way. What is still loading is freed as it arrives. */
    void close() {
        closed = true;
        freeArrived();
        serving.values().forEach(ServingDeployment::close);
        serving.clear();
    }

    private void freeArrived() {
        for (Arrival next = arrived.poll(); next != null; next = arrived.poll()) {
            next.serving.close();
        }
    }
}
