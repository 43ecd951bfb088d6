package com.shivx.cli.kafka;

import com.shivx.cli.console.CommandException;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.models.wire.ControlJson;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes one record to a control topic, as somebody at a terminal does. */
public final class ControlSender {

    private ControlSender() {}

    /**
     * Writes it, and returns once Kafka has it.
     *
     * @param word what it is, for the message
     * @throws CommandException if Kafka does not take it
     */
    public static <T> void send(
            Configuration options, Topic topic, ControlJson<T> json, T record, String word)
            throws InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        KafkaAccess.clientProperties(options),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    topic.name(options), json.key(record), json.write(record)))
                    .get();
        } catch (ExecutionException e) {
            throw new CommandException(
                    "Kafka at %s does not take the %s: %s"
                            .formatted(
                                    options.get(KafkaOptions.BOOTSTRAP_SERVERS),
                                    word,
                                    String.valueOf(e.getCause())),
                    e);
        }
    }
}
