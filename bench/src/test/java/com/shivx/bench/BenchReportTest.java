package com.shivx.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchReportTest {

    @Test
    void hasForProgramsWhatWasFoundByName() throws Exception {
        BenchReport report = new BenchReport("pipeline", "variant", "events/s");
        report.row("ours", "123,456");
        report.median("ours", 123_456.7);
        report.ratio("oursToIdentity", 0.351_26);
        report.figure("p50Millis", 4.321_09);
        report.figure("readCommitted", "p50Millis", 612);
        report.run("ours-1", Map.of("events", 7L));

        JsonNode json = new ObjectMapper().readTree(report.toJson());

        assertThat(json.get("bench").asText()).isEqualTo("pipeline");
        assertThat(json.at("/medians/ours").asDouble()).isEqualTo(123_500);
        assertThat(json.at("/ratios/oursToIdentity").asDouble()).isEqualTo(0.3513);
        assertThat(json.at("/p50Millis").asDouble()).isEqualTo(4.321);
        assertThat(json.at("/readCommitted/p50Millis").asDouble()).isEqualTo(612);
        assertThat(json.at("/runs/0/run").asText()).isEqualTo("ours-1");
        assertThat(json.at("/runs/0/events").asLong()).isEqualTo(7);
        assertThat(json.at("/machine/cores").asInt())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void hasForPeopleATableAndTheMachine() {
        BenchReport report = new BenchReport("pipeline", "variant", "events/s");
        report.row("ours", "123,456");

        assertThat(report.header()).containsExactly("variant", "events/s");
        assertThat(report.rows()).containsExactly(List.of("ours", "123,456"));
        assertThat(report.notes()).singleElement().asString().contains("cores");
    }
}
