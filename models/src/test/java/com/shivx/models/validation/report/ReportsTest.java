package com.shivx.models.validation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.models.validation.ChampionComparison;
import com.shivx.models.validation.Fold;
import com.shivx.models.validation.NewModel;
import com.shivx.models.validation.NewModelValidation;
import com.shivx.models.validation.SimulatedMarket;
import com.shivx.models.validation.Span;
import com.shivx.models.validation.Spans;
import com.shivx.models.validation.ValidationReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    private static final String HOSTILE = "<img src=x onerror='alert(1)'>\u001b[31m&@2.1.0";

    private static final SimulatedMarket MARKET = new SimulatedMarket(1, 6_000, 0.5);

    @TempDir private Path folder;

    private static ValidationReport full() {
        Map<String, Double> importance = new LinkedHashMap<>();
        importance.put("queue_imbalance", 0.41);
        importance.put("</svg><script>", 0.2);
        importance.put("order_flow_imbalance_10s_of_a_very_long_name", 0.11);
        importance.put("spread_bps", 0.07);
        return new NewModelValidation(SimulatedMarket.CONFIG)
                .validate(
                        MARKET.rows(),
                        new NewModel(
                                MARKET.model(HOSTILE, MARKET.everything()),
                                MARKET.overconfident(),
                                MARKET.rows().classFrequencies(),
                                importance,
                                MARKET.spans()),
                        MARKET.model("direction@2.0.0", MARKET.firstSignal()));
    }

    private static ValidationReport walked() {
        SimulatedMarket market = new SimulatedMarket(1, 3_000, 0.5);
        double[] said = market.everything();
        Spans spans = market.spans();
        long border = spans.test().untilMicros() / 2;
        return new NewModelValidation(SimulatedMarket.CONFIG)
                .validate(
                        market.rows(),
                        new NewModel(
                                List.of(
                                        fold(market, new Span(0, border), said, 0),
                                        fold(
                                                market,
                                                new Span(border, spans.test().untilMicros()),
                                                said,
                                                1)),
                                null,
                                Map.of("spread_bps", 1.0)),
                        null);
    }

    private static Fold fold(SimulatedMarket market, Span test, double[] said, int half) {
        int length = said.length / 2;
        return new Fold(
                new Spans(market.spans().fit(), market.spans().tune(), test),
                market.model(
                        "direction", Arrays.copyOfRange(said, half * length, (half + 1) * length)),
                market.rows().classFrequencies());
    }

    @Test
    void allThreeSayWhatBecameOfEachFold() throws IOException {
        ValidationReport report = walked();

        assertThat(TextReport.of(report))
                .contains("walk-forward  2 folds as time went on", "9,000 rows of 3 symbols")
                .containsPattern("(?m)^  2 +01-01 00:25 +01-01 00:50 +4500 +\\d");
        assertThat(HtmlReport.of(report)).contains("<h2>Folds</h2>", "<td>01-01 00:25</td>");
        JsonNode json = new ObjectMapper().readTree(JsonReport.of(report));
        assertThat(json.path("folds")).hasSize(2);
        JsonNode second = json.path("folds").path(1);
        assertThat(second.at("/spans/test/from_micros").asLong()).isEqualTo(1_500_000_000L);
        assertThat(second.path("rows").asInt()).isEqualTo(4_500);
        assertThat(second.at("/figures/log_loss").asDouble()).isBetween(0.5, 1.1);
        assertThat(second.path("differences")).hasSize(2);
        assertThat(TextReport.of(full())).doesNotContain("walk-forward");
        assertThat(JsonReport.of(full())).doesNotContain("\"folds\"");
    }

    private static ValidationReport brief() {
        SimulatedMarket market = new SimulatedMarket(7, 300, 0.5);
        return new ChampionComparison(SimulatedMarket.CONFIG)
                .compare(
                        market.rows(),
                        market.model("direction@2.1.0", market.everything()),
                        market.model("direction@2.0.0", market.firstSignal()));
    }

    @Test
    void theTextBeginsWithTheVerdictAndSaysWhy() {
        String text = TextReport.of(full());

        assertThat(text).startsWith("REGISTER  <img").contains("against direction@2.0.0\n");
        assertThat(text.lines().toList().get(1)).startsWith("  log-loss");
        assertThat(text.chars()).noneMatch(c -> c < ' ' && c != '\n');
        assertThat(text).doesNotContain("NaN");
        assertThat(TextReport.of(brief())).startsWith("INCONCLUSIVE  direction@2.1.0 against");
    }

    @Test
    void columnsOfTheTextStandBelowEachOther() {
        String[] lines =
                TextReport.of(full())
                        .lines()
                        .filter(line -> line.startsWith("  the class") || line.startsWith("  prod"))
                        .toArray(String[]::new);

        assertThat(lines).hasSize(6);
        for (String line : lines) {
            // The sign of the gain, in every line in the same place.
            assertThat(line.indexOf("  +") < 0 ? line.indexOf("  -") : line.indexOf("  +"))
                    .isPositive();
        }
        assertThat(lines[1].indexOf("log-loss")).isEqualTo(lines[2].indexOf("Brier"));
    }

    @Test
    void numbersAreTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        String here = TextReport.of(full()) + HtmlReport.of(full());
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(TextReport.of(full()) + HtmlReport.of(full())).isEqualTo(here);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theJsonHoldsWhatProgramsAskFor() throws IOException {
        JsonNode json = new ObjectMapper().readTree(JsonReport.of(full()));

        assertThat(json.path("verdict").asText()).isEqualTo("REGISTER");
        assertThat(json.path("model").asText()).isEqualTo(HOSTILE);
        assertThat(json.path("figures").path("log_loss").asDouble()).isBetween(0.5, 1.1);
        assertThat(json.path("differences")).hasSize(7);
        assertThat(json.path("spans").path("test").path("until_micros").asLong())
                .isEqualTo(6_000_000_000L);
        JsonNode few = new ObjectMapper().readTree(JsonReport.of(brief()));
        assertThat(few.path("differences").get(0).path("lower").isNull()).isTrue();
        assertThat(few.has("spans")).isFalse();
    }

    @Test
    void thePageAsksNobodyForAnythingAndRunsNothing() {
        String page = HtmlReport.of(full());

        assertThat(page)
                .doesNotContain("<script", "<img", "<link", "http:", "https:", "url(", "@import")
                .doesNotContain("\u001b")
                .contains("&lt;img src=x onerror=&#39;alert(1)&#39;&gt;");
    }

    @Test
    void picturesAreWellFormed() throws Exception {
        for (ValidationReport report : new ValidationReport[] {full(), brief()}) {
            Matcher pictures =
                    Pattern.compile("<svg .*?</svg>", Pattern.DOTALL)
                            .matcher(HtmlReport.of(report));
            int found = 0;
            while (pictures.find()) {
                found++;
                String picture = pictures.group();
                assertThat(picture).doesNotContain("NaN", "Infinity");
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(picture.getBytes(StandardCharsets.UTF_8)));
            }
            assertThat(found).isGreaterThanOrEqualTo(5);
        }
    }

    /** The pages to look at: {@code -Dshivx.pages=DIR} keeps them there. */
    @Test
    void pagesAreWrittenAsTheyAreRead() throws IOException {
        String kept = System.getProperty("shivx.pages");
        Path to = kept == null ? folder : Files.createDirectories(Path.of(kept));
        Files.writeString(to.resolve("full.html"), HtmlReport.of(full()));
        Files.writeString(to.resolve("brief.html"), HtmlReport.of(brief()));
        Files.writeString(to.resolve("walked.html"), HtmlReport.of(walked()));
        Files.writeString(to.resolve("full.txt"), TextReport.of(full()));

        assertThat(Files.size(to.resolve("full.html"))).isBetween(10_000L, 200_000L);
    }
}
