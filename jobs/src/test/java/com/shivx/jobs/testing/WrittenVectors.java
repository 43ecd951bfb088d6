package com.shivx.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.FeatureVectorAvro;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The bytes of vectors by vector id, as a topic or files hold them, or as they should. */
public final class WrittenVectors {

    private final Map<String, byte[]> bytes = new HashMap<>();

    private WrittenVectors() {}

    /** What a read-committed consumer finds in a topic; fails where an id comes twice. */
    public static WrittenVectors inTopic(KafkaProbe probe, String topic) throws IOException {
        WrittenVectors vectors = new WrittenVectors();
        FeatureVectorAvro avro = new FeatureVectorAvro();
        for (ConsumerRecord<byte[], byte[]> record : probe.committed(topic)) {
            vectors.add(
                    avro.read(FeatureVectorAvro.FINGERPRINT, record.value()).vectorId(),
                    record.value());
        }
        return vectors;
    }

    /** What the finished files below a folder hold; fails where an id comes twice. */
    public static WrittenVectors inFiles(Path folder) throws IOException {
        WrittenVectors vectors = new WrittenVectors();
        for (Path file : finished(folder, ".avro")) {
            try (DataFileReader<GenericRecord> reader =
                    new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
                for (GenericRecord record : reader) {
                    vectors.add(record.get("vector_id").toString(), encoded(record));
                }
            }
        }
        return vectors;
    }

    /** What one thread without Flink, Kafka or files makes of ticks. */
    public static WrittenVectors ofKernel(List<Tick> tape) {
        WrittenVectors vectors = new WrittenVectors();
        FeatureSet set = FeatureSets.byName("market-v1");
        SymbolFeatures kernel = new SymbolFeatures(set);
        FeatureVectorAvro avro = new FeatureVectorAvro();
        Map<String, SymbolState> states = new HashMap<>();
        for (Tick tick : tape) {
            SymbolState state = states.computeIfAbsent(tick.symbol(), symbol -> set.newState());
            FeatureVector vector = kernel.onTick(tick, state).vector();
            if (vector != null) {
                vectors.add(vector.vectorId(), avro.write(vector));
            }
        }
        return vectors;
    }

    /** Files with that ending below a folder; those still being written begin with a dot. */
    public static List<Path> finished(Path folder, String suffix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    /** Takes out what is in the others by id. */
    public void removeAll(WrittenVectors others) {
        bytes.keySet().removeAll(others.bytes.keySet());
    }

    /** How many there are. */
    public int count() {
        return bytes.size();
    }

    /** Fails unless both are the same vectors to the bit, and shows some that are not. */
    public void assertSameAs(WrittenVectors expected) {
        assertThat(expected.bytes.keySet().stream().filter(id -> !bytes.containsKey(id)).limit(9))
                .as("vectors that are missing")
                .isEmpty();
        assertThat(
                        expected.bytes.entrySet().stream()
                                .filter(
                                        one ->
                                                !Arrays.equals(
                                                        one.getValue(), bytes.get(one.getKey())))
                                .limit(9)
                                .map(
                                        one ->
                                                "%n%s%nnot %s"
                                                        .formatted(
                                                                text(bytes.get(one.getKey())),
                                                                text(one.getValue()))))
                .as("vectors that differ")
                .isEmpty();
        assertThat(count()).as("vectors").isEqualTo(expected.count());
    }

    private static String text(byte[] value) {
        try {
            FeatureVector vector =
                    new FeatureVectorAvro().read(FeatureVectorAvro.FINGERPRINT, value);
            StringBuilder text = new StringBuilder(vector.toString());
            for (float number : vector.values()) {
                text.append(
                        Float.isNaN(number)
                                ? " NaN:%x".formatted(Float.floatToRawIntBits(number))
                                : " " + number);
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String vectorId, byte[] value) {
        assertThat(bytes.put(vectorId, value)).as("%s written before", vectorId).isNull();
    }

    private static byte[] encoded(GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
