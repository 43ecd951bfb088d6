package com.shivx.cli.story;

import com.shivx.cli.deploy.ModelStatus;
import com.shivx.cli.deploy.Percent;
import com.shivx.cli.story.StageStatus.State;
import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.models.Alarm;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import com.shivx.operators.training.TrainingEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows the life of a model line from what the jobs publish, and tells how far it is. It decides
 * nothing and knows nothing that they have not said, but when the market changes. Told by several
 * threads.
 */
public final class Story {

    private final String model;
    private final long changeMicros;
    private final Map<Stage, StageStatus> stages = new EnumMap<>(Stage.class);
    private final Map<String, AccuracyRow> latest = new LinkedHashMap<>();

    /** Outcomes of the first version in windows that ended before the change. */
    private final AccuracyCounts validated = new AccuracyCounts();

    /** Outcomes of the first version in windows that began after the change. */
    private final AccuracyCounts changed = new AccuracyCounts();

    /** Outcomes of the new version as champion. */
    private final AccuracyCounts recovered = new AccuracyCounts();

    /** Raised and not cleared yet, before the change. */
    private final Map<Alarm.Kind, Alarm> standing = new EnumMap<>(Alarm.Kind.class);

    private boolean hasChanged;
    private @Nullable String first;
    private @Nullable String candidate;
    private StoryStatus.@Nullable Votes votes;
    private @Nullable Ending ending;
    private @Nullable String reason;

    /**
     * Nothing has happened yet.
     *
     * @param model the model line that it is about
     * @param plot what is to come
     * @param changeMicros event time at which the market changes, microseconds since the epoch
     */
    public Story(String model, Plot plot, long changeMicros) {
        this.model = model;
        this.changeMicros = changeMicros;
        plot.stages().forEach(stage -> stages.put(stage, StageStatus.ahead(stage)));
    }

    /** How far it is. */
    public synchronized StoryStatus status() {
        return new StoryStatus(
                new ArrayList<>(stages.values()),
                latest.values().stream().map(Story::accuracy).toList(),
                votes,
                ending,
                reason);
    }

    /** The feed has come to that event time. */
    public synchronized void onFeed(long eventTimeMicros) {
        if (!hasChanged && eventTimeMicros >= changeMicros) {
            hasChanged = true;
            done(
                    Stage.CHANGE,
                    "book foretells the opposite; volatility and spread double, imbalance shrinks");
        }
    }

    /** The first version is trained. */
    public synchronized void on(TrainingEvent event) {
        switch (event.kind()) {
            case PROGRESS -> underWay(Stage.LEARN, event.message());
            case REGISTERED, PROMOTE -> {
                String id = String.valueOf(event.version());
                first = id.substring(id.indexOf('@') + 1);
                done(Stage.LEARN, id + ": " + event.message());
                underWay(Stage.DEPLOY, "asked for");
            }
            case REFUSED, KEEP, INCONCLUSIVE, FAILED ->
                    breakOff(
                            Stage.LEARN,
                            "the first version was not registered: " + event.message());
        }
    }

    /** What could not be done at all. */
    public synchronized void onFailure(String why) {
        breakOff(Stage.LEARN, why);
    }

    /** What must serve, and what does. */
    public synchronized void on(ModelStatus status) {
        Deployment deployment = status.deployment();
        if (!status.model().equals(model) || deployment == null || first == null) {
            return;
        }
        onFirst(status, deployment);
        ModelRef newer = newer(deployment);
        if (newer != null) {
            candidate = newer.version();
            onCandidate(status, deployment, newer);
        }
    }

    private void onFirst(ModelStatus status, Deployment deployment) {
        boolean serves =
                deployment.champion().version().equals(first)
                        && status.parallelism() > 0
                        && status.serving() == status.parallelism();
        if (serves && !isDone(Stage.DEPLOY)) {
            done(Stage.DEPLOY, "serves in all %d subtasks".formatted(status.parallelism()));
            underWay(Stage.SCORE, "waiting for the first outcomes");
        }
        for (ModelStatus.Subtask subtask : status.subtasks()) {
            DeploymentEvent problem = subtask.problem();
            if (problem != null && !isDone(Stage.DEPLOY)) {
                breakOff(Stage.DEPLOY, String.valueOf(problem.reason()));
            }
        }
    }

