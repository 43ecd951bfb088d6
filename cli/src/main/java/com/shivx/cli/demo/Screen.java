package com.shivx.cli.demo;

import com.shivx.cli.demo.ScreenLine.Style;
import com.shivx.cli.story.StoryStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The screen of the demo as lines of text: the same place for the same thing at every moment, cut
 * to the terminal's size.
 */
final class Screen {

    private static final int MARGIN = 1;

    /** Where in the head the line of what was set aside is. */
    private static final int SET_ASIDE_LINE = 5;

    /** An empty line, the header, a symbol and how many more there are. */
    private static final int LEAST_TABLE = 4;

    private static final int VALUE_END = 26;
    private static final int SECOND_LABEL = 30;
    private static final int SECOND_VALUE_END = 54;
    private static final int REMARK = 57;
    private static final int RIGHT = 77;
    private static final int BAR = 24;
    private static final int TIME_COLUMN = 20;
    private static final int PREDICTION = 34;
    private static final int CONFIDENCE = 46;
    private static final int CONFIDENCE_BAR = 16;
    private static final int ACTION = 73;
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final boolean coloured;
    private final boolean unicode;

    Screen(boolean coloured, boolean unicode) {
        this.coloured = coloured;
        this.unicode = unicode;
    }

    /** The lines of a status, at most {@code height} of them, none wider than {@code width}. */
    List<String> render(DemoStatus status, int width, int height) {
        List<ScreenLine> head = head(status, width);
        List<ScreenLine> foot = foot(status, width);
        StoryStatus story = status.story();
        List<ScreenLine> told =
                story == null
                        ? List.of()
                        : new StoryPanel(coloured)
                                .lines(
                                        story,
                                        status.ownTimes(),
                                        width,
                                        height - head.size() - foot.size());
        int all = head.size() + told.size() + 1 + status.latest().size() + foot.size();
        if (all > height) {
            foot = foot.subList(1, foot.size());
        }
        if (!told.isEmpty() && all > height) {
            // What is set aside or dead is in the reconciliation, too; of a story nothing may miss.
            head.subList(SET_ASIDE_LINE, head.size() - 1).clear();
        }
        List<ScreenLine> lines = new ArrayList<>(head);
        lines.addAll(told);
        int left = height - lines.size() - foot.size();
        if (told.isEmpty()) {
            lines.addAll(table(status, width, left));
        } else if (left >= LEAST_TABLE) {
            lines.add(line(width));
            lines.addAll(table(status, width, left - 1));
        }
        lines.addAll(foot);
        return lines.stream().limit(height).map(this::glyphs).toList();
    }

    private List<ScreenLine> head(DemoStatus status, int width) {
        List<ScreenLine> head = new ArrayList<>();
        head.add(title(status, width));
        head.add(line(width));
        String feedTime =
                status.feedMicros() == 0 ? "" : DATE_TIME.format(instant(status.feedMicros()));
        head.add(
                metrics(
                        width,
                        "ticks/s",
                        rate(status.ticksPerSecond()),
                        "ticks",
                        count(status.fed()),
                        feedTime));
        head.add(
                metrics(
                        width,
                        "predictions/s",
                        rate(status.predictionsPerSecond()),
                        "predictions",
                        count(status.predictions()),
                        "committed"));
        head.add(
                metrics(
                        width,
                        "latency p50",
                        millis(status.p50Millis()),
                        "p99",
                        millis(status.p99Millis()),
                        "tick to prediction"));
        head.add(reasons(width, "set aside", status.setAside()));
        head.add(reasons(width, "dead letters", status.deadLetters()));
        head.add(progress(status, width));
        head.add(line(width));
        return head;
    }

    private ScreenLine title(DemoStatus status, int width) {
        String elapsed = clock(status.elapsed());
        return line(width)
                .put(Style.BOLD, "ShivX")
                .put("  " + status.title())
                .put(Style.DIM, " · ")
                .put(Style.CYAN, status.stage())
                .endingAt(Math.min(width, RIGHT), Style.DIM, elapsed);
    }

    private ScreenLine metric(int width, String label, String value) {
        return line(width).put(Style.DIM, label).endingAt(VALUE_END, Style.BOLD, value);
    }

    private ScreenLine metrics(
            int width,
            String label,
            String value,
            String secondLabel,
            String secondValue,
            String remark) {
        return metric(width, label, value)
                .at(SECOND_LABEL)
                .put(Style.DIM, secondLabel)
                .endingAt(SECOND_VALUE_END, Style.BOLD, secondValue)
                .at(REMARK)
                .put(Style.DIM, remark);
    }

