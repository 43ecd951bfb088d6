package com.shivx.bench.crayfish;

import com.shivx.features.FeatureVector;
import com.shivx.features.tick.TickKind;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.PredictionRecords;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.operators.features.TickVector;
import com.shivx.operators.scoring.InitialModel;
import com.shivx.operators.scoring.ScoredPrediction;
import com.shivx.operators.scoring.ScoringInput;
import com.shivx.operators.scoring.ScoringOperator;
import com.shivx.operators.scoring.ScoringRules;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Images from Kafka, through the product's scoring operator, to Kafka by the product's sink: one
 * chain in one slot.
 */
final class CrayfishJob {

    private CrayfishJob() {}

    static void build(StreamExecutionEnvironment env, ModelArtifact model, Configuration options) {
        ScoringRules rules =
                new ScoringRules(
                        model.contract().featureSetHash(),
                        options.get(ScoringOptions.MAX_BATCH_SIZE),
                        options.get(ScoringOptions.MAX_DELAY).toMillis(),
                        options.get(ScoringOptions.DEVICE),
                        options.get(ScoringOptions.TIMEOUT).toMillis(),
                        options.get(ScoringOptions.MAX_FAILURES),
                        options.get(ScoringOptions.LOAD_TIMEOUT).toMillis(),
                        0,
                        List.of(),
                        null);
        env.setParallelism(1);
        env.fromSource(images(options), WatermarkStrategy.noWatermarks(), "Images")
                .uid("images-source")
                .map(ScoringInput::of)
                .returns(ScoringInput.class)
                .name("To scoring")
                .uid("to-scoring")
                .transform(
                        "Scoring",
                        TypeInformation.of(ScoredPrediction.class),
                        ScoringOperator.factory(
                                rules, List.of(InitialModel.of(model, "bench:model"))))
                .uid("scoring")
                .sinkTo(
                        new KafkaEnds(options, "crayfish")
                                .sink("predictions-sink", new PredictionRecords(options)))
                .name("Predictions")
                .uid("predictions-sink");
    }

    private static KafkaSource<TickVector> images(Configuration options) {
        return KafkaSource.<TickVector>builder()
                .setBootstrapServers(options.get(KafkaOptions.BOOTSTRAP_SERVERS))
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setGroupId(options.get(KafkaOptions.GROUP_ID))
                .setTopics(Topic.TICKS.name(options))
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new Reading())
                .build();
    }

    private static final class Reading implements KafkaRecordDeserializationSchema<TickVector> {

        private static final long serialVersionUID = 1;

        private transient ImageJson json;

        @SuppressWarnings("NullAway.Init") // open() comes before any other call
        private Reading() {}

        @Override
        public void open(DeserializationSchema.InitializationContext context) {
            json = new ImageJson();
        }

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<TickVector> out)
                throws IOException {
            ImageJson.Image image = json.read(record.value());
            out.collect(
                    new TickVector(
                            new FeatureVector(
                                    Long.toString(image.id()),
                                    "image",
                                    TickKind.QUOTE,
                                    image.createdMicros(),
                                    "",
                                    true,
                                    image.pixels()),
                            record.timestamp()));
        }

        @Override
        public TypeInformation<TickVector> getProducedType() {
            return TypeInformation.of(TickVector.class);
        }
    }
}
