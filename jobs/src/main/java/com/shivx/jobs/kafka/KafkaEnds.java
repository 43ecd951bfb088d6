package com.shivx.jobs.kafka;

import com.shivx.jobs.ingest.ControlRecord;
import com.shivx.jobs.ingest.Ingested;
import com.shivx.jobs.ingest.IngestedPrediction;
import com.shivx.jobs.ingest.IngestingDeserializer;
import com.shivx.jobs.options.DeploymentOptions;
import com.shivx.jobs.options.IngestOptions;
import com.shivx.jobs.options.KafkaOptions;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Sources and sinks on Kafka as every job of ours needs them: committed records only, transactions,
 * named alike.
 */
public final class KafkaEnds {

    private static final int LINGER_MILLIS = 2;

    private static final int UNHURRIED_LINGER_MILLIS = 50;

    private final Configuration options;
    private final String job;

    /**
     * The ends of one job.
     *
     * @param job the job's name in consumer groups, such as {@code scoring}
     */
    public KafkaEnds(Configuration options, String job) {
        this.options = options;
        this.job = job;
    }

    /**
     * Ticks as they come, for ever: from the group's committed offsets, or from the beginning where
     * it has none.
     */
    @SuppressWarnings("deprecation") // Kafka's class is, and the connector still asks for it
    public KafkaSource<Ingested> ticks() {
        return ticksBuilder()
                .setStartingOffsets(
                        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .build();
    }

    /** All ticks that are there when the job starts, then the end. */
    public KafkaSource<Ingested> ticksUntilNow() {
        return ticksBuilder()
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .build();
    }

    /** Predictions as they come, for ever, as {@link #ticks()}. */
    @SuppressWarnings("deprecation") // Kafka's class is, and the connector still asks for it
    public KafkaSource<IngestedPrediction> predictions() {
        return this.<IngestedPrediction>builder(Topic.PREDICTIONS)
                // Beside the ticks of the same group: a client's id is its own.
                .setClientIdPrefix(groupId() + "-" + Topic.PREDICTIONS.defaultName())
                .setDeserializer(
                        new IngestingDeserializer<>(
                                IngestedPrediction.class,
                                PredictionReader::new,
                                IngestedPrediction::new,
                                job))
                .setStartingOffsets(
                        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .build();
    }

    /**
     * Records of a control topic as they come, for ever: from the group's committed offsets, or
     * from the beginning where it has none.
     */
    @SuppressWarnings("deprecation") // Kafka's class is, and the connector still asks for it
    public KafkaSource<ControlRecord> control(Topic topic) {
        return controlBuilder(topic)
                .setStartingOffsets(
                        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .build();
    }

    /**
     * The same from the beginning, whatever was read before: of a compacted topic the latest of
     * each key, which a job must know that starts without state.
     */
    public KafkaSource<ControlRecord> controlFromBeginning(Topic topic) {
        return controlBuilder(topic).setStartingOffsets(OffsetsInitializer.earliest()).build();
    }

    /**
     * Records of any topic as they come, for ever: from the group's committed offsets, or from the
     * beginning where it has none.
     */
    @SuppressWarnings("deprecation") // Kafka's class is, and the connector still asks for it
    public <T> KafkaSource<T> records(
            Topic topic, KafkaRecordDeserializationSchema<T> deserializer) {
        return this.<T>builder(topic)
                // Beside those of other topics of the same group: a client's id is its own.
                .setClientIdPrefix(groupId() + "-" + topic.defaultName())
                .setDeserializer(deserializer)
                .setStartingOffsets(
                        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .build();
    }

    /**
     * A sink of records that somebody waits for, under the configured guarantee.
     *
     * @param uid the sink operator's uid; with the deployment's name it makes the transactional
     *     ids, which must not change over restarts and rollovers and must not be shared
     */
    public <T> KafkaSink<T> sink(String uid, KafkaRecordSerializationSchema<T> serializer) {
        return sink(uid, serializer, LINGER_MILLIS);
    }

    /**
     * The same for many records that nobody waits for: they gather, which spares the broker, and
     * those who do wait, the most of its requests.
     */
    public <T> KafkaSink<T> unhurriedSink(
            String uid, KafkaRecordSerializationSchema<T> serializer) {
        return sink(uid, serializer, UNHURRIED_LINGER_MILLIS);
    }

    private <T> KafkaSink<T> sink(
            String uid, KafkaRecordSerializationSchema<T> serializer, int lingerMillis) {
        Properties properties = clientProperties(options);
        properties.putIfAbsent(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                String.valueOf(options.get(KafkaOptions.TRANSACTION_TIMEOUT).toMillis()));
        // A new transactional producer asks in vain before it knows its coordinator, and the task's
        // thread waits so long for it (100 ms by default). Requests of transactions are repeated at
        // this interval however often they fail; records back off to a second.
        properties.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "20");
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, String.valueOf(lingerMillis));
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
        return KafkaSink.<T>builder()
                .setBootstrapServers(options.get(KafkaOptions.BOOTSTRAP_SERVERS))
                .setKafkaProducerConfig(properties)
                .setDeliveryGuarantee(options.get(KafkaOptions.DELIVERY_GUARANTEE))
                .setTransactionalIdPrefix(options.get(DeploymentOptions.NAME) + "-" + uid)
                .setRecordSerializer(serializer)
                .build();
    }

    /** The consumer group under which the job's read offsets are shown. */
    public String groupId() {
        return options.getOptional(KafkaOptions.GROUP_ID)
                .orElse(options.get(DeploymentOptions.NAME) + "-" + job);
    }

    private KafkaSourceBuilder<Ingested> ticksBuilder() {
        return this.<Ingested>builder(Topic.TICKS)
                .setDeserializer(
                        new TickDeserializer(
                                job,
                                Math.toIntExact(
                                        options.get(IngestOptions.MAX_RECORD_SIZE).getBytes())));
    }

    private KafkaSourceBuilder<ControlRecord> controlBuilder(Topic topic) {
        return this.<ControlRecord>builder(topic)
                // Beside the ticks of the same group: a client's id is its own.
                .setClientIdPrefix(groupId() + "-" + topic.defaultName())
                .setDeserializer(new ControlRecordDeserializer());
    }

    private <T> KafkaSourceBuilder<T> builder(Topic topic) {
        Properties properties = clientProperties(options);
        properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return KafkaSource.<T>builder()
                .setBootstrapServers(options.get(KafkaOptions.BOOTSTRAP_SERVERS))
                .setProperties(properties)
                .setGroupId(groupId())
                .setTopics(topic.name(options));
    }

    /** What {@code kafka.properties.*} say, without the prefix. */
    static Properties clientProperties(Configuration options) {
        Properties properties = new Properties();
        for (Map.Entry<String, String> entry : options.toMap().entrySet()) {
            if (entry.getKey().startsWith(KafkaOptions.PROPERTIES_PREFIX)) {
                properties.setProperty(
                        entry.getKey().substring(KafkaOptions.PROPERTIES_PREFIX.length()),
                        entry.getValue());
            }
        }
        return properties;
    }
}
