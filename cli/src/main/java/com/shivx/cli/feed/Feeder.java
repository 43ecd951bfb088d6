package com.shivx.cli.feed;

import com.shivx.cli.console.CommandException;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.wire.DeadLetter;
import com.shivx.jobs.wire.TickJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Feeds Kafka at a pace: ticks to their topic, keyed by symbol so that each symbol's order is kept,
 * and rows that are no ticks to {@code dead-letters}. The producer is idempotent, waits where the
 * broker is slower, and holds no more than {@link #BUFFER_BYTES}.
 */
public final class Feeder implements AutoCloseable {

    private static final int BUFFER_BYTES = 32 << 20;
    private static final int BATCH_BYTES = 128 << 10;
    private static final int LINGER_MILLIS = 5;

    private final Feed feed;
    private final Pace pace;
    private final String ticksTopic;
    private final String deadLettersTopic;
    private final KafkaProducer<byte @Nullable [], byte[]> producer;
    private final TickJson json = new TickJson();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Callback onAcknowledged = this::onAcknowledged;
    private volatile long rows;
    private volatile long ticks;
    private volatile long lastMicros;
    private volatile boolean stopped;

    /** A feeder of the topics that the options name, whose clients have these properties. */
    public Feeder(
            Feed feed, Pace pace, Map<String, Object> clientProperties, Configuration options) {
        this.feed = feed;
        this.pace = pace;
        ticksTopic = Topic.TICKS.name(options);
        deadLettersTopic = Topic.DEAD_LETTERS.name(options);
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        properties.putAll(clientProperties);
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Feeds until the end or {@link #stop()}, and until Kafka has acknowledged all of it. */
    public void run() throws Exception {
        Feed.Receiver receiver =
                new Feed.Receiver() {
                    @Override
                    public void tick(Tick tick) throws InterruptedException {
                        if (pace.await(tick.receivedMicros(), () -> stopped)) {
                            send(tick);
                        }
                    }

                    @Override
                    public void deadLetter(DeadLetter row) {
                        send(row);
                    }
                };
        while (!stopped && feed.next(receiver)) {
            throwFailure();
        }
        producer.flush();
        throwFailure();
    }

    /** Ends {@link #run()} after the row at hand. */
    public void stop() {
        stopped = true;
    }

    /** Rows read from the feed: ticks and those that are none. */
    public long rows() {
        return rows;
    }

    /** Ticks among them. */
    public long ticks() {
        return ticks;
    }

    /** Rows that Kafka has acknowledged. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** Reception time of the last tick sent, microseconds since the epoch; 0 before the first. */
    public long lastMicros() {
        return lastMicros;
    }

    @Override
    public void close() {
        producer.close();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread feeds, others only read
    private void send(Tick tick) {
        byte[] key = tick.symbol().getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(ticksTopic, key, json.write(tick)), onAcknowledged);
        rows++;
        ticks++;
        lastMicros = tick.receivedMicros();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread feeds, others only read
    private void send(DeadLetter row) {
        ProducerRecord<byte @Nullable [], byte[]> record =
                new ProducerRecord<>(deadLettersTopic, row.key(), row.value());
        row.headers()
                .forEach(
                        (name, value) ->
                                record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(record, onAcknowledged);
        rows++;
    }

    private void onAcknowledged(Object metadata, @Nullable Exception e) {
        if (e == null) {
            acknowledged.incrementAndGet();
        } else {
            failure.compareAndSet(null, e);
        }
    }

    private void throwFailure() {
        Exception e = failure.get();
        if (e != null) {
            throw new CommandException("Kafka does not take what is fed: " + e.getMessage(), e);
        }
    }
}
