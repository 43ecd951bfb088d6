package com.shivx.jobs.kafka;

import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureVector;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.wire.FeatureVectorAvro;
import com.shivx.jobs.wire.FeatureVectorJson;
import com.shivx.operators.features.TickVector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes vectors, keyed by symbol: raw Avro with its schema's fingerprint in a header, or JSON. */
public final class FeatureRecords implements KafkaRecordSerializationSchema<TickVector> {

    private static final byte[] FINGERPRINT =
            FeatureVectorAvro.FINGERPRINT.getBytes(StandardCharsets.UTF_8);

    private static final long serialVersionUID = 1;

    private final String topic;
    private final FeatureOptions.Format format;
    private final List<String> names;

    private transient FeatureVectorAvro avro;
    private transient FeatureVectorJson json;

    /** Records for the topic that the options name. */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public FeatureRecords(ReadableConfig options, FeatureSet features) {
        topic = Topic.FEATURES.name(options);
        format = options.get(FeatureOptions.FORMAT);
        names = features.features().stream().map(Feature::name).toList();
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
        avro = new FeatureVectorAvro();
        json = new FeatureVectorJson(names);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            TickVector element, KafkaSinkContext context, @Nullable Long timestamp) {
        FeatureVector vector = element.vector();
        byte[] key = vector.symbol().getBytes(StandardCharsets.UTF_8);
        return switch (format) {
            case JSON -> new ProducerRecord<>(topic, key, json.write(vector));
            case AVRO -> {
                ProducerRecord<byte[], byte[]> record =
                        new ProducerRecord<>(topic, key, avro.write(vector));
                record.headers().add(FeatureVectorAvro.FINGERPRINT_HEADER, FINGERPRINT);
                yield record;
            }
        };
    }
}
