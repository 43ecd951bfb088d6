package com.shivx.cli.feed;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.kafka.KafkaAccess;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.wire.DeadLetter;
import com.shivx.jobs.wire.TickJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
 * Feeds Kafka at a pace, in a thread of its own: ticks to their topic, keyed by symbol so that each
 * symbol's order is kept, and rows that are no ticks to {@code dead-letters}. The producer is
 * idempotent, waits where the broker is slower, and holds no more than {@link #BUFFER_BYTES}. A
 * broker that goes away ends the feed after {@link #GONE}, or after {@code delivery.timeout.ms}
 * where the options give that.
 */
public final class Feeder implements AutoCloseable {

    private static final int BUFFER_BYTES = 32 << 20;
    private static final int BATCH_BYTES = 128 << 10;
    private static final int LINGER_MILLIS = 5;
    private static final Duration GONE = Duration.ofSeconds(30);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final long LEAD_LOOK_NANOS = 5_000_000;

    private final Feed feed;
    private final Pace pace;
    private final Clock clock;
    private final String brokers;
    private final String ticksTopic;
    private final String deadLettersTopic;
    private final KafkaProducer<byte @Nullable [], byte[]> producer;
    private final AcknowledgementWatch watch;
    private final TickJson json = new TickJson();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Exception> refusal = new AtomicReference<>();
    private final Callback onAcknowledged = this::onAcknowledged;
    private final CompletableFuture<@Nullable Void> fed = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "feed");
    private volatile long rows;
    private volatile long ticks;
    private volatile long lastMicros;
    private volatile long limit = Long.MAX_VALUE;
    private volatile boolean stopped;

    /** A feeder of the topics that the options name, whose clients have these properties. */
    public Feeder(
            Feed feed,
            Pace pace,
            Clock clock,
            Map<String, Object> clientProperties,
            Configuration options) {
        this.feed = feed;
        this.pace = pace;
        this.clock = clock;
        brokers = options.get(KafkaOptions.BOOTSTRAP_SERVERS);
        ticksTopic = Topic.TICKS.name(options);
        deadLettersTopic = Topic.DEAD_LETTERS.name(options);
        watch =
                new AcknowledgementWatch(
                        KafkaAccess.duration(
                                clientProperties, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, GONE));
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
        thread.setDaemon(true);
    }

    /** Feeds until the end or {@link #stop()}, and until Kafka has acknowledged all of it. */
    public void start() {
        thread.start();
    }

    /**
     * Whether all is fed and acknowledged.
     *
     * @throws ExecutionException with what has ended the feed before
     * @throws CommandException if Kafka has gone away, or does not take a row
     */
    public boolean isDone() throws ExecutionException, InterruptedException {
        if (fed.isDone()) {
            fed.get();
            return true;
        }
        throwRefusal();
        if (watch.isGone(clock.nanos(), rows, acknowledged())) {
            throw new CommandException(
                    "Kafka at %s has acknowledged nothing for %d s: is it still up? %,d rows are fed"
                            .formatted(brokers, watch.patience().toSeconds(), acknowledged()));
        }
        return false;
    }

    /** Ends the feed after the row at hand. */
    public void stop() {
        stopped = true;
    }

    /** Lets it go on to so many rows and no further; without this there is no limit. */
    public void limit(long rows) {
        limit = rows;
    }

    private void run() {
        try {
            feed();
            fed.complete(null);
        } catch (Throwable e) {
            fed.completeExceptionally(e);
        }
    }

    private void feed() throws Exception {
        Feed.Receiver receiver =
                new Feed.Receiver() {
                    @Override
                    public void tick(Tick tick) throws InterruptedException {
                        if (awaitLimit() && pace.await(tick.receivedMicros(), () -> stopped)) {
                            send(tick);
                        }
                    }

                    @Override
                    public void deadLetter(DeadLetter row) {
                        send(row);
                    }
                };
        while (!stopped && feed.next(receiver)) {
            throwRefusal();
        }
        producer.flush();
        throwRefusal();
    }

    private boolean awaitLimit() throws InterruptedException {
        while (rows >= limit && !stopped) {
            clock.sleep(LEAD_LOOK_NANOS);
        }
        return !stopped;
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

    /** Does not wait for a broker that does not answer. */
    @Override
    public void close() throws InterruptedException {
        stop();
        producer.close(CLOSE);
        thread.join(CLOSE.toMillis());
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread feeds, others only read
    private void send(Tick tick) {
        byte[] key = tick.symbol().getBytes(StandardCharsets.UTF_8);
        send(new ProducerRecord<>(ticksTopic, key, json.write(tick)));
        ticks++;
        lastMicros = tick.receivedMicros();
    }

    private void send(DeadLetter row) {
        ProducerRecord<byte @Nullable [], byte[]> record =
                new ProducerRecord<>(deadLettersTopic, row.key(), row.value());
        row.headers()
                .forEach(
                        (name, value) ->
                                record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        send(record);
    }

    /** Counted before it is sent: Kafka's client may keep a record waiting that it cannot send. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread feeds, others only read
    private void send(ProducerRecord<byte @Nullable [], byte[]> record) {
        rows++;
        producer.send(record, onAcknowledged);
    }

    private void onAcknowledged(Object metadata, @Nullable Exception e) {
        if (e == null) {
            acknowledged.incrementAndGet();
        } else {
            refusal.compareAndSet(null, e);
        }
    }

    private void throwRefusal() {
        Exception e = refusal.get();
        if (e != null) {
            throw new CommandException(
                    "Kafka at %s does not take what is fed: %s".formatted(brokers, e.getMessage()),
                    e);
        }
    }
}
