package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.local.EmbeddedKafka;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code shivx drift report} and {@code shivx accuracy report} show of their topics. */
class ReportsITCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WINDOWS = 25;

    private static EmbeddedKafka kafka;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        run("topics", "create");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            send(producer, "drift-reports", "drift-report", 1_800_000_000L);
            send(producer, "accuracy", "accuracy", 60_000_000);
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /** The example of a record's schema, one window after another. */
    private static void send(
            KafkaProducer<byte[], byte[]> producer, String topic, String example, long micros)
            throws Exception {
        try (InputStream in =
                Objects.requireNonNull(
                        ReportsITCase.class.getResourceAsStream(
                                "/schemas/" + example + ".example.json"))) {
            ObjectNode record = (ObjectNode) JSON.readTree(in);
            long start = record.get("window_start_micros").asLong();
            for (int window = 0; window < WINDOWS; window++) {
                record.put("window_start_micros", start + window * micros);
                record.put("window_end_micros", start + (window + 1) * micros);
                producer.send(
                                new ProducerRecord<>(
                                        topic, new byte[] {1}, JSON.writeValueAsBytes(record)))
                        .get();
            }
        }
    }

    @Test
    void driftIsShownByVersionAndWindow() throws Exception {
        CommandRun table = run("drift", "report", "direction", "--last", "3");
        assertThat(table.exitCode()).as(table.toString()).isZero();
        assertThat(table.out().lines()).hasSize(4);
        assertThat(table.out().lines().skip(3))
                .first()
                .asString()
                .startsWith("direction@2.1.0  champion")
                .contains(
                        "2024-08-12T12:00:00Z", "ALERT", "0.645", "0.431..0.462", "spread_bps 3/5");
        assertThat(JSON.readTree(run("drift", "report", "-o", "json").out())).hasSize(20);
        assertThat(run("drift", "report", "another").out()).contains("nothing is reported yet");
    }

    @Test
    void accuracyIsAddedUp() throws Exception {
        CommandRun table = run("accuracy", "report", "--last", "10");
        assertThat(table.exitCode()).as(table.toString()).isZero();
        assertThat(table.out().lines()).hasSize(2);
        assertThat(table.out()).contains("direction@2.1.0  canary  60000 ms").contains(" 700 ");
        assertThat(JSON.readTree(run("accuracy", "report", "-o", "json").out())).hasSize(20);
        assertThat(run("accuracy", "report", "another").out()).contains("nothing is told yet");
    }

    @Test
    void bothAreAPageThatAsksNobodyForAnything() throws Exception {
        for (String command : new String[] {"drift", "accuracy"}) {
            Path page = folder.resolve(command + ".html");
            CommandRun run = run(command, "report", "--html", page.toString());

            assertThat(run.exitCode()).as(run.toString()).isZero();
            assertThat(page)
                    .content()
                    .startsWith("<!doctype html>")
                    .contains("direction@2.1.0", "<svg", "<table>")
                    .doesNotContain("<script", "http://", "https://", "NaN");
        }
        assertThat(
                        run("drift", "report", "--html", folder.resolve("no/where.html").toString())
                                .err())
                .contains("name another file");
    }

    private static CommandRun run(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--bootstrap-server";
        all[arguments.length + 1] = kafka.bootstrapServers();
        return CommandRun.of(all);
    }
}
