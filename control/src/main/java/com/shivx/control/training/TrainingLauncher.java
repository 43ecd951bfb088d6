package com.shivx.control.training;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingEnd;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.wire.TrainingEndJson;
import com.shivx.models.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Launches requested trainings, one of a model at a time, follows each to its end, and says how it
 * goes. It remembers nothing that is not in the topics but what only this process needs: since when
 * it waits. One that is started anew goes on with the job that the one before it has submitted, for
 * that job's id is known before it is submitted.
 *
 * <p>A result is written before what it announces is done: whoever has been shut out by another
 * control service learns it by the write, and submits nothing; and whoever comes after one that was
 * killed in between knows what was meant. An attempt is submitted when those before it are over on
 * the cluster, so that a training that was only out of sight does not run beside its repeat.
 */
public final class TrainingLauncher {

    /** The name on deployment requests. */
    public static final String REQUESTED_BY = "control";

    private static final int MAX_REASON = 2_000;

    /** Writes how a training goes, and what follows from it, together. */
    @FunctionalInterface
    public interface ResultWriter {
        void write(TrainingResult result, @Nullable DeploymentRequest request);
    }

    /** What must serve now; null where nothing must. */
    @FunctionalInterface
    public interface Deployed {
        @Nullable Deployment of(String model);
    }

    /** Since when this process waits for what, in nanoseconds. */
    private static final class Follow {
        private final long beganNanos;
        private long lookedNanos;
        private long answeredNanos;
        private long stateNanos;
        private JobLook.State state = JobLook.State.UNKNOWN;
        private boolean isSubmitted;

        Follow(long nowNanos, long lookIntervalNanos) {
            beganNanos = nowNanos;
            lookedNanos = nowNanos - lookIntervalNanos;
            answeredNanos = nowNanos;
            stateNanos = nowNanos;
        }
    }

    private final TrainingBook book;
    private final TrainingCluster cluster;
    private final Candidates candidates;
    private final Deployed deployed;
    private final ResultWriter writer;
    private final Map<String, String> options;
    private final TrainingRules rules;
    private final LongSupplier nanoClock;
    private final TrainingEndJson ends = new TrainingEndJson();
    private final Map<String, Follow> follows = new HashMap<>();

    /**
     * @param options of every training, by key; what belongs to one of them is set here
     * @param nanoClock as {@link System#nanoTime()}
     */
    public TrainingLauncher(
            TrainingBook book,
            TrainingCluster cluster,
            Candidates candidates,
            Deployed deployed,
            ResultWriter writer,
            Map<String, String> options,
            TrainingRules rules,
            LongSupplier nanoClock) {
        this.book = book;
        this.cluster = cluster;
        this.candidates = candidates;
        this.deployed = deployed;
        this.writer = writer;
        this.options = Map.copyOf(options);
        this.rules = rules;
        this.nanoClock = nanoClock;
    }

    /** Does what is due, and waits for nothing. */
    public void step() {
        Set<String> models = new HashSet<>();
        Set<String> open = new HashSet<>();
        for (TrainingBook.Open one : book.open()) {
            open.add(one.request().requestId());
            if (models.add(one.request().model())) {
                advance(one.request(), one.last());
            }
        }
        follows.keySet().retainAll(open);
    }

    private void advance(RetrainRequest request, @Nullable TrainingResult last) {
        long now = nanoClock.getAsLong();
        Follow follow =
                follows.computeIfAbsent(
                        request.requestId(), id -> new Follow(now, rules.lookInterval().toNanos()));
        if (last == null) {
            begin(request, 1);
            return;
        }
        switch (last.kind()) {
            case STARTED -> {
                if (now - follow.lookedNanos >= rules.lookInterval().toNanos()) {
                    follow.lookedNanos = now;
                    follow(request, last.attempt(), follow, now);
                }
            }
            case RETRYING -> {
                if (now - follow.beganNanos >= rules.backoff(last.attempt()).toNanos()) {
                    begin(request, last.attempt() + 1);
                }
            }
            case SUCCEEDED, REFUSED, FAILED -> {
                // It is over.
            }
        }
    }

    private void begin(RetrainRequest request, int attempt) {
        tell(
                request,
                TrainingResult.Kind.STARTED,
                attempt,
                null,
                "job " + new Attempt(request.requestId(), attempt).jobId(),
                null);
    }

