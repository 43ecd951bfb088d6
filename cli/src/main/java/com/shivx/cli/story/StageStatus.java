package com.shivx.cli.story;

/**
 * How far a stage is.
 *
 * @param stage which
 * @param state how far
 * @param remark what was seen last, in a few words; empty where nothing was
 */
public record StageStatus(Stage stage, State state, String remark) {

    /** How far a stage can be. */
    public enum State {
        /** Nothing of it has been seen. */
        AHEAD,
        /** It goes on. */
        UNDER_WAY,
        /** It has happened. */
        DONE,
        /** It went wrong; another attempt may begin it anew. */
        FAILED
    }

    static StageStatus ahead(Stage stage) {
        return new StageStatus(stage, State.AHEAD, "");
    }
}
