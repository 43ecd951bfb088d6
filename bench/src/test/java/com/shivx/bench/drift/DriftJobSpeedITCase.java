package com.shivx.bench.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.bench.BenchReport;
import com.shivx.bench.QuietProgress;
import com.shivx.bench.rig.MarketPlan;
import com.shivx.bench.rig.Trial;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class DriftJobSpeedITCase {

    @Test
    void countsWhatTheJobReadsAndReports() throws Exception {
        Duration second = Duration.ofSeconds(1);
        MarketPlan plan =
                new MarketPlan(
                        Path.of(System.getProperty("shivx.root"), "flink-conf"),
                        new Configuration(),
                        200,
                        1,
                        new Trial.Times(second, second, second, second));
        BenchReport report = new BenchReport("drift");

        new DriftJobSpeed(plan, new QuietProgress()).addTo(report);

        JsonNode json = new ObjectMapper().readTree(report.toJson());
        double events = json.at("/medians/ours").asDouble();
        assertThat(events).isPositive();
        assertThat(json.at("/vectorsPerSecond").asDouble())
                .isCloseTo(events / 2, withinPercentage(1));
        assertThat(json.at("/valuesPerSecond").asDouble())
                .isCloseTo(35 * events / 2, withinPercentage(1));
        assertThat(json.at("/ratios/oursToIdentity").asDouble()).isPositive();
        assertThat(report.notes()).anyMatch(note -> note.startsWith("DriftJob: "));
    }
}
