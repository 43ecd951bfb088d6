package com.shivx.bench.rig;

import com.shivx.bench.BenchException;
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

/** A trader's consumer: sees every record of a topic as soon as it is given to consumers. */
public final class TopicListener implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final WallClock clock;
    private final Visitor visitor;
    private final Thread thread = new Thread(this::listen, "listener");
    private volatile boolean stopped;
    private volatile @Nullable RuntimeException failure;

    /** What is done with each record, in the listener's thread. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * @param value of the record
         * @param micros when it was there, by the listener's clock
         */
        void visit(byte[] value, long micros);
    }

    /**
     * A consumer from the topic's beginning.
     *
     * @param isolation {@code read_committed} or {@code read_uncommitted}
     */
    public TopicListener(
            String bootstrapServers,
            String topic,
            String isolation,
            WallClock clock,
            Visitor visitor) {
        this.clock = clock;
        this.visitor = visitor;
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

    /**
     * Makes sure that it still listens.
     *
     * @throws BenchException if it has failed
     */
    public void check() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw new BenchException("the consumer of predictions has failed: " + failed, failed);
        }
    }

    private void listen() {
        try {
            while (!stopped) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                long now = clock.micros();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    visitor.visit(record.value(), now);
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Ends listening: the visitor is not called any more. */
    @Override
    public void close() throws InterruptedException {
        if (!stopped) {
            stopped = true;
            thread.join(TimeUnit.SECONDS.toMillis(60));
            consumer.close();
        }
    }
}
