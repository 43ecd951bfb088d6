package com.shivx.jobs.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.FeatureVector;
import com.shivx.features.tick.TickKind;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class FeatureVectorCodecTest {

    private final FeatureVectorAvro avro = new FeatureVectorAvro();

    @Test
    void readsBackEveryVectorToTheBit() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            FeatureVector vector = vector(random.nextInt(60), random);
            assertSame(avro.read(FeatureVectorAvro.FINGERPRINT, avro.write(vector)), vector);
        }
    }

    @Test
    void writesTheSameBytesWhateverBitsANanHas() {
        float[] quiet = {1, Float.NaN};
        float[] ofAProcessor = {1, Float.intBitsToFloat(0xffc00000)};

        assertThat(avro.write(vector(ofAProcessor))).isEqualTo(avro.write(vector(quiet)));
    }

    @Test
    void writesWhatAvroItselfReads() throws Exception {
        FeatureVector vector = vector(3, new Random(4));

        GenericRecord read =
                new GenericDatumReader<GenericRecord>(FeatureVectorAvro.SCHEMA)
                        .read(null, DecoderFactory.get().binaryDecoder(avro.write(vector), null));

        assertThat(read.get("vector_id")).hasToString(vector.vectorId());
        assertThat(read.get("kind")).hasToString("QUOTE");
        assertThat((List<?>) read.get("features")).hasSize(3);
    }

    /** The golden value: a version once written is never changed. */
    @Test
    void keepsTheFingerprintsOfItsVersions() {
        assertThat(FeatureVectorAvro.FINGERPRINT).isEqualTo("b9f3f1b70f36960f");
    }

    @Test
    void readsDataOfAnEarlierVersionWithTheDefaultsOfLaterFields() throws Exception {
        Schema earlier =
                new Schema.Parser()
                        .parse(
                                FeatureVectorAvro.SCHEMA
                                        .toString()
                                        .replaceFirst(
                                                "\\{\"name\":\"symbol\".*?\\},",
                                                "{\"name\":\"old\",\"type\":\"int\"},"));
        Schema later =
                new Schema.Parser()
                        .parse(
                                FeatureVectorAvro.SCHEMA
                                        .toString()
                                        .replaceFirst(
                                                "\"name\":\"symbol\",\"type\":\"string\"",
                                                "\"name\":\"symbol\",\"type\":\"string\",\"default\":\"?\""));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        encoder.writeString("id");
        encoder.writeInt(17);
        encoder.writeEnum(1);
        encoder.writeLong(5);
        encoder.writeString("hash");
        encoder.writeBoolean(true);
        encoder.writeArrayStart();
        encoder.writeArrayEnd();
        encoder.flush();

        FeatureVector read =
                new FeatureVectorAvro(List.of(earlier, later), later)
                        .read(FeatureVectorAvro.fingerprint(earlier), bytes.toByteArray());

        assertSame(
                read, new FeatureVector("id", "?", TickKind.QUOTE, 5, "hash", true, new float[0]));
    }

    @Test
    void refusesASchemaItDoesNotKnow() {
        assertThatThrownBy(() -> avro.read("0123456789abcdef", new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("0123456789abcdef", FeatureVectorAvro.FINGERPRINT);
        assertThatThrownBy(() -> avro.read(null, new byte[0])).isInstanceOf(IOException.class);
    }

    @Test
    void refusesBytesThatAreCutOffOrAnnounceTooMuch() throws Exception {
        byte[] whole = avro.write(vector(3, new Random(5)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        encoder.writeString("id");
        encoder.writeString("symbol");
        encoder.writeEnum(1);
        encoder.writeLong(5);
        encoder.writeString("hash");
        encoder.writeBoolean(true);
        encoder.writeLong(Integer.MAX_VALUE - 8);
        encoder.flush();

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> avro.read(FeatureVectorAvro.FINGERPRINT, cut))
                    .isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> avro.read(FeatureVectorAvro.FINGERPRINT, bytes.toByteArray()))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void writesJsonWithFeaturesByName() {
        FeatureVector vector =
                new FeatureVector(
                        "id", "S", TickKind.TRADE, 5, "hash", false, new float[] {0.1f, Float.NaN});

        assertThat(
                        new String(
                                new FeatureVectorJson(List.of("a", "b")).write(vector),
                                StandardCharsets.UTF_8))
                .isEqualTo(
                        "{'vector_id':'id','symbol':'S','kind':'TRADE','event_time_micros':5,'feature_set_hash':'hash',"
                                        .replace('\'', '"')
                                + "'ready':false,'features':{'a':0.1,'b':null}}"
                                        .replace('\'', '"'));
    }

    @Test
    void refusesTheNamesOfAnotherFeatureSet() {
        assertThatThrownBy(
                        () -> new FeatureVectorJson(List.of("a")).write(vector(2, new Random(6))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 2 values for 1 names");
    }

    private static FeatureVector vector(float[] values) {
        return new FeatureVector("id", "S", TickKind.TRADE, 5, "hash", true, values);
    }

    private static FeatureVector vector(int size, Random random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = i % 5 == 0 ? Float.NaN : Float.intBitsToFloat(random.nextInt());
        }
        return new FeatureVector(
                "S~Q~1~" + size,
                "S\u4e2d",
                TickKind.QUOTE,
                random.nextLong(),
                "hash",
                random.nextBoolean(),
                values);
    }

    private static void assertSame(FeatureVector actual, FeatureVector expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .withEqualsForType(Float::equals, Float.class)
                .isEqualTo(expected);
    }
}
