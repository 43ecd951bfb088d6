package com.shivx.cli.demo;

import com.shivx.cli.story.StageStatus;
import com.shivx.cli.story.StoryStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;

/**
 * One line a status, for logs, pipes and terminals that cannot move the cursor; nothing where
 * nothing has changed.
 */
final class PlainDisplay implements Display {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintWriter out;
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
        String line = line(status);
        if (!line.equals(last)) {
            out.println(line);
            out.flush();
            last = line;
        }
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
            line.append("  story: ").append(stage.stage().title());
            line.append(stage.remark().isEmpty() ? "" : " (" + stage.remark() + ")");
        }
        return Glyphs.ascii(line.toString());
    }

    private static String total(Map<String, Long> byReason) {
        return Screen.count(byReason.values().stream().mapToLong(Long::longValue).sum());
    }
}