    private void follow(RetrainRequest request, int attempt, Follow follow, long now) {
        String job = new Attempt(request.requestId(), attempt).jobId();
        try {
            JobLook look = cluster.look(job);
            if (look.state() == JobLook.State.UNKNOWN && !follow.isSubmitted) {
                if (!areOver(request.requestId(), attempt)) {
                    follow.answeredNanos = now;
                    return;
                }
                submit(job, optionsOf(request));
                follow.isSubmitted = true;
                follow.answeredNanos = nanoClock.getAsLong();
                follow.stateNanos = follow.answeredNanos;
                return;
            }
            follow.isSubmitted = true;
            follow.answeredNanos = now;
            if (look.state() != follow.state) {
                follow.state = look.state();
                follow.stateNanos = now;
            }
            judge(request, attempt, job, look, Duration.ofNanos(now - follow.stateNanos));
        } catch (TrainingClusterException e) {
            Duration silent = Duration.ofNanos(now - follow.answeredNanos);
            switch (e.kind()) {
                case WRONG -> end(request, TrainingResult.Kind.FAILED, attempt, null, e);
                case REFUSED -> retry(request, attempt, null, message(e));
                case UNREACHABLE -> {
                    if (silent.compareTo(rules.lostTimeout()) > 0) {
                        retry(request, attempt, null, message(e));
                    }
                }
            }
        } catch (RegistryException e) {
            retry(request, attempt, null, message(e));
        }
    }

    /** Whoever was killed while it submitted the job may have been heard all the same. */
    private void submit(String job, Map<String, String> options) throws TrainingClusterException {
        try {
            cluster.submit(job, options);
        } catch (TrainingClusterException e) {
            if (e.kind() != TrainingClusterException.Kind.REFUSED
                    || cluster.look(job).state() == JobLook.State.UNKNOWN) {
                throw e;
            }
        }
    }

    /** Whether the attempts before that one are; one that is not is called off. */
    private boolean areOver(String requestId, int attempt) throws TrainingClusterException {
        boolean areOver = true;
        for (int earlier = 1; earlier < attempt; earlier++) {
            String job = new Attempt(requestId, earlier).jobId();
            switch (cluster.look(job).state()) {
                case UNKNOWN, FINISHED, FAILED, CANCELED -> {
                    // It does nothing any more.
                }
                case WAITING, RUNNING -> {
                    areOver = false;
                    callOff(job);
                }
            }
        }
        return areOver;
    }

    /** Whether it was heard shows the next look, if there is a next attempt. */
    private void callOff(String job) {
        try {
            cluster.cancel(job);
        } catch (TrainingClusterException e) {
            // Over by itself meanwhile, or out of reach.
        }
    }

    private Map<String, String> optionsOf(RetrainRequest request) {
        Map<String, String> all = new HashMap<>(options);
        all.put("training.model", request.model());
        all.put("training.request", request.requestId());
        Long from = request.fromMicros();
        if (from != null) {
            all.put("training.from", Instant.EPOCH.plus(from, ChronoUnit.MICROS).toString());
        }
        Deployment deployment = deployed.of(request.model());
        if (deployment != null) {
            all.put(
                    "training.champion",
                    candidates.champion(request.model(), deployment.champion()));
        }
        return all;
    }

    private void judge(
            RetrainRequest request, int attempt, String job, JobLook look, Duration since)
            throws TrainingClusterException {
        String text = look.text();
        switch (look.state()) {
            case UNKNOWN ->
                    retry(
                            request,
                            attempt,
                            null,
                            "the cluster has lost job %s; was its JobManager started anew?"
                                    .formatted(job));
            case WAITING -> {
                if (since.compareTo(rules.startTimeout()) > 0) {
                    giveUp(
                            request,
                            attempt,
                            job,
                            "no slot was free for the training within %d s; add a TaskManager or slots (taskmanager.numberOfTaskSlots)"
                                    .formatted(rules.startTimeout().toSeconds()));
                }
            }
            case RUNNING -> {
                if (since.compareTo(rules.runTimeout()) > 0) {
                    giveUp(
                            request,
                            attempt,
                            job,
                            "the training was not through within %d s; give it less data or more time (control.training.run-timeout)"
                                    .formatted(rules.runTimeout().toSeconds()));
                }
            }
            case FAILED -> retry(request, attempt, null, "the job has failed: " + text);
            case CANCELED ->
                    refuse(
                            request,
                            attempt,
                            null,
                            "somebody has cancelled job %s; ask again with 'shivx retrain'"
                                    .formatted(job));
            case FINISHED -> ended(request, attempt, text);
        }
    }

