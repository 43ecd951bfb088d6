package com.shivx.models.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.drift.accuracy.ScoredRows;
import com.shivx.drift.calibration.OneVsRestCalibration;
import com.shivx.drift.reference.ColumnProfile;
import com.shivx.drift.reference.ReferenceMeasurement;
import com.shivx.drift.reference.ReferenceProfile;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.validation.NewModelValidation;
import com.shivx.models.validation.SimulatedMarket;
import com.shivx.models.validation.ValidationReport;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactFilesTest {

    private static ReferenceFile reference() {
        Random random = new Random(4);
        int n = 4_000;
        long[] times = new long[n];
        Arrays.setAll(times, i -> i * 1_000_000L);
        double[] values = random.doubles(n).map(v -> v < 0.1 ? Double.NaN : v).toArray();
        double[] never = new double[n];
        Arrays.fill(never, Double.NaN);
        int[] symbols = random.ints(n, 0, 2).toArray();
        ReferenceMeasurement measurement =
                new ReferenceMeasurement(times, symbols, List.of("a", "b"), 100_000_000, 50);
        measurement.column("x", values);
        measurement.column("never", never);
        measurement.categories("predicted_class", symbols, 2);
        measurement.confidence(random.doubles(n).toArray());
        OneVsRestCalibration calibration =
                OneVsRestCalibration.fit(
                        new ScoredRows(2, new double[] {.9, .1, .2, .8}, new int[] {0, 1}));
        return new ReferenceFile(measurement.profile(), calibration);
    }

    @Test
    void aReferenceIsTheSameWhenRead() throws ModelRefusedException {
        ReferenceFile written = reference();

        ReferenceFile read = ReferenceFile.read(bytes(written.write()));

        assertThat(read)
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(written);
        assertThat(read.write()).isEqualTo(written.write());
        ColumnProfile column = read.profile().column("x").orElseThrow();
        assertThat(column.ks().chunks()).isEqualTo(39);
        assertThat(read.profile().column("never").orElseThrow().autocorrelation()).isNaN();
    }

    @Test
    void aReferenceNeedsNoCalibration() throws ModelRefusedException {
        ReferenceFile written = new ReferenceFile(reference().profile(), null);

        assertThat(ReferenceFile.read(bytes(written.write())).calibration()).isNull();
    }

    @Test
    void aReferenceNeedsNothingThatWasAddedLater() throws ModelRefusedException {
        String before =
                reference()
                        .write()
                        .replaceAll(",\"figures\":\\[[^]]*]|\"least\":[^,]*,", "")
                        .replaceAll(",\"confidence\":\\{[^}]*}", "");

        ReferenceProfile read = ReferenceFile.read(bytes(before)).profile();

        assertThat(before).doesNotContain("least", "figures", "confidence");
        ColumnProfile column = read.column("x").orElseThrow();
        assertThat(column.least()).isEqualTo(column.quantiles()[0]);
        assertThat(column.ks().threshold()).isPositive();
        assertThat(column.ks().p(0.5)).isNaN();
        assertThat(read.column("never").orElseThrow().least()).isNaN();
        assertThat(read.confidence().chunks()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\":1|\"format\":2|has format 2",
                "\"format\":1|\"format\":-1|format is -1, not a count",
                "\"window_micros\":100000000|\"window\":1|window_micros is missing",
                "\"name\":\"x\"|\"name\":7|columns[0].name is 7, not a text",
                "\"edges\":[|\"edges\":[\"a\",|columns[0].edges[0] is \"a\", not a number",
                "\"figures\":[|\"figures\":[true,|columns[0].ks.figures[0] is true, not a number",
                "\"edges\":[|\"edges\":[1e9,|edge 1 is",
                "\"chunks\":39|\"chunks\":0.5|chunks is 0.5, not a count",
                "\"mix\":{|\"mix\":7,\"was\":{|mix is 7, not an object",
                "\"floor\":|\"floor\":9|floor must lie",
            })
    void aReferenceThatWasChangedIsRefused(String found, String put, String expected) {
        String changed =
                reference()
                        .write()
                        .replaceFirst(Pattern.quote(found), Matcher.quoteReplacement(put));

        assertThatThrownBy(() -> ReferenceFile.read(bytes(changed)))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void whatIsNoReferenceIsRefused() {
        for (String text : new String[] {"", "[]", "{", "null", "\u0000"}) {
            assertThatThrownBy(() -> ReferenceFile.read(bytes(text)))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessageContaining("reference.json");
        }
    }

    @Test
    void numbersKeepTheirNamesAndTheirOrder() throws ModelRefusedException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("b", 1.5);
        numbers.put("a", Double.NaN);

        byte[] written = NamedNumbers.bytes(numbers);

        assertThat(new String(written, StandardCharsets.UTF_8)).contains("\"a\" : null");
        assertThat(NamedNumbers.read(NamedNumbers.METRICS_FILE, written))
                .containsExactlyEntriesOf(numbers);
        assertThatThrownBy(
                        () ->
                                NamedNumbers.read(
                                        NamedNumbers.IMPORTANCE_FILE, bytes("{\"a\":\"b\"}")))
                .hasMessageContaining("importance.json a is \"b\", not a number");
    }

    @Test
    void metricsSayWhatWasValidated() {
        SimulatedMarket market = new SimulatedMarket(1, 2_000, 0.5);
        ValidationReport report =
                new NewModelValidation(SimulatedMarket.CONFIG)
                        .validate(market.rows(), market.candidate(market.everything()), null);

        Map<String, Double> metrics = ValidatedMetrics.of(report);

        assertThat(metrics)
                .containsEntry("log_loss", report.figures().logLoss())
                .containsKeys(
                        "accuracy",
                        "log_loss_gain_over_class_frequencies_lower",
                        "log_loss_gain_over_direction_blind_twin");
    }

    @Test
    void aVersionIsHeldToWhatWasValidated() {
        assertThat(ValidatedMetrics.accuracy(Map.of("accuracy", 0.6, "original.accuracy", 0.5)))
                .isEqualTo(0.6);
        assertThat(ValidatedMetrics.accuracy(Map.of("original.accuracy", 0.5))).isEqualTo(0.5);
        assertThat(
                        ValidatedMetrics.accuracy(
                                Map.of(
                                        "original.original.accuracy",
                                        0.5,
                                        "original.quantization.before.accuracy",
                                        0.75,
                                        "original.quantization.after.accuracy",
                                        0.625)))
                .as("quantised twice, the second time on rows without labels")
                .isEqualTo(0.375);
        assertThat(
                        ValidatedMetrics.accuracy(
                                Map.of(
                                        "quantization.before.accuracy",
                                        0.75,
                                        "quantization.after.accuracy",
                                        0.75)))
                .as("rows that it has learned from validate nothing")
                .isNaN();
        assertThat(ValidatedMetrics.accuracy(Map.of("original.log_loss", 1.0))).isNaN();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
