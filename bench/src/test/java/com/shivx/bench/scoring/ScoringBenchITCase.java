package com.shivx.bench.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.bench.BenchReport;
import com.shivx.bench.QuietProgress;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoringBenchITCase {

    private static BenchReport report;

    @ParameterizedTest
    @ValueSource(strings = {"smallNetwork", "wideNetwork", "trees"})
    void comparesTheOperatorWithABareLoop(String model) throws Exception {
        JsonNode json = new ObjectMapper().readTree(report().toJson());

        assertThat(json.at("/bench").asText()).isEqualTo("scoring");
        double raw = json.at("/medians/" + model + "Raw").asDouble();
        double operator = json.at("/medians/" + model + "Operator").asDouble();
        assertThat(raw).isPositive();
        assertThat(operator).isPositive();
        assertThat(json.at("/ratios/" + model).asDouble())
                .isCloseTo(operator / raw, withinPercentage(1));
    }

    @Test
    void hasARowForEachModel() throws Exception {
        assertThat(report().rows()).hasSize(3);
    }

    @Test
    void saysWhatComesOfAGpuOrWhyNothingDoes() throws Exception {
        JsonNode ratio = new ObjectMapper().readTree(report().toJson()).at("/ratios/cudaToCpu");
        if (ratio.isMissingNode()) {
            assertThat(report().notes())
                    .anyMatch(note -> note.startsWith("cudaToCpu was skipped: "));
        } else {
            assertThat(ratio.asDouble()).isPositive();
        }
    }

    private static synchronized BenchReport report() throws Exception {
        if (report == null) {
            Path root = Path.of(System.getProperty("shivx.root"));
            report =
                    ScoringBench.run(
                            new ScoringPlan(
                                    root.resolve("flink-conf"),
                                    new Configuration(),
                                    Duration.ofMillis(50),
                                    2),
                            new QuietProgress());
        }
        return report;
    }
}
