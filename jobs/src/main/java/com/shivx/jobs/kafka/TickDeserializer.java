package com.shivx.jobs.kafka;

import com.shivx.jobs.ingest.Ingested;
import com.shivx.jobs.wire.DeadLetter;
import com.shivx.jobs.wire.TickJson;
import com.shivx.jobs.wire.UnreadableTickException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads records of the topic {@code ticks}; one that is no tick becomes a dead letter, never an
 * error.
 */
final class TickDeserializer implements KafkaRecordDeserializationSchema<Ingested> {

    private static final long serialVersionUID = 1;

    private final String job;
    private final int maxBytes;

    private transient TickJson json;

    /**
     * A reader for one job.
     *
     * @param job the job's name on dead letters
     * @param maxBytes a longer record is a dead letter unread
     */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    TickDeserializer(String job, int maxBytes) {
        this.job = job;
        this.maxBytes = maxBytes;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        json = new TickJson(maxBytes);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Ingested> out) {
        try {
            long receivedMicros = TimeUnit.MILLISECONDS.toMicros(record.timestamp());
            out.collect(
                    Ingested.tick(
                            json.read(record.value(), receivedMicros, record.offset()),
                            record.timestamp()));
        } catch (UnreadableTickException e) {
            out.collect(Ingested.deadLetter(DeadLetter.of(record, e, job)));
        }
    }

    @Override
    public TypeInformation<Ingested> getProducedType() {
        return TypeInformation.of(Ingested.class);
    }
}
