package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.BackfillOptions;
import com.shivx.jobs.testing.BadInput;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.Until;
import com.shivx.jobs.testing.WrittenVectors;
import com.shivx.jobs.wire.DeadLetter;
import com.shivx.jobs.wire.TickJson;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of bad input between good ticks, through Kafka and through a file: all of it is found
 * again under its reason, every good tick is scored, nothing restarts.
 */
class BadInputITCase {

    private static final byte[] KEY = {'S', '0'};

    /** Some brokers take more than one does by default. */
    private static final Map<String, String> LARGE_RECORDS =
            Map.of("message.max.bytes", "20000000");

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static KafkaProbe probe;

    private final TickJson json = new TickJson();

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(0, null, LARGE_RECORDS);
        probe = new KafkaProbe(kafka.bootstrapServers());
        flink = Cluster.shipped();
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
        probe.close();
        kafka.close();
    }

    @Test
    void isSetApartFromKafka() throws Exception {
        List<Tick> tape = tapeWithANewSession();
        Scoring run = new Scoring(probe, kafka.bootstrapServers(), "bad-input");
        StreamExecutionEnvironment env = flink.environment();
        ScoringJob.build(env, run.options());
        JobClient job = env.executeAsync(ScoringJob.NAME);

        String topic = run.topic(Topic.TICKS);
        List<BadInput> bad = interleave(tape, value -> probe.send(topic, KEY, value));
        byte[] nothing = "no tick".getBytes(StandardCharsets.UTF_8);
        probe.send(topic, KEY, null);
        probe.send(topic, null, nothing);
        probe.send(topic, null, null);
        probe.send(topic, new byte[3_000_000], nothing);
        probe.flush();
        String group = new KafkaEnds(run.options(), ScoringJob.GROUP).groupId();
        Until.holds("every record read", () -> probe.isReadToTheEnd(group, topic));
        Map<String, String> predictions = Scoring.offline(tape);
        Until.holds("every prediction committed", () -> run.committed() >= predictions.size());
        Until.holds(
                "all bad input committed",
                () -> deadLetters(run).size() + setAside(run).size() >= bad.size() + 4);
        boolean restarted = Cluster.restarted(flink, job);
        job.cancel().get();

        assertThat(restarted).isFalse();
        assertThat(run.predictions()).isEqualTo(predictions);
        WrittenVectors.inTopic(probe, run.topic(Topic.FEATURES))
                .assertSameAs(WrittenVectors.ofKernel(tape));
        assertThat(setAside(run)).containsExactlyInAnyOrderElementsOf(reasons(bad, true));
        List<String> letters = new ArrayList<>();
        for (BadInput input : bad) {
            if (!isQuality(input.becomes())) {
                letters.add(letter(input.becomes(), KEY, input.value()));
            }
        }
        letters.add(letter("EMPTY", KEY, new byte[0]));
        letters.add(letter("NOT_JSON", null, nothing));
        letters.add(letter("EMPTY", null, new byte[0]));
        letters.add(letter("NOT_JSON", new byte[DeadLetter.KEPT_BYTES], nothing));
        assertThat(deadLetters(run)).containsExactlyInAnyOrderElementsOf(letters);
    }

    @Test
    void isSetApartFromAFile() throws Exception {
        List<Tick> tape = tapeWithANewSession();
        Path file = folder.resolve("ticks.jsonl");
        List<BadInput> bad;
        try (OutputStream out = Files.newOutputStream(file)) {
            bad =
                    interleave(
                            tape,
                            value -> {
                                out.write(value);
                                out.write('\n');
                            });
        }
        Path output = folder.resolve("out");
        Configuration options = new Configuration();
        options.set(BackfillOptions.TICKS, List.of(file.toString()));
        options.set(BackfillOptions.OUTPUT, output.toUri().toString());
        StreamExecutionEnvironment env = flink.environment();
        BackfillJob.build(env, options);
        JobClient job = env.executeAsync(BackfillJob.NAME);
        job.getJobExecutionResult().get();

        assertThat(Cluster.restarted(flink, job)).isFalse();
        WrittenVectors.inFiles(output.resolve("features"))
                .assertSameAs(WrittenVectors.ofKernel(tape));
        assertThat(reasons(output.resolve("set-aside")))
                .containsExactlyInAnyOrderElementsOf(reasons(bad, true));
        assertThat(reasons(output.resolve("dead-letters")))
                .containsExactlyInAnyOrderElementsOf(reasons(bad, false));
    }

    /** Takes what is sent. */
    private interface Receiver {
        void take(byte[] value) throws IOException;
    }

    /**
     * Sends a bad input of each kind after every twenty good ticks, some of which are odd, and
     * returns the bad ones.
     */
    private List<BadInput> interleave(List<Tick> tape, Receiver receiver) throws IOException {
        List<BadInput> sent = new ArrayList<>();
        int kinds = BadInput.kinds(tape.get(0)).size();
        for (int i = 0; i < tape.size(); i++) {
            byte[] good = json.write(tape.get(i));
            receiver.take(i % 100 == 50 ? BadInput.oddButGood(good) : good);
            if (i % 20 == 19 && sent.size() < kinds) {
                BadInput bad = BadInput.kinds(tape.get(i)).get(sent.size());
                receiver.take(bad.value());
                sent.add(bad);
            }
        }
        assertThat(sent).hasSize(kinds);
        return sent;
    }

    /** 150 s of one symbol, whose feed numbers its ticks anew after two minutes. */
    private static List<Tick> tapeWithANewSession() {
        List<Tick> tape = new ArrayList<>(Tape.of(1, 1_500, 3));
        tape.replaceAll(
                tick -> tick.sequence() <= 1_200 ? tick : numbered(tick, tick.sequence() - 1_200));
        return tape;
    }

    private static Tick numbered(Tick tick, long sequence) {
        return new Tick(
                tick.symbol(),
                tick.kind(),
                tick.eventTimeMicros(),
                tick.receivedMicros(),
                sequence,
                tick.row(),
                tick.price(),
                tick.size(),
                tick.aggressor(),
                tick.bidPrice(),
                tick.bidSize(),
                tick.askPrice(),
                tick.askSize());
    }

    private static List<String> reasons(List<BadInput> bad, boolean qualities) {
        return bad.stream()
                .map(BadInput::becomes)
                .filter(reason -> isQuality(reason) == qualities)
                .toList();
    }

    private static boolean isQuality(String reason) {
        return Stream.of(TickQuality.values()).anyMatch(quality -> quality.name().equals(reason));
    }

    private static List<String> deadLetters(Scoring run) {
        List<String> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                probe.committed(run.topic(Topic.DEAD_LETTERS))) {
            byte[] reason = record.headers().lastHeader("shivx.error.reason").value();
            letters.add(
                    letter(
                            new String(reason, StandardCharsets.UTF_8),
                            record.key(),
                            record.value()));
        }
        return letters;
    }

    /** A dead letter in short: reason, and what is kept of key and value. */
    private static String letter(String reason, byte[] key, byte[] value) {
        byte[] kept = Arrays.copyOf(value, Math.min(value.length, DeadLetter.KEPT_BYTES));
        return "%s %s %d %d"
                .formatted(
                        reason,
                        key == null ? "-" : key.length + ":" + Arrays.hashCode(key),
                        kept.length,
                        Arrays.hashCode(kept));
    }

    private static List<String> setAside(Scoring run) {
        return probe.committed(run.topic(Topic.SET_ASIDE)).stream()
                .map(record -> reason(new String(record.value(), StandardCharsets.UTF_8)))
                .toList();
    }

    private static List<String> reasons(Path folder) throws IOException {
        List<String> reasons = new ArrayList<>();
        for (Path file : WrittenVectors.finished(folder, ".jsonl")) {
            for (String line : Files.readAllLines(file)) {
                reasons.add(reason(line));
            }
        }
        return reasons;
    }

    private static String reason(String line) {
        return line.replaceAll("(?s).*\"reason\":\"(\\w+)\".*", "$1");
    }
}
