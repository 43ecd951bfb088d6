package com.shivx.cli.demo;

/**
 * One line of the screen: styled text in columns, cut at the screen's width. Escape sequences take
 * no room.
 */
final class ScreenLine {

    /** How text stands out. */
    enum Style {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        GREEN("32"),
        RED("31"),
        CYAN("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final int width;
    private final boolean coloured;
    private final StringBuilder text = new StringBuilder();
    private int column;

    ScreenLine(int width, boolean coloured) {
        this.width = width;
        this.coloured = coloured;
    }

    /** Appends what fits. */
    ScreenLine put(Style style, String part) {
        String fitting = part.substring(0, Math.min(part.length(), width - column));
        column += fitting.length();
        if (!coloured || style == Style.PLAIN || fitting.isBlank()) {
            text.append(fitting);
        } else {
            text.append("\u001b[")
                    .append(style.code)
                    .append('m')
                    .append(fitting)
                    .append("\u001b[0m");
        }
        return this;
    }

    ScreenLine put(String part) {
        return put(Style.PLAIN, part);
    }

    /**
     * Goes on at a column, counted from 0, or one space further where the text has already passed
     * it.
     */
    ScreenLine at(int target) {
        return put(" ".repeat(Math.max(column == 0 ? 0 : 1, target - column)));
    }

    /** Puts a part so that it ends just before a column. */
    ScreenLine endingAt(int target, Style style, String part) {
        return at(target - part.length()).put(style, part);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