    private ScreenLine reasons(int width, String label, Map<String, Long> byReason) {
        long total = byReason.values().stream().mapToLong(Long::longValue).sum();
        String reasons =
                byReason.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + count(entry.getValue()))
                        .collect(Collectors.joining("  "));
        return metric(width, label, count(total)).at(SECOND_LABEL).put(Style.DIM, reasons);
    }

    private ScreenLine progress(DemoStatus status, int width) {
        if (Double.isNaN(status.progress())) {
            return line(width);
        }
        int done = (int) Math.floor(status.progress() * BAR);
        String percent = String.format(Locale.ROOT, "%.0f %%", Math.floor(status.progress() * 100));
        ScreenLine line =
                metric(width, "input scored", percent)
                        .at(SECOND_LABEL)
                        .put(Style.CYAN, "█".repeat(done))
                        .put(Style.DIM, "░".repeat(BAR - done));
        Duration left = left(status);
        return left == null ? line : line.put(Style.DIM, "  " + clock(left) + " left");
    }

    /** By the pace so far; null where it says nothing yet, or no more. */
    private static @Nullable Duration left(DemoStatus status) {
        double share = status.progress();
        return share < 0.01 || share >= 1
                ? null
                : Duration.ofMillis((long) (status.elapsed().toMillis() * (1 - share) / share));
    }

    private List<ScreenLine> table(DemoStatus status, int width, int height) {
        List<ScreenLine> lines = new ArrayList<>();
        if (status.latest().isEmpty()) {
            lines.add(
                    line(width)
                            .put(
                                    Style.DIM,
                                    "no prediction yet: features are warming up, or wait for the"
                                            + " next commit"));
            return lines;
        }
        lines.add(
                line(width)
                        .put(Style.DIM, "symbol")
                        .at(TIME_COLUMN)
                        .put(Style.DIM, "event time")
                        .at(PREDICTION)
                        .put(Style.DIM, "prediction")
                        .at(CONFIDENCE)
                        .put(Style.DIM, "confidence")
                        .at(ACTION)
                        .put(Style.DIM, "action"));
        int rows = Math.max(0, height - 1);
        List<LatestPrediction> latest = status.latest();
        boolean all = latest.size() <= rows;
        latest.stream()
                .limit(all ? rows : Math.max(0, rows - 1))
                .forEach(prediction -> lines.add(row(prediction, width)));
        if (!all && rows > 0) {
            lines.add(
                    line(width)
                            .put(
                                    Style.DIM,
                                    "… and " + count(latest.size() - rows + 1) + " more symbols"));
        }
        return lines;
    }

    private ScreenLine row(LatestPrediction latest, int width) {
        Style style = style(latest.action());
        ScreenLine line =
                line(width)
                        .put(cut(latest.symbol(), 18))
                        .at(TIME_COLUMN)
                        .put(Style.DIM, TIME.format(instant(latest.eventTimeMicros())))
                        .at(PREDICTION)
                        .put(style, cut(latest.prediction(), 11))
                        .at(CONFIDENCE);
        if (!Double.isNaN(latest.confidence())) {
            int filled = (int) Math.round(latest.confidence() * CONFIDENCE_BAR);
            line.put(String.format(Locale.ROOT, "%.3f  ", latest.confidence()))
                    .put(style, "█".repeat(filled))
                    .put(Style.DIM, "░".repeat(CONFIDENCE_BAR - filled));
        }
        return latest.action() == null ? line : line.at(ACTION).put(style, latest.action());
    }

    private List<ScreenLine> foot(DemoStatus status, int width) {
        return List.of(
                line(width),
                line(width).put(Style.DIM, "model  ").put(status.model()),
                line(width)
                        .put(Style.DIM, "Web UI ")
                        .put(status.webUi())
                        .put(Style.DIM, "   Kafka ")
                        .put(status.kafka())
                        .put(
                                Style.DIM,
                                status.stopping()
                                        ? "   Ctrl-C ends at once"
                                        : "   Ctrl-C stops in order"));
    }

    private ScreenLine line(int width) {
        return new ScreenLine(width, coloured).put(" ".repeat(MARGIN));
    }

    private static Style style(@Nullable String action) {
        return "BUY".equals(action) ? Style.GREEN : "SELL".equals(action) ? Style.RED : Style.PLAIN;
    }

    private String glyphs(ScreenLine line) {
        String text = line.toString().stripTrailing();
        return unicode ? text : Glyphs.ascii(text);
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%,.0f", perSecond);
    }

    static String millis(double millis) {
        return Double.isNaN(millis) ? "-" : String.format(Locale.ROOT, "%,.0f ms", millis);
    }

    static String clock(Duration duration) {
        return String.format(
                Locale.ROOT,
                "%d:%02d:%02d",
                duration.toHours(),
                duration.toMinutesPart(),
                duration.toSecondsPart());
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }
}
