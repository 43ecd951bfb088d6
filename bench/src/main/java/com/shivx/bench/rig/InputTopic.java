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
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What jobs read: a topic that is written beforehand, by a producer with the settings of the
 * product's feed. It can be made longer, and goes on where it ended.
 */
public final class InputTopic {

    private static final int CHUNK = 1_000;

    private final Rig rig;
    private final String name;
    private final String what;
    private final long opening;
    private final Supplier<KafkaBytes> records;
    private final List<Header> headers;
    private long size;

    /**
     * An empty topic, made on the broker.
     *
     * @param what it holds, in the plural
     * @param opening records at the beginning that are not like the rest, and not to be measured
     * @param records what will be written, endless
     * @param headers of each record
     */
    public InputTopic(
            Rig rig,
            String name,
            String what,
            long opening,
            Supplier<KafkaBytes> records,
            Header... headers)
            throws InterruptedException {
        this.rig = rig;
        this.name = name;
        this.what = what;
        this.opening = opening;
        this.records = records;
        this.headers = List.of(headers);
        rig.createTopics(List.of(name));
    }

    /** Ticks of a market, JSON keyed by symbol. */
    public static InputTopic ofTicks(Rig rig, String name, ZipfMarket market)
            throws InterruptedException {
        TickJson json = new TickJson();
        return new InputTopic(
                rig,
                name,
                String.format(Locale.ROOT, "ticks of %,d symbols", market.symbols()),
                market.symbols(),
                () -> {
                    Tick tick = market.next();
                    return new KafkaBytes(
                            tick.symbol().getBytes(StandardCharsets.UTF_8), json.write(tick));
                });
    }

    /** Its name on the broker. */
    public String name() {
        return name;
    }

    /** Records in it. */
    public long size() {
        return size;
    }

    /** Records at its beginning that are not to be measured. */
    long opening() {
        return opening;
    }

    /** Makes it at least as long. */
    public void fillTo(long length, Progress progress) throws InterruptedException {
        if (length <= size) {
            return;
        }
        long before = size;
        long start = System.nanoTime();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Callback callback =
                (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                };
        try (KafkaProducer<byte[], byte[]> producer = rig.producer(Map.of())) {
            while (size < length) {
                KafkaBytes record = records.get();
                producer.send(
                        new ProducerRecord<>(name, null, record.key(), record.value(), headers),
                        callback);
                size++;
                if (size % CHUNK == 0) {
                    throwFailure(failure.get());
                    progress.now(
                            String.format(
                                    Locale.ROOT, "writing %s: %,d of %,d", what, size, length));
                }
            }
        }
        throwFailure(failure.get());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        progress.line(
                String.format(
                        Locale.ROOT,
                        "%,d %s written in %d s",
                        size - before,
                        what,
                        took.toSeconds()));
    }

    /** Deletes it on the broker. */
    public void delete() throws InterruptedException {
        rig.deleteTopics(List.of(name));
    }

    private void throwFailure(@Nullable Exception e) {
        if (e != null) {
            throw new BenchException(
                    "the broker does not take %s: %s".formatted(what, e.getMessage()), e);
        }
    }
}
