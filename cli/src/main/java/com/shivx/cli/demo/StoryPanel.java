package com.shivx.cli.demo;

import com.shivx.cli.demo.ScreenLine.Style;
import com.shivx.cli.story.StageStatus;
import com.shivx.cli.story.StoryStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The story on the screen: a line a stage, and the figures that it turns on. */
final class StoryPanel {

    private static final int REMARK = 36;
    private static final int LEAST_REMARK = 20;
    private static final int MARGIN = 1;
    private static final String OWN_TIMES = "own times ";

    private final boolean coloured;

    StoryPanel(boolean coloured) {
        this.coloured = coloured;
    }

    /**
     * As many lines whatever happens.
     *
     * @param height so many at most, if the times that are the demo's own need more than one; they
     *     are cut then
     */
    List<ScreenLine> lines(StoryStatus story, String ownTimes, int width, int height) {
        List<ScreenLine> lines = new ArrayList<>(stages(story, width));
        lines.add(line(width));
        lines.add(
                line(width)
                        .put(Style.DIM, "accuracy  ")
                        .put(accuracies(story))
                        .put(Style.DIM, votes(story)));
        int textWidth = width - MARGIN - OWN_TIMES.length();
        List<String> wrapped = wrapped(ownTimes, textWidth);
        if (lines.size() + wrapped.size() > height) {
            wrapped = List.of(cut(ownTimes, textWidth));
        }
        String label = OWN_TIMES;
        for (String text : wrapped) {
            lines.add(line(width).put(Style.DIM, label + text));
            label = " ".repeat(OWN_TIMES.length());
        }
        return lines;
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private List<ScreenLine> stages(StoryStatus story, int width) {
        List<ScreenLine> lines = new ArrayList<>();
        for (StageStatus stage : story.stages()) {
            lines.add(line(stage, cut(stage.remark(), width - REMARK), width));
        }
        return lines;
    }

    /**
     * The stages with all that is remarked of them.
     *
     * @param width remarks go on in further lines, if it leaves them any room
     */
    List<ScreenLine> told(StoryStatus story, int width) {
        int room = width - REMARK >= LEAST_REMARK ? width - REMARK : Integer.MAX_VALUE - REMARK;
        List<ScreenLine> lines = new ArrayList<>();
        for (StageStatus stage : story.stages()) {
            List<String> remark = wrapped(stage.remark(), room);
            lines.add(line(stage, remark.get(0), REMARK + room));
            for (String more : remark.subList(1, remark.size())) {
                lines.add(line(REMARK + room).at(REMARK).put(Style.DIM, more));
            }
        }
        return lines;
    }

    private ScreenLine line(StageStatus stage, String remark, int width) {
        ScreenLine line = line(width);
        switch (stage.state()) {
            case AHEAD -> line.put(Style.DIM, "· " + stage.stage().title());
            case UNDER_WAY -> line.put(Style.CYAN, "▸ ").put(Style.BOLD, stage.stage().title());
            case DONE -> line.put(Style.GREEN, "✓ ").put(stage.stage().title());
            case FAILED -> line.put(Style.RED, "✗ ").put(stage.stage().title());
        }
        return remark.isEmpty() ? line : line.at(REMARK).put(Style.DIM, remark);
    }

    private static String accuracies(StoryStatus story) {
        return story.accuracies().isEmpty()
                ? "-"
                : story.accuracies().stream()
                        .map(
                                each ->
                                        String.format(
                                                Locale.ROOT,
                                                "%s %s %.3f",
                                                each.version(),
                                                each.role(),
                                                each.accuracy()))
                        .collect(Collectors.joining("   "));
    }

    private static String votes(StoryStatus story) {
        StoryStatus.Votes votes = story.votes();
        return votes == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "   votes %,d better, %,d worse, %,d even",
                        votes.better(),
                        votes.worse(),
                        votes.even());
    }

    private static String cut(String text, int width) {
        return text.length() <= width || width < 1 ? text : text.substring(0, width - 1) + "…";
    }

    private ScreenLine line(int width) {
        return new ScreenLine(width, coloured).put(" ".repeat(MARGIN));
    }
}
