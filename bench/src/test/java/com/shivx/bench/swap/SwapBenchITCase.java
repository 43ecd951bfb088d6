package com.shivx.bench.swap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.bench.QuietProgress;
import com.shivx.bench.rig.Trial;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class SwapBenchITCase {

    @Test
    void swapsUnderLoadWithoutLosingOrRepeatingAPrediction() throws Exception {
        Path root = Path.of(System.getProperty("shivx.root"));
        Duration second = Duration.ofSeconds(1);
        SwapPlan plan =
                new SwapPlan(
                        root.resolve("flink-conf"),
                        new Configuration(),
                        100,
                        500,
                        3,
                        new Trial.Times(second, second, second, second));

        JsonNode json =
                new ObjectMapper().readTree(SwapBench.run(plan, new QuietProgress()).toJson());

        assertThat(json.at("/bench").asText()).isEqualTo("swap");
        assertThat(json.at("/lost").asInt(-1)).isZero();
        assertThat(json.at("/repeated").asInt(-1)).isZero();
        assertThat(json.at("/generations").asInt()).isEqualTo(4);
        assertThat(json.at("/longestPauseMillis").asDouble()).isPositive();
        assertThat(json.at("/normal/p99Millis").asDouble()).isPositive();
    }
}
