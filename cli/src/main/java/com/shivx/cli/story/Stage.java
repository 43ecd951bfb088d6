package com.shivx.cli.story;

/** What happens, in the order in which it is told; some may come a little before their turn. */
public enum Stage {
    /** A first version is trained on what the market has done so far, and judged. */
    LEARN("first version learns"),
    /** It serves, in every subtask. */
    DEPLOY("it is deployed"),
    /** What it predicted has come true or not. */
    SCORE("its predictions meet outcomes"),
    /** The market works otherwise from now on. */
    CHANGE("market changes its regime"),
    /** What the version reads is not what it was measured on. */
    DRIFT("drift is found"),
    /** By its own probabilities it must be less often right. */
    ESTIMATE("estimated accuracy falls"),
    /** And by the outcomes it is. */
    ACCURACY("real accuracy falls"),
    /** A new version is trained on what came after the alarm. */
    RETRAIN("new version learns"),
    /** It is shown to be better on rows that neither has seen. */
    VALIDATE("it is validated"),
    /** It scores beside the old one, and then serves a growing share. */
    ROLLOUT("it is rolled out by steps"),
    /** It serves alone. */
    PROMOTE("it is promoted"),
    /** It is more often right than the old one was after the change. */
    RECOVER("accuracy recovers");

    private final String title;

    Stage(String title) {
        this.title = title;
    }

    /** For people, in a few words. */
    public String title() {
        return title;
    }
}
