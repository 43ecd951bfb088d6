package com.shivx.bench.rig;

import com.shivx.bench.BenchException;
import com.shivx.bench.market.ZipfMarket;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.TickJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A feed that does not wait for anybody: the n-th tick is due n/rate after the first, whether the
 * one before it has been taken or not, and the time at which it is due is its event time. What is
 * late, through whosever fault, is late against that.
 */
public final class OpenLoop implements AutoCloseable {

    /**
     * What its producer has otherwise than others: a feed that waits for others to share a batch
     * with is no fast feed.
     */
    public static final Map<String, Object> PRODUCER = Map.of(ProducerConfig.LINGER_MS_CONFIG, 0);

    private static final double MICROS_PER_SECOND = 1e6;

    /**
     * Between two looks at what is due. Each costs a request to the broker, an answer to every
     * consumer that waits for it, and so on through the job.
     */
    private static final long NAP_NANOS = 2_000_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final ZipfMarket market;
    private final double perSecond;
    private final WallClock clock;
    private final TickJson json = new TickJson();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final Callback onAcknowledged = this::onAcknowledged;
    private final Thread thread = new Thread(this::feed, "open-loop");
    private volatile boolean stopped;
    private volatile long sent;
    private volatile long firstMicros;

    /** A feed of that market; it begins with {@link #start()}. */
    public OpenLoop(
            KafkaProducer<byte[], byte[]> producer,
            String topic,
            ZipfMarket market,
            double perSecond,
            WallClock clock) {
        this.producer = producer;
        this.topic = topic;
        this.market = market;
        this.perSecond = perSecond;
        this.clock = clock;
        thread.setDaemon(true);
    }

    /** Opens every symbol, a minute ago, and goes on from now. */
    public void start() {
        long openingMicros = clock.micros() - ZipfMarket.OPENING_MICROS;
        for (int i = 0; i < market.symbols(); i++) {
            send(market.open(openingMicros));
        }
        producer.flush();
        thread.start();
    }

    /** Ticks sent since the opening. */
    public long sent() {
        return sent;
    }

    /** Ticks that are due from the first on until that time, that one not included. */
    public long dueBefore(long micros) {
        return (long) Math.ceil((micros - firstMicros) * perSecond / MICROS_PER_SECOND);
    }

    /** Which tick was due then, from the first on: 0 for that one. */
    public long indexOf(long dueMicros) {
        return Math.round((dueMicros - firstMicros) * perSecond / MICROS_PER_SECOND);
    }

    /**
     * Makes sure it still goes.
     *
     * @throws BenchException if the broker does not take what is sent
     */
    public void check() {
        if (ended.isCompletedExceptionally()) {
            try {
                ended.join();
            } catch (RuntimeException e) {
                throw new BenchException("the broker does not take ticks: " + e.getCause(), e);
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread feeds, others only read
    private void feed() {
        try {
            firstMicros = clock.micros();
            while (!stopped) {
                long due = dueBefore(clock.micros());
                while (sent < due && !stopped) {
                    send(
                            market.tickAt(
                                    firstMicros
                                            + Math.round(sent * MICROS_PER_SECOND / perSecond)));
                    sent++;
                }
                LockSupport.parkNanos(NAP_NANOS);
            }
            producer.flush();
            ended.complete(null);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private void send(Tick tick) {
        byte[] key = tick.symbol().getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, key, json.write(tick)), onAcknowledged);
    }

    private void onAcknowledged(Object metadata, @Nullable Exception e) {
        if (e != null) {
            ended.completeExceptionally(e);
        }
    }

    /** Ends the feed; the producer is the caller's. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join(TimeUnit.SECONDS.toMillis(60));
    }
}