    /** What stands beside or instead of the first version. */
    private @Nullable ModelRef newer(Deployment deployment) {
        return deployment.members().keySet().stream()
                .filter(version -> !version.version().equals(first))
                .findFirst()
                .orElse(null);
    }

    private void onCandidate(ModelStatus status, Deployment deployment, ModelRef newer) {
        boolean isChampion = deployment.members().get(newer) == Role.CHAMPION;
        if (isChampion && status.serving() == status.parallelism()) {
            done(Stage.ROLLOUT, newer.version() + " took every step");
            done(Stage.PROMOTE, newer.version() + " serves alone");
            underWay(Stage.RECOVER, "waiting for its outcomes");
            end(Ending.PROMOTED, newer.version() + " serves alone");
            return;
        }
        String step =
                isChampion
                        ? "all vectors"
                        : newer.equals(deployment.canary())
                                ? Percent.of(deployment.canaryShare()) + " of the vectors"
                                : "in the shadow";
        underWay(Stage.ROLLOUT, newer.version() + " " + step);
    }

    /** What the lifecycle has decided. */
    public synchronized void on(LifecycleEvent event) {
        if (!event.model().equals(model)) {
            return;
        }
        if (event.kind() == LifecycleEvent.Kind.ROLLOUT_ROLLED_BACK
                || event.kind() == LifecycleEvent.Kind.ROLLOUT_ABORTED) {
            String why = "%s was taken back: %s".formatted(event.version(), event.reason());
            fail(Stage.ROLLOUT, why);
            fail(Stage.PROMOTE, "");
            end(Ending.ROLLED_BACK, why);
        }
        if (event.kind() == LifecycleEvent.Kind.REFUSED
                && first != null
                && first.equals(event.version())) {
            breakOff(Stage.DEPLOY, String.valueOf(event.reason()));
        }
    }

    /**
     * What is out of bounds. What was cleared before the change is a false alarm, and no part of
     * this; what stands through it is not raised again, and counts from the next alarm that is.
     */
    public synchronized void on(Alarm alarm) {
        if (!alarm.modelId().equals(model)) {
            return;
        }
        if (hasChanged && alarm.raised()) {
            standing.values().forEach(this::found);
            standing.clear();
            found(alarm);
        } else if (alarm.raised()) {
            standing.put(alarm.kind(), alarm);
        } else {
            standing.remove(alarm.kind());
        }
    }

    private void found(Alarm alarm) {
        switch (alarm.kind()) {
            case DRIFT -> done(Stage.DRIFT, alarm.reason());
            case ESTIMATED_ACCURACY -> done(Stage.ESTIMATE, alarm.reason());
            case ACCURACY -> done(Stage.ACCURACY, alarm.reason());
            case MODEL_REFUSED,
                    MODEL_WITHDRAWN,
                    COVERAGE,
                    RATE,
                    LATENCY,
                    INVALID_OUTPUT,
                    ERRORS,
                    INFERENCE_TIME -> {
                // Of the machine, not of the market.
            }
        }
    }

    /** How a retraining goes. */
    public synchronized void on(TrainingResult result) {
        if (!result.model().equals(model) || ending != null) {
            return;
        }
        switch (result.kind()) {
            case STARTED -> underWay(Stage.RETRAIN, "attempt " + result.attempt());
            case RETRYING -> underWay(Stage.RETRAIN, result.reason());
            case SUCCEEDED -> {
                done(Stage.RETRAIN, String.valueOf(result.version()));
                done(Stage.VALIDATE, result.reason());
            }
            // The next alarm or schedule may ask for another.
            case REFUSED -> {
                done(Stage.RETRAIN, "");
                fail(Stage.VALIDATE, result.reason());
            }
            case FAILED -> fail(Stage.RETRAIN, result.reason());
        }
    }

