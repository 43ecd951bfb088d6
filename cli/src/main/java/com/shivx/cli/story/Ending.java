package com.shivx.cli.story;

/** How a story ends. */
public enum Ending {
    /** The new version serves alone. */
    PROMOTED("promoted"),
    /** The new version was taken back, and the old one serves on. */
    ROLLED_BACK("rolled-back"),
    /** It cannot go on. */
    BROKEN_OFF("broken off");

    private final String word;

    Ending(String word) {
        this.word = word;
    }

    /** As options and people name it. */
    public String word() {
        return word;
    }
}
