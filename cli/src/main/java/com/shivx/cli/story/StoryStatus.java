package com.shivx.cli.story;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A story at one moment.
 *
 * @param stages all of them, in their order
 * @param accuracies of each version that has met outcomes, the first version first
 * @param votes of the new version against the old one; null before its first
 * @param ending how it has ended; null while it goes on
 * @param reason why it ended so, one line; null while it goes on
 */
public record StoryStatus(
        List<StageStatus> stages,
        List<VersionAccuracy> accuracies,
        @Nullable Votes votes,
        @Nullable Ending ending,
        @Nullable String reason) {

    public StoryStatus {
        stages = List.copyOf(stages);
        accuracies = List.copyOf(accuracies);
    }

    /**
     * How right a version was in the last window.
     *
     * @param version the version
     * @param role its part then: champion, canary or shadow
     * @param accuracy share of the outcomes it had right, 0 to 1
     * @param outcomes how many there were
     */
    public record VersionAccuracy(String version, String role, double accuracy, long outcomes) {}

    /**
     * How slices of a horizon voted so far.
     *
     * @param better for the new version
     * @param worse for the old one
     * @param even for neither
     */
    public record Votes(long better, long worse, long even) {}

    /** Whether all is told: how it ended, and after a promotion what came of it. */
    public boolean isTold() {
        return ending != null
                && (ending != Ending.PROMOTED
                        || stages.get(stages.size() - 1).state() == StageStatus.State.DONE);
    }

    /**
     * The stage that the story is in: the last that is under way; without one, what follows the
     * last that is done. Null after the last.
     */
    public @Nullable StageStatus current() {
        StageStatus current = stages.get(0);
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).state() == StageStatus.State.UNDER_WAY) {
                current = stages.get(i);
            } else if (stages.get(i).state() == StageStatus.State.DONE) {
                current = i + 1 < stages.size() ? stages.get(i + 1) : null;
            }
        }
        return current;
    }
}
