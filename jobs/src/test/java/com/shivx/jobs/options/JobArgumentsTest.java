package com.shivx.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
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
    void takesNoWordOfFlinksForAMistypedOneOfOurs() throws Exception {
        Set<String> words = firstWordsOfFlinksKeys();
        assertThat(words).contains("akka", "execution", "rest", "state", "metrics");
        for (String word : words) {
            Configuration options = parse("-D" + word + ".any=1");
            assertThat(options.toMap()).containsKey(word + ".any");
        }
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
                "-Dfeature.set=x | unknown option 'feature.set'; did you mean 'features.set'",
                "-Dkafak.bootstrap-servers=a:1 | did you mean 'kafka.bootstrap-servers'",
                "-DKafka.partitions=8 | did you mean 'kafka.partitions'",
                "-Dscorin=x | did you mean 'scoring.",
                "-Dscoring.max-delay=soon | option scoring.max-delay has the value 'soon'",
                "-Dkafka.delivery-guarantee=maybe | option kafka.delivery-guarantee has the value 'maybe'",
                "-Dkafka.properties.bootstrap.servers=a:1 | set kafka.bootstrap-servers instead",
                "-Dkafka.properties.group.id=mine | set kafka.group-id instead",
                "-Dkafka.properties.transactional.id=mine | set deployment.name instead",
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

    /** Of every option that Flink's core declares, by today's name and by former ones. */
    private static Set<String> firstWordsOfFlinksKeys() throws Exception {
        Path jar =
                Path.of(
                        Configuration.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        Set<String> words = new TreeSet<>();
        try (FileSystem files = FileSystems.newFileSystem(jar);
                Stream<Path> classes =
                        Files.list(files.getPath("org/apache/flink/configuration"))) {
            for (Path path :
                    classes.filter(path -> path.toString().endsWith("Options.class")).toList()) {
                String name = path.toString().replaceFirst("^/", "").replaceFirst("\\.class$", "");
                for (Field field : Class.forName(name.replace('/', '.')).getFields()) {
                    if (field.getType() == ConfigOption.class) {
                        ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                        words.add(option.key().split("\\.", 2)[0]);
                        option.fallbackKeys()
                                .forEach(former -> words.add(former.getKey().split("\\.", 2)[0]));
                    }
                }
            }
        }
        return words;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
