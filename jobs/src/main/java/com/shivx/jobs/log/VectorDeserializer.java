package com.shivx.jobs.log;

import com.shivx.jobs.ingest.IngestedVector;
import com.shivx.jobs.wire.DeadLetter;
import com.shivx.models.wire.UnreadableRecordException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads records of the topic {@code features} as the log does; one that is no vector becomes a dead
 * letter, never an error.
 */
public final class VectorDeserializer implements KafkaRecordDeserializationSchema<IngestedVector> {

    private static final long serialVersionUID = 1;

    private final String job;

    private transient LoggedVectors vectors;

    /**
     * A reader for one job.
     *
     * @param job the job's name on dead letters
     */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public VectorDeserializer(String job) {
        this.job = job;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        vectors = new LoggedVectors();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<IngestedVector> out) {
        try {
            out.collect(new IngestedVector(vectors.fromTopic(record), null));
        } catch (UnreadableRecordException e) {
            out.collect(new IngestedVector(null, DeadLetter.of(record, e, job)));
        }
    }

    @Override
    public TypeInformation<IngestedVector> getProducedType() {
        return TypeInformation.of(IngestedVector.class);
    }
}
