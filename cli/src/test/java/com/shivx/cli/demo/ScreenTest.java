package com.shivx.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.cli.story.Stage;
import com.shivx.cli.story.StageStatus;
import com.shivx.cli.story.StageStatus.State;
import com.shivx.cli.story.StoryStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final long MICROS = 1_700_000_000_123_000L;
    private static final List<LatestPrediction> TWO =
            List.of(
                    new LatestPrediction("sim:BTCUSD", MICROS, "UP", 0.412, "BUY"),
                    new LatestPrediction("sim:ETHUSD", MICROS + 5_000, "DOWN", 0.5, "SELL"));

    private final Screen screen = new Screen(false, true);

    @Test
    void showsEverythingInItsPlace() {
        List<String> lines = screen.render(status(0.48, TWO), 80, 24);

        assertThat(lines).allMatch(line -> line.isEmpty() || line.startsWith(" "));
        assertThat(lines.stream().map(line -> line.substring(Math.min(1, line.length()))))
                .containsExactly(
                        """
                        ShivX  simulated market, seed 1 · feeding at 20×                     0:01:23

                        ticks/s             2,412    ticks            201,334   2023-11-14 22:13:20 UTC
                        predictions/s       2,398    predictions      199,120   committed
                        latency p50          6 ms    p99                14 ms   tick to prediction
                        set aside          69,366    CROSSED 69,354  OUT_OF_ORDER 12
                        dead letters            3    NOT_JSON 3
                        input scored         48 %    ███████████░░░░░░░░░░░░░  0:01:29 left

                        symbol             event time    prediction  confidence                 action
                        sim:BTCUSD         22:13:20.123  UP          0.412  ███████░░░░░░░░░    BUY
                        sim:ETHUSD         22:13:20.128  DOWN        0.500  ████████░░░░░░░░    SELL

                        model  baseline-momentum on market-v1
                        Web UI http://localhost:8081   Kafka localhost:43211   Ctrl-C stops in order\
                        """
                                .split("\n"));
    }

    @Test
    void neverExceedsTheTerminal() {
        List<LatestPrediction> many =
                IntStream.range(0, 500)
                        .mapToObj(
                                i ->
                                        new LatestPrediction(
                                                "oanda:SYMBOL-WITH-A-LONG-NAME-" + i,
                                                MICROS,
                                                "UP",
                                                1,
                                                "BUY"))
                        .toList();
        for (int width : new int[] {20, 60, 80, 200}) {
            for (int height : new int[] {5, 14, 24, 60}) {
                List<String> lines = screen.render(status(0.48, many), width, height);
                assertThat(lines)
                        .hasSizeLessThanOrEqualTo(height)
                        .allMatch(line -> line.length() <= width);
            }
        }
    }

    @Test
    void tellsAStoryWholeWithinTheUsualTerminal() {
        List<String> lines = screen.render(status(Double.NaN, TWO, false, story()), 80, 24);

        assertThat(lines).hasSizeLessThanOrEqualTo(24).allMatch(line -> line.length() <= 80);
        assertThat(text(lines))
                .contains(
                        " ✓ market changes its regime        seen CHANGE\n ▸ drift is found\n",
                        " ✗ estimated accuracy falls         " + "x".repeat(43) + "…\n",
                        " accuracy  0.1.0 champion 0.285   0.2.0 canary 0.451   votes 71 better, 12"
                                + " worse",
                        " own times thresholds as shipped; horizon 5 s, drift window 60 s, blocks 60 s, …\n",
                        "Ctrl-C stops in order")
                .doesNotContain("sim:BTCUSD");
    }

    /** When the screen is gone. */
    @Test
    void tellsAStoryWithAllRemarksAtItsEnd() {
        StoryPanel panel = new StoryPanel(false);
        StoryStatus story = story(State.DONE, "accuracy 0.443 [0.431, 0.455], of 6,912 outcomes");

        assertThat(panel.told(story, 60))
                .extracting(ScreenLine::toString)
                .containsExactly(
                        " ✓ its predictions meet outcomes    accuracy 0.443 [0.431,",
                        " ".repeat(36) + "0.455], of 6,912",
                        " ".repeat(36) + "outcomes",
                        " · market changes its regime");
        assertThat(panel.told(story, 40)).as("no room to wrap in").hasSize(2);
        assertThat(panel.told(story, Integer.MAX_VALUE)).hasSize(2);
    }

    @Test
    void showsPredictionsUnderAStoryWhereTheTerminalIsTallEnough() {
        List<String> lines = screen.render(status(Double.NaN, TWO, false, story()), 120, 40);

        assertThat(text(lines))
                .contains(
                        "votes 71 better, 12 worse, 3 even",
                        "set aside",
                        "sim:ETHUSD",
                        """
                         own times thresholds as shipped; horizon 5 s, drift window 60 s, blocks 60 s, alarms again after 120 s, steps 30 s,
                                   learns from change
                        """);
    }

    @Test
    void saysHowManySymbolsDoNotFit() {
        List<LatestPrediction> many =
                IntStream.range(0, 40)
                        .mapToObj(i -> new LatestPrediction("s" + i, MICROS, "UP", 1, "BUY"))
                        .toList();

        assertThat(screen.render(status(0.48, many), 100, 24))
                .anyMatch(line -> line.equals(" … and 29 more symbols"));
    }

    @Test
    void keepsEveryLineInItsPlaceWhateverHappens() {
        List<String> endless = screen.render(status(Double.NaN, TWO), 100, 24);
        List<String> files = screen.render(status(0.48, TWO), 100, 24);

        assertThat(endless).hasSameSizeAs(files);
    }

    @Test
    void saysWhyThereIsNoPredictionYet() {
        assertThat(screen.render(status(0.01, List.of()), 100, 24))
                .anyMatch(line -> line.contains("no prediction yet: features are warming up"));
    }

    @Test
    void coloursOnlyWhereItMay() {
        assertThat(text(screen.render(status(0.48, TWO), 100, 24))).doesNotContain("\u001b");
        List<String> coloured = new Screen(true, true).render(status(0.48, TWO), 100, 24);
        assertThat(text(coloured)).contains("\u001b[32mBUY\u001b[0m", "\u001b[31mSELL\u001b[0m");
        assertThat(text(coloured).replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(text(screen.render(status(0.48, TWO), 100, 24)));
    }

    @Test
    void speaksAsciiWhereItMust() {
        List<String> ascii = new Screen(false, false).render(status(0.48, TWO), 100, 24);

        assertThat(text(ascii)).matches("\\p{ASCII}*");
        assertThat(ascii.stream().map(String::length).toList())
                .isEqualTo(
                        screen.render(status(0.48, TWO), 100, 24).stream()
                                .map(String::length)
                                .toList());
    }

    @Test
    void saysWhatCtrlCDoesNext() {
        assertThat(text(screen.render(status(0.48, TWO, true), 100, 24)))
                .contains("Ctrl-C ends at once")
                .doesNotContain("Ctrl-C stops in order");
    }

    @Test
    void isPrintedOnceWhereThereIsNoTerminalAndNothingChanges() {
        StringWriter printed = new StringWriter();
        try (PlainDisplay display = new PlainDisplay(new PrintWriter(printed))) {
            display.show(status(0.48, TWO));
            display.show(status(0.48, TWO));
            display.show(status(0.49, TWO));
        }
        assertThat(printed.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("scored 48 %"),
                        line -> assertThat(line).contains("scored 49 %"));
    }

    @Test
    void tellsOnceOfEachStageThatIsOverWhereThereIsNoTerminal() {
        StringWriter printed = new StringWriter();
        try (PlainDisplay display = new PlainDisplay(new PrintWriter(printed))) {
            display.show(status(0.48, TWO, false, story(State.UNDER_WAY, "waiting")));
            display.show(status(0.48, TWO, false, story(State.DONE, "accuracy 0.443")));
            display.show(status(0.48, TWO, false, story(State.DONE, "accuracy 0.444")));
        }
        assertThat(printed.toString().lines().filter(line -> line.contains("[")))
                .containsExactly("0:01:23  [done] its predictions meet outcomes (accuracy 0.443)");
        assertThat(printed.toString())
                .contains("story: its predictions meet outcomes (waiting)")
                .contains("story: market changes its regime");
    }

    private static StoryStatus story(State score, String remark) {
        return new StoryStatus(
                List.of(
                        new StageStatus(Stage.SCORE, score, remark),
                        new StageStatus(Stage.CHANGE, State.AHEAD, "")),
                List.of(),
                null,
                null,
                null);
    }

    @Test
    void isOneLineWhereThereIsNoTerminal() {
        assertThat(PlainDisplay.line(status(0.48, TWO)))
                .isEqualTo(
                        "0:01:23  feeding at 20x  scored 48 %  ticks 201,334 (2,412/s)  predictions"
                                + " 199,120 (2,398/s)  p50 6 ms  p99 14 ms  set aside 69,366  dead"
                                + " letters 3");
    }

    private static DemoStatus status(double progress, List<LatestPrediction> latest) {
        return status(progress, latest, false);
    }

    private static DemoStatus status(
            double progress, List<LatestPrediction> latest, boolean stopping) {
        return status(progress, latest, stopping, null);
    }

    private static DemoStatus status(
            double progress,
            List<LatestPrediction> latest,
            boolean stopping,
            @Nullable StoryStatus story) {
        Map<String, Long> setAside = new TreeMap<>(Map.of("CROSSED", 69_354L, "OUT_OF_ORDER", 12L));
        return new DemoStatus(
                "simulated market, seed 1",
                "feeding at 20×",
                "baseline-momentum on market-v1",
                stopping,
                Duration.ofSeconds(83),
                201_334,
                2_412.2,
                MICROS,
                progress,
                199_120,
                2_397.6,
                6,
                14,
                setAside,
                Map.of("NOT_JSON", 3L),
                latest,
                story,
                story == null
                        ? ""
                        : "thresholds as shipped; horizon 5 s, drift window 60 s, block"
                                + "s 60 s, alarms again after 120 s, steps 30 s, learns from change",
                "http://localhost:8081",
                "localhost:43211");
    }

    private static StoryStatus story() {
        List<StageStatus> stages = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            stages.add(
                    switch (stage) {
                        case LEARN, DEPLOY, SCORE, CHANGE ->
                                new StageStatus(stage, State.DONE, "seen " + stage);
                        case DRIFT -> new StageStatus(stage, State.UNDER_WAY, "");
                        case ESTIMATE -> new StageStatus(stage, State.FAILED, "x".repeat(100));
                        case ACCURACY, RETRAIN, VALIDATE, ROLLOUT, PROMOTE, RECOVER ->
                                new StageStatus(stage, State.AHEAD, "");
                    });
        }
        return new StoryStatus(
                stages,
                List.of(
                        new StoryStatus.VersionAccuracy("0.1.0", "champion", 0.2849, 7_012),
                        new StoryStatus.VersionAccuracy("0.2.0", "canary", 0.4512, 698)),
                new StoryStatus.Votes(71, 12, 3),
                null,
                null);
    }

    private static String text(List<String> lines) {
        return lines.stream().collect(Collectors.joining("\n"));
    }
}
