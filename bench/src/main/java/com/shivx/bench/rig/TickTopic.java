package com.shivx.bench.rig;

import com.shivx.bench.BenchException;
import com.shivx.bench.Progress;
import com.shivx.bench.market.ZipfMarket;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.TickJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic of ticks as the product's feed writes them: JSON keyed by symbol, compressed with lz4 in
 * batches of up to 128 KiB. It can be made longer, and goes on where it ended.
 */
public final class TickTopic {

    private static final int CHUNK = 10_000;

    private final Rig rig;
    private final String name;
    private final ZipfMarket market;
    private long size;

    /** An empty topic, made on the broker. */
    public TickTopic(Rig rig, String name, ZipfMarket market) throws InterruptedException {
        this.rig = rig;
        this.name = name;
        this.market = market;
        rig.createTopics(List.of(name));
    }

    /** Its name on the broker. */
    public String name() {
        return name;
    }

    /** Records in it. */
    public long size() {
        return size;
    }

    /** Makes it at least as long. */
    public void fillTo(long records, Progress progress) throws InterruptedException {
        if (records <= size) {
            return;
        }
        long before = size;
        long start = System.nanoTime();
        TickJson json = new TickJson();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Callback callback =
                (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                };
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            while (size < records) {
                Tick tick = market.next();
                producer.send(
                        new ProducerRecord<>(
                                name,
                                tick.symbol().getBytes(StandardCharsets.UTF_8),
                                json.write(tick)),
                        callback);
                size++;
                if (size % CHUNK == 0) {
                    throwFailure(failure.get());
                    progress.now(
                            String.format(Locale.ROOT, "writing ticks: %,d of %,d", size, records));
                }
            }
        }
        throwFailure(failure.get());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        progress.line(
                String.format(
                        Locale.ROOT,
                        "%,d ticks of %,d symbols written in %d s",
                        size - before,
                        market.symbols(),
                        took.toSeconds()));
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        rig.bootstrapServers(),
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        "true",
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        32 << 20,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        128 << 10,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void throwFailure(@Nullable Exception e) {
        if (e != null) {
            throw new BenchException("the broker does not take ticks: " + e.getMessage(), e);
        }
    }
}
