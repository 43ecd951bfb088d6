package com.shivx.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobArgumentsTest {

    @TempDir Path folder;

    @Test
    void readsNestedAndDottedYamlAndLetsTheLaterArgumentWin() throws IOException {
        Path first =
                write(
                        "first.yaml",
                        "quality:\n  max-jump: 3 d\nkafka.partitions: 8\nscoring.max-delay: 2 ms\n");
        Path second = write("second.yaml", "scoring.max-delay: 3 ms\nbackfill.ticks: [a, b]\n");
        Configuration options =
                parse(
                        "--config",
                        first.toString(),
                        "--config=" + second.toUri(),
                        "-Dkafka.partitions=16",
                        "-D",
                        "features.format=json");
        assertThat(options.get(QualityOptions.MAX_JUMP)).isEqualTo(Duration.ofDays(3));
        assertThat(options.get(KafkaOptions.PARTITIONS)).isEqualTo(16);
        assertThat(options.get(ScoringOptions.MAX_DELAY)).isEqualTo(Duration.ofMillis(3));
        assertThat(options.get(FeatureOptions.FORMAT)).isEqualTo(FeatureOptions.Format.JSON);
        assertThat(options.get(BackfillOptions.TICKS)).containsExactly("a", "b");
    }

    @Test
    void handsOnWhatIsFlinksOrKafkas() {
        Configuration options =
                parse(
                        "-Dexecution.checkpointing.interval=7 s",
                        "-Dkafka.properties.security.protocol=SSL");
        assertThat(options.toMap())
                .containsEntry("execution.checkpointing.interval", "7 s")
                .containsEntry("kafka.properties.security.protocol", "SSL");
    }

    @Test
    void takesAnEmptyFileForNoOptions() throws IOException {
        assertThat(parse("--config", write("empty.yaml", "# nothing\n").toString()).toMap())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-Dquality.max-jmp=1 d | did you mean 'quality.max-jump'",
                "-Dscoring.max-delay=soon | option scoring.max-delay has the value 'soon'",
                "-Dkafka.delivery-guarantee=maybe | option kafka.delivery-guarantee has the value 'maybe'",
                "-Dnothing | -D takes key=value",
                "-D | -D needs key=value",
                "--config | --config needs a file",
                "--config=/no/such/file.yaml | cannot read the options in /no/such/file.yaml",
                "serve | unknown argument 'serve'",
            })
    void refusesInOneLineThatNamesArgumentAndRemedy(String argument, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(argument))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void refusesAFileThatHoldsNoOptions() throws IOException {
        Path text = write("text.yaml", "just words\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--config", text.toString()))
                .withMessageContaining("holds no options");
    }

    @Test
    void takesOptionsOfTheClusterUnlessAnArgumentSaysOtherwise() {
        Configuration cluster = new Configuration();
        cluster.set(KafkaOptions.BOOTSTRAP_SERVERS, "of-the-cluster:9092");
        cluster.set(KafkaOptions.PARTITIONS, 8);
        cluster.setString("kafka.properties.security.protocol", "SSL");
        cluster.setString("kafka.of-somebody-else", "x");
        cluster.setString("execution.checkpointing.interval", "7 s");

        Configuration options = JobArguments.parse(cluster, "-Dkafka.partitions=16");

        assertThat(options.toMap())
                .containsOnly(
                        Map.entry("kafka.bootstrap-servers", "of-the-cluster:9092"),
                        Map.entry("kafka.properties.security.protocol", "SSL"),
                        Map.entry("kafka.partitions", "16"));
    }

    private static Configuration parse(String... args) {
        return JobArguments.parse(new Configuration(), args);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