    /** How right a version was. */
    public synchronized void on(AccuracyRow row) {
        String version = row.key().modelVersion();
        AccuracyCounts counts = row.counts();
        if (!row.key().modelId().equals(model) || counts.known == 0) {
            return;
        }
        latest.put(version, row);
        boolean isFirst = version.equals(first);
        if (isFirst && row.windowEndMicros() <= changeMicros) {
            validated.add(counts);
            done(Stage.SCORE, interval(validated));
        }
        if (isFirst && row.windowStartMicros() >= changeMicros) {
            changed.add(counts);
        }
        if (version.equals(candidate)) {
            row.votes().stream().filter(vote -> vote.champion().equals(first)).forEach(this::count);
            if (row.key().role() == Role.CHAMPION) {
                recovered.add(counts);
                told(recovered);
            }
        }
    }

    private void count(VoteCount vote) {
        StoryStatus.Votes so = votes == null ? new StoryStatus.Votes(0, 0, 0) : votes;
        votes =
                new StoryStatus.Votes(
                        so.better() + vote.better(),
                        so.worse() + vote.worse(),
                        so.even() + vote.even());
    }

    /** Recovered is what lies above all that the first version may have come to. */
    private void told(AccuracyCounts since) {
        boolean above = since.accuracyInterval().lower() > changed.accuracyInterval().upper();
        if (above) {
            done(Stage.RECOVER, "%s, after %s".formatted(interval(since), interval(changed)));
        } else if (!isDone(Stage.RECOVER)) {
            underWay(Stage.RECOVER, interval(since));
        }
    }

    private static String interval(AccuracyCounts counts) {
        if (counts.independent == 0) {
            return String.format(Locale.ROOT, "accuracy %.3f", counts.accuracy());
        }
        return String.format(
                Locale.ROOT,
                "accuracy %.3f [%.3f, %.3f]",
                counts.accuracy(),
                counts.accuracyInterval().lower(),
                counts.accuracyInterval().upper());
    }

    private static StoryStatus.VersionAccuracy accuracy(AccuracyRow row) {
        return new StoryStatus.VersionAccuracy(
                row.key().modelVersion(),
                row.key().role().name().toLowerCase(Locale.ROOT),
                row.counts().accuracy(),
                row.counts().known);
    }

    private boolean isDone(Stage stage) {
        return state(stage) == State.DONE;
    }

    private State state(Stage stage) {
        StageStatus status = stages.get(stage);
        return status == null ? State.AHEAD : status.state();
    }

    private void underWay(Stage stage, String remark) {
        if (!isDone(stage)) {
            tell(stage, State.UNDER_WAY, remark);
        }
    }

    /** What is no part of this story is not told. */
    private void tell(Stage stage, State state, String remark) {
        stages.computeIfPresent(stage, (same, before) -> new StageStatus(stage, state, remark));
    }

    /** What has happened stays so, with what was seen first; the last stage goes on being told. */
    private void done(Stage stage, String remark) {
        if (!isDone(stage) || stage == Stage.RECOVER || stage == Stage.SCORE) {
            tell(stage, State.DONE, remark);
        }
    }

    private void fail(Stage stage, String remark) {
        if (!isDone(stage)) {
            tell(stage, State.FAILED, remark);
        }
    }

    private void breakOff(Stage stage, String why) {
        fail(stage, why);
        end(Ending.BROKEN_OFF, why);
    }

    private void end(Ending how, String why) {
        if (ending == null || ending == Ending.PROMOTED) {
            ending = how;
            reason = why;
        }
    }

    /** The stages that are not done yet, by their titles: for who waited in vain. */
    public synchronized String waitingFor() {
        return stages.values().stream()
                .filter(stage -> stage.state() != State.DONE)
                .map(stage -> stage.stage().title())
                .collect(Collectors.joining(", "));
    }
}
