package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.JobOptions;
import com.shivx.jobs.options.KafkaOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

/** What is listed, as a table for people and as JSON for programs. */
class ListingsTest {

    private static final FeatureSet MARKET = FeatureSets.byName("market-v1");

    @Test
    void listsTheFeatureSets() throws Exception {
        assertThat(listing("features", "list").lines())
                .satisfiesExactly(
                        header ->
                                assertThat(header.split(" {2,}"))
                                        .containsExactly("NAME", "FEATURES", "READY AFTER", "HASH"),
                        row ->
                                assertThat(row.split(" {2,}"))
                                        .containsExactly(
                                                "market-v1",
                                                String.valueOf(MARKET.size()),
                                                MARKET.warmUp().toString(),
                                                MARKET.shortHash()));

        JsonNode json = json("features", "list", "-o", "json");
        assertThat(json).hasSize(1);
        assertThat(json.get(0).get("name").asText()).isEqualTo("market-v1");
        assertThat(json.get(0).get("hash").asText()).isEqualTo(MARKET.hash());
        assertThat(json.get(0).at("/warm_up/seconds").asLong())
                .isEqualTo(MARKET.warmUp().seconds());
    }

    @Test
    void describesEveryFeature() throws Exception {
        String table = listing("features", "describe", "market-v1");
        assertThat(table).startsWith("market-v1  " + MARKET.hash());
        assertThat(table.lines()).hasSize(MARKET.size() + 4);

        JsonNode json = json("features", "describe", "market-v1", "-o", "json").get("features");
        assertThat(json).hasSize(MARKET.size());
        for (int i = 0; i < MARKET.size(); i++) {
            Feature feature = MARKET.features().get(i);
            assertThat(table).containsPattern("(?m)^" + feature.name() + " .*" + "$");
            assertThat(json.get(i).get("name").asText()).isEqualTo(feature.name());
            assertThat(json.get(i).get("description").asText()).isEqualTo(feature.description());
            assertThat(json.get(i).get("max").isNull()).isEqualTo(Double.isInfinite(feature.max()));
        }
    }

    @Test
    void namesTheFeatureSetsThereAreWhereOneIsNot() throws Exception {
        CommandRun run = CommandRun.of("features", "describe", "market-v9");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("market-v9", "market-v1");
    }

    @Test
    void listsEveryOptionWithItsDescription() throws Exception {
        List<ConfigOption<?>> options = JobOptions.all();
        List<String> lines = listing("options").lines().toList();
        JsonNode json = json("options", "-o", "json");

        assertThat(json).hasSameSizeAs(options);
        for (int i = 0; i < options.size(); i++) {
            String key = options.get(i).key();
            assertThat(json.get(i).get("key").asText()).isEqualTo(key);
            assertThat(json.get(i).get("description").asText()).hasSizeGreaterThan(20);
            assertThat(json.get(i).get("default").isNull())
                    .isEqualTo(options.get(i).defaultValue() == null);
            int at = indexOfBeginning(lines, key + ": ");
            assertThat(at).as(key).isNotNegative();
            assertThat(lines.get(at + 1)).startsWith("    ").hasSizeGreaterThan(20);
        }
        assertThat(lines).allMatch(line -> line.length() <= 100);
    }

    @Test
    void listsTheOptionsThatBeginSo() throws Exception {
        assertThat(json("options", "kafka", "-o", "json"))
                .allMatch(option -> option.get("key").asText().startsWith("kafka."));

        CommandRun none = CommandRun.of("options", "kafak");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err().lines()).singleElement().asString().contains("'kafak'");
    }

    @Test
    void showsTheTopicsItWouldMakeWithoutABroker() throws Exception {
        String[] dryRun = {"topics", "create", "--dry-run", "--partitions", "7"};
        Configuration options = new Configuration();
        options.set(KafkaOptions.PARTITIONS, 7);
        List<String> lines = listing(dryRun).lines().toList();
        JsonNode json = json(with(dryRun, "-o", "json"));

        assertThat(lines).hasSize(Topic.values().length + 1);
        assertThat(json).hasSize(Topic.values().length);
        for (Topic topic : Topic.values()) {
            Map<String, String> settings = topic.settings();
            String partitions = String.valueOf(topic.partitions(options));
            assertThat(lines.get(topic.ordinal() + 1).split(" {2,}"))
                    .startsWith(topic.defaultName(), partitions)
                    .endsWith(settings.get("cleanup.policy"), "would create");
            JsonNode plan = json.get(topic.ordinal());
            assertThat(plan.get("topic").asText()).isEqualTo(topic.defaultName());
            assertThat(plan.get("partitions").asText()).isEqualTo(partitions);
            assertThat(plan.at("/settings/retention.ms").asText())
                    .isEqualTo(settings.get("retention.ms"));
        }
        assertThat(lines).anyMatch(line -> line.matches("ticks +7 +7 d +delete +would create"));
        assertThat(lines)
                .anyMatch(line -> line.matches("deployments +1 +for ever +compact +would create"));
    }

    @Test
    void putsAPrefixBeforeTheTopics() throws Exception {
        JsonNode json =
                json(
                        "topics",
                        "create",
                        "--dry-run",
                        "-o",
                        "json",
                        "-D",
                        "kafka.topic-prefix=mine-",
                        "-D",
                        "kafka.topics.ticks=theirs");
        List<String> names = new ArrayList<>();
        json.forEach(plan -> names.add(plan.get("topic").asText()));

        assertThat(names).hasSize(Topic.values().length).startsWith("theirs", "mine-features");
        assertThat(names.subList(1, names.size())).allMatch(name -> name.startsWith("mine-"));
    }

    private static int indexOfBeginning(List<String> lines, String beginning) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(beginning)) {
                return i;
            }
        }
        return -1;
    }

    private static String listing(String... args) throws Exception {
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    private static JsonNode json(String... args) throws Exception {
        return new ObjectMapper().readTree(listing(args));
    }

    private static String[] with(String[] first, String... last) {
        String[] all = Arrays.copyOf(first, first.length + last.length);
        System.arraycopy(last, 0, all, first.length, last.length);
        return all;
    }
}