    /**
     * The job is called off after that is written: called off first, it would be somebody's doing
     * to whoever comes after one that was killed in between. After the last attempt nobody does.
     */
    private void giveUp(RetrainRequest request, int attempt, String job, String reason)
            throws TrainingClusterException {
        boolean isLast = attempt >= rules.maxAttempts();
        if (isLast) {
            cluster.cancel(job);
        }
        retry(request, attempt, null, reason);
        if (!isLast) {
            callOff(job);
        }
    }

    private void ended(RetrainRequest request, int attempt, @Nullable String text) {
        TrainingEnd end;
        try {
            end = ends.read(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableRecordException e) {
            retry(
                    request,
                    attempt,
                    null,
                    "the training has ended and not said how; is the cluster's job jar of another release?");
            return;
        }
        String version = end.version();
        switch (end.kind()) {
            case PROMOTE, REGISTERED -> {
                if (version == null) {
                    retry(request, attempt, null, "the training has named no version");
                } else {
                    deploy(request, attempt, version, end);
                }
            }
            case KEEP ->
                    refuse(
                            request,
                            attempt,
                            version,
                            "%s stays in production: %s".formatted(end.champion(), end.reason()));
            case INCONCLUSIVE, REFUSED -> refuse(request, attempt, version, end.reason());
            case FAILED -> retry(request, attempt, version, end.reason());
        }
    }

    /**
     * Asks for the version, by steps beside the one that it was compared with; at once where there
     * is none.
     */
    private void deploy(RetrainRequest request, int attempt, String version, TrainingEnd end) {
        Deployment current = deployed.of(request.model());
        String serving = current == null ? null : current.champion().version();
        if (!Objects.equals(serving, end.champion())) {
            retry(
                    request,
                    attempt,
                    version,
                    "production has become %s meanwhile, and %s was compared with %s; it is compared again"
                            .formatted(serving, version, end.champion()));
            return;
        }
        try {
            ModelRef place = candidates.place(request.model(), version);
            DeploymentRequest deployment =
                    new DeploymentRequest(
                            new Attempt(request.requestId(), attempt).deploymentRequestId(),
                            request.model(),
                            current == null ? DeploymentMode.NOW : DeploymentMode.ROLLOUT,
                            place,
                            0,
                            null,
                            current == null ? null : current.generation(),
                            REQUESTED_BY);
            tell(
                    request,
                    TrainingResult.Kind.SUCCEEDED,
                    attempt,
                    version,
                    end.reason(),
                    deployment);
        } catch (RegistryException | ModelRefusedException e) {
            retry(request, attempt, version, message(e));
        }
    }

    private void retry(
            RetrainRequest request, int attempt, @Nullable String version, String reason) {
        if (attempt >= rules.maxAttempts()) {
            tell(
                    request,
                    TrainingResult.Kind.FAILED,
                    attempt,
                    version,
                    "given up after %d attempts; the last: %s".formatted(attempt, reason),
                    null);
        } else {
            tell(request, TrainingResult.Kind.RETRYING, attempt, version, reason, null);
        }
    }

    private void refuse(
            RetrainRequest request, int attempt, @Nullable String version, String reason) {
        tell(request, TrainingResult.Kind.REFUSED, attempt, version, reason, null);
    }

    private void end(
            RetrainRequest request,
            TrainingResult.Kind kind,
            int attempt,
            @Nullable String version,
            Exception why) {
        tell(request, kind, attempt, version, message(why), null);
    }

    private void tell(
            RetrainRequest request,
            TrainingResult.Kind kind,
            int attempt,
            @Nullable String version,
            String reason,
            @Nullable DeploymentRequest deployment) {
        TrainingResult result =
                new TrainingResult(
                        request.requestId(),
                        request.model(),
                        kind,
                        attempt,
                        version,
                        oneLine(reason));
        writer.write(result, deployment);
        // Its own record comes back by the topic later, and says nothing new then.
        book.add(result);
        follows.remove(request.requestId());
    }

    private static String message(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String oneLine(String reason) {
        String line = reason.lines().map(String::strip).collect(Collectors.joining(" "));
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
    }
}
