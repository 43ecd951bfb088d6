package com.shivx.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.TickJson;
import com.shivx.local.EmbeddedKafka;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code shivx topics create} and {@code shivx replay} against a broker of one's own. */
class ReplayITCase {

    /** What makes Kafka's clients give up soon, instead of after half a minute. */
    private static final String[] IMPATIENT = {
        "-D", "kafka.properties.default.api.timeout.ms=800",
        "-D", "kafka.properties.request.timeout.ms=500",
        "-D", "kafka.properties.delivery.timeout.ms=1500"
    };

    private static EmbeddedKafka kafka;
    private static BrokerProbe probe;

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        probe = new BrokerProbe(kafka.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void feedsTicksByKeyAndInOrderAndBadRowsToDeadLetters() throws Exception {
        TestTape tape = new TestTape(900);
        Path file = tape.write(folder.resolve("ticks.jsonl"), 0, tape.ticks().size());
        CommandRun created = command("topics", "create", "-D", "kafka.topic-prefix=order-");
        assertThat(created.exitCode()).as(created.toString()).isZero();

        CommandRun run =
                command("replay", "--ticks", file.toString(), "-D", "kafka.topic-prefix=order-");

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("done: 2,701 rows fed, 2,700 of them ticks");
        Map<String, List<String>> fed = new TreeMap<>();
        Map<String, Integer> partitions = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : probe.committed("order-ticks")) {
            String symbol = new String(record.key(), UTF_8);
            assertThat(partitions.merge(symbol, record.partition(), (a, b) -> a.equals(b) ? a : -1))
                    .as("one partition for " + symbol)
                    .isNotNegative();
            fed.computeIfAbsent(symbol, key -> new ArrayList<>())
                    .add(new String(record.value(), UTF_8));
        }
        assertThat(fed).isEqualTo(bySymbol(tape.ticks()));
        assertThat(probe.committed("order-dead-letters"))
                .singleElement()
                .satisfies(
                        record -> {
                            assertThat(new String(record.value(), UTF_8))
                                    .isEqualTo(TestTape.BAD_ROW);
                            assertThat(header(record, "topic")).isEqualTo("ticks.jsonl");
                            assertThat(header(record, "partition")).isEqualTo("-1");
                            assertThat(header(record, "offset")).isEqualTo("1351");
                            assertThat(header(record, "reason")).isEqualTo("NOT_JSON");
                        });
    }

    @Test
    void leavesTopicsThatAreThereAsTheyAre() throws Exception {
        String[] create = {"topics", "create", "-D", "kafka.topic-prefix=twice-"};

        assertThat(command(create).out()).contains("created").doesNotContain("exists");
        assertThat(command(create).out()).contains("exists").doesNotContain("created");
    }

    @Test
    void saysWhichTopicIsMissingAndHowToMakeIt() throws Exception {
        CommandRun run = command("replay", "-D", "kafka.topic-prefix=none-");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("no topic 'none-ticks'", "shivx topics create");
    }

    @Test
    void passesOnWhyTheBrokerRefuses() throws Exception {
        CommandRun run =
                command(
                        "topics",
                        "create",
                        "--replication-factor",
                        "3",
                        "-D",
                        "kafka.topic-prefix=thrice-");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("refuses: ", "3");
    }

    @Test
    void endsSoonWhereNoBrokerAnswers() throws Exception {
        String closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            closed = "localhost:" + socket.getLocalPort();
        }
        for (String command : List.of("replay", "run scoring", "run backfill", "topics create")) {
            List<String> args = new ArrayList<>(List.of(command.split(" ")));
            args.addAll(List.of("--bootstrap-server", closed));
            args.addAll(List.of(IMPATIENT));
            if (command.equals("run backfill")) {
                args.addAll(List.of("-D", "backfill.output=" + folder.toUri()));
            }

            CommandRun run = CommandRun.of(args.toArray(String[]::new));

            assertThat(run.exitCode()).as(command).isEqualTo(1);
            assertThat(run.err().lines())
                    .as(command)
                    .singleElement()
                    .asString()
                    .contains(closed + " does not answer", "--bootstrap-server");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bootstrap-server", "--command-config"})
    void saysThatAHostIsNotThere(String option) throws Exception {
        String host = "no-such-host.invalid:9092";
        Path file =
                Files.writeString(
                        folder.resolve("kafka.properties"),
                        "bootstrap.servers=%s\ngroup.id=mine\n".formatted(host));

        CommandRun run =
                CommandRun.of(
                        "replay",
                        option,
                        option.equals("--command-config") ? file.toString() : host);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("no-such-host.invalid:9092", "--bootstrap-server");
    }

    @Test
    void endsSoonWhenTheBrokerGoesAway() throws Exception {
        CommandRun run;
        String brokers;
        try (EmbeddedKafka leaving = EmbeddedKafka.start()) {
            brokers = leaving.bootstrapServers();
            CommandRun.of("topics", "create", "--bootstrap-server", brokers);
            run =
                    CommandRun.start(
                            Stream.concat(
                                            Stream.of("replay", "--bootstrap-server", brokers),
                                            Stream.of(IMPATIENT))
                                    .toArray(String[]::new));
            BrokerProbe leavingProbe = new BrokerProbe(brokers);
            Until.holds("a tick", () -> !leavingProbe.committed("ticks").isEmpty());
        }

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("Kafka at " + brokers);
    }

    @Test
    void endsAtCtrlCAfterTheRowAtHand() throws Exception {
        assertThat(command("topics", "create", "-D", "kafka.topic-prefix=market-").exitCode())
                .isZero();
        CommandRun run =
                CommandRun.start(
                        "replay",
                        "--bootstrap-server",
                        kafka.bootstrapServers(),
                        "-D",
                        "kafka.topic-prefix=market-");
        Until.holds("a tick", () -> !probe.committed("market-ticks").isEmpty());
        run.interrupt();

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out())
                .contains("done: %,d rows fed".formatted(probe.committed("market-ticks").size()));
    }

    @Test
    void refusesFilesThatAreNotThereInALine() throws Exception {
        Path nothing = folder.resolve("nothing.csv");

        CommandRun run = command("replay", "--ticks", nothing.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("no such file or folder");
        assertThat(folder).isEmptyDirectory();
    }

    private static CommandRun command(String... args) throws Exception {
        return CommandRun.of(
                Stream.concat(
                                Stream.of(args),
                                Stream.of("--bootstrap-server", kafka.bootstrapServers()))
                        .toArray(String[]::new));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader("shivx.error." + name).value(), UTF_8);
    }

    private static Map<String, List<String>> bySymbol(List<Tick> ticks) {
        TickJson json = new TickJson();
        Map<String, List<String>> values = new TreeMap<>();
        for (Tick tick : ticks) {
            values.computeIfAbsent(tick.symbol(), key -> new ArrayList<>())
                    .add(new String(json.write(tick), UTF_8));
        }
        return values;
    }
}
