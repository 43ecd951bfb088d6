package com.shivx.cli.demo;

import com.shivx.cli.story.Stage;
import com.shivx.cli.story.StageStatus;
import com.shivx.cli.story.StageStatus.State;
import com.shivx.cli.story.StoryStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * One line a status, for logs, pipes and terminals that cannot move the cursor; nothing where
 * nothing has changed.
 */
final class PlainDisplay implements Display {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final Map<Stage, State> told = new EnumMap<>(Stage.class);
    private String last = "";

    PlainDisplay(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void show(DemoStatus status) {
        if (status.story() != null) {
            status.story().stages().forEach(stage -> tell(status.elapsed(), stage));
        }
        String line = line(status);
        if (!line.equals(last)) {
            out.println(line);
            out.flush();
            last = line;
        }
    }

    /** A stage that has come to its end has a line of its own, once. */
    private void tell(Duration elapsed, StageStatus stage) {
        boolean isOver = stage.state() == State.DONE || stage.state() == State.FAILED;
        if (isOver && told.put(stage.stage(), stage.state()) != stage.state()) {
            out.println(
                    Glyphs.ascii(
                            "%s  %s %s%s"
                                    .formatted(
                                            Screen.clock(elapsed),
                                            stage.state() == State.DONE ? "[done]" : "[failed]",
                                            stage.stage().title(),
                                            remark(stage))));
        }
    }

    private static String remark(StageStatus stage) {
        return stage.remark().isEmpty() ? "" : " (" + stage.remark() + ")";
    }

    @Override
    public void close() {
        out.flush();
    }

    static String line(DemoStatus status) {
        StringBuilder line = new StringBuilder();
        line.append(Screen.clock(status.elapsed())).append("  ").append(status.stage());
        if (!Double.isNaN(status.progress())) {
            line.append("  scored ").append((int) Math.floor(status.progress() * 100)).append(" %");
        }
        line.append("  ticks ").append(Screen.count(status.fed()));
        line.append(" (").append(Screen.rate(status.ticksPerSecond())).append("/s)");
        line.append("  predictions ").append(Screen.count(status.predictions()));
        line.append(" (").append(Screen.rate(status.predictionsPerSecond())).append("/s)");
        line.append("  p50 ").append(Screen.millis(status.p50Millis()));
        line.append("  p99 ").append(Screen.millis(status.p99Millis()));
        line.append("  set aside ").append(total(status.setAside()));
        line.append("  dead letters ").append(total(status.deadLetters()));
        StoryStatus story = status.story();
        StageStatus stage = story == null ? null : story.current();
        if (stage != null) {
            line.append("  story: ").append(stage.stage().title()).append(remark(stage));
        }
        return Glyphs.ascii(line.toString());
    }

    private static String total(Map<String, Long> byReason) {
        return Screen.count(byReason.values().stream().mapToLong(Long::longValue).sum());
    }
}
