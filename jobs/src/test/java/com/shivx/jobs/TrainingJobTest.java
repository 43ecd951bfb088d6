package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.jobs.options.JobArguments;
import com.shivx.jobs.options.TrainingOptions;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work is refused before anything runs. */
class TrainingJobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.shares       | 0.5;0.5     | name three shares, such as 0.6;0.2;0.2",
                "training.shares       | 0.6;0.2;0.3 | must be above 0 and sum to 1",
                "training.shares       | 0.8;0.2;0   | must be above 0 and sum to 1",
                "training.walk-forward | 0           | is 0; a version is trained at least once"
            })
    void refusesAnOptionByItsName(String option, String value, String message) {
        Configuration options =
                JobArguments.checked(
                        Map.of(TrainingOptions.REGISTRY.key(), "/registry", option, value));

        assertThatThrownBy(
                        () -> TrainingJob.build(new StreamExecutionEnvironment(), options, "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option " + option)
                .hasMessageContaining(message);
    }
}
