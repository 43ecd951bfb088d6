package com.shivx.cli.story;

import java.util.EnumSet;
import java.util.Set;

/** What a story is about. */
public enum Plot {
    /** The market changes, and a new version is learned that knows it. */
    CURE(EnumSet.allOf(Stage.class)),
    /** The market stays as it is, and a version is rolled out that is wrong. */
    BAD_CANDIDATE(EnumSet.of(Stage.LEARN, Stage.DEPLOY, Stage.SCORE, Stage.ROLLOUT, Stage.PROMOTE));

    private final EnumSet<Stage> stages;

    Plot(EnumSet<Stage> stages) {
        this.stages = stages;
    }

    /** The stages that it may come to, in their order. */
    Set<Stage> stages() {
        return EnumSet.copyOf(stages);
    }
}
