package com.shivx.bench.latency;

import com.shivx.bench.BenchException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A trader's consumer: how long after its tick was due each prediction is in its hands. Only ticks
 * that are due within a span of time are looked at.
 */
final class PredictionListener implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final byte[] EVENT_TIME =
            "\"event_time_micros\":".getBytes(StandardCharsets.UTF_8);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final WallClock clock;
    private final Latencies latencies = new Latencies();
    private final Thread thread = new Thread(this::listen, "listener");
    private volatile long fromMicros = Long.MAX_VALUE;
    private volatile long untilMicros = Long.MAX_VALUE;
    private volatile long found;
    private volatile boolean stopped;
    private volatile @Nullable RuntimeException failure;

    /**
     * A consumer at the end of the topic.
     *
     * @param isolation {@code read_committed} or {@code read_uncommitted}
     */
    PredictionListener(String bootstrapServers, String topic, String isolation, WallClock clock) {
        this.clock = clock;
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks at ticks due from then on. */
    void from(long micros) {
        fromMicros = micros;
    }

    /** Looks at no ticks due from then on. */
    void until(long micros) {
        untilMicros = micros;
    }

    /** Predictions found of ticks that are looked at. */
    long found() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw new BenchException("the consumer of predictions has failed: " + failed, failed);
        }
        return found;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread listens, others only read
    private void listen() {
        try {
            while (!stopped) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                long now = clock.micros();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    long due = eventTimeMicros(record.value());
                    if (due >= fromMicros && due < untilMicros) {
                        latencies.add(now - due);
                        found++;
                    }
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Event time of a prediction, without reading the rest of it. */
    static long eventTimeMicros(byte[] json) {
        for (int at = 0; at < json.length - EVENT_TIME.length; at++) {
            if (json[at] == '"' && isEventTime(json, at)) {
                long micros = 0;
                for (int i = at + EVENT_TIME.length; json[i] >= '0' && json[i] <= '9'; i++) {
                    micros = 10 * micros + json[i] - '0';
                }
                return micros;
            }
        }
        throw new IllegalArgumentException(
                "no event_time_micros in " + new String(json, StandardCharsets.UTF_8));
    }

    private static boolean isEventTime(byte[] json, int at) {
        for (int i = 0; i < EVENT_TIME.length; i++) {
            if (json[at + i] != EVENT_TIME[i]) {
                return false;
            }
        }
        return true;
    }

    /** Ends listening and gives what was found. */
    Latencies end() throws InterruptedException {
        close();
        return latencies;
    }

    @Override
    public void close() throws InterruptedException {
        if (!stopped) {
            stopped = true;
            thread.join(TimeUnit.SECONDS.toMillis(60));
            consumer.close();
        }
    }
}
