package com.shivx.jobs.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.UnreadableRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionAvroTest {

    private static final Prediction CLASSIFICATION =
            prediction(
                    "UP",
                    0.6f,
                    Action.BUY,
                    new String[] {"UP", "DOWN", "A"},
                    new float[] {0.6f, Float.NaN, Float.MIN_VALUE},
                    PredictionStatus.OK);

    private final PredictionAvro avro = new PredictionAvro();
    private final PredictionJson json = new PredictionJson();

    @Test
    void readsBackWhatItWroteToTheBit() throws Exception {
        assertSame(CLASSIFICATION);
        assertSame(
                prediction(
                        Float.toString(0.1f + 0.2f),
                        Float.NaN,
                        null,
                        new String[0],
                        new float[] {0.1f + 0.2f},
                        PredictionStatus.OK));
        for (PredictionStatus status : PredictionStatus.values()) {
            if (status != PredictionStatus.OK) {
                assertSame(prediction(null, Float.NaN, null, new String[0], new float[0], status));
            }
        }
    }

    /** What a file holds of a record is what the topic's reader makes of it. */
    private void assertSame(Prediction prediction) throws Exception {
        Prediction read = read(avro.write(prediction));
        assertThat(json.write(read)).isEqualTo(json.write(prediction));
        assertThat(avro.write(read)).isEqualTo(avro.write(prediction));
        assertThat(read.classes()).isEqualTo(prediction.classes());
        assertThat(read.probabilities()).isEqualTo(prediction.probabilities());
    }

    @Test
    void schemaNamesTheFieldsAndConstantsOfTheWire() throws Exception {
        assertThat(PredictionAvro.SCHEMA.getFields().stream().map(Schema.Field::name))
                .containsExactly(
                        "prediction_id",
                        "vector_id",
                        "model_id",
                        "model_version",
                        "generation",
                        "role",
                        "served",
                        "symbol",
                        "event_time_micros",
                        "prediction",
                        "confidence",
                        "action",
                        "probabilities",
                        "status");
        assertConstants(PredictionAvro.SCHEMA.getField("role").schema(), Role.values());
        assertConstants(
                PredictionAvro.SCHEMA.getField("action").schema().getTypes().get(1),
                Action.values());
        assertConstants(
                PredictionAvro.SCHEMA.getField("status").schema(), PredictionStatus.values());
    }

    private static void assertConstants(Schema schema, Enum<?>[] constants) {
        assertThat(schema.getEnumSymbols())
                .isEqualTo(Arrays.stream(constants).map(Enum::name).toList());
    }

    @Test
    void refusesBytesThatEndEarly() {
        byte[] whole = avro.write(CLASSIFICATION);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"symbol\" | \"other\" | MISSING_FIELD | symbol is missing",
                "\"event_time_micros\" | \"at\" | MISSING_FIELD | event_time_micros is missing",
                "SHADOW | EMPEROR | WRONG_TYPE | role is \"EMPEROR\"",
                "\"served\":true | \"served\":7 | WRONG_TYPE | served is 7",
                "\"UP\":0.6 | \"UP\":{} | WRONG_TYPE | no prediction",
                "model@1 | model@2 | WRONG_TYPE | prediction_id is",
                "} | ] | NOT_JSON | not JSON"
            })
    void saysWhatIsWrongWithARecord(
            String part, String instead, DeadLetterReason reason, String message) {
        byte[] value =
                new String(json.write(CLASSIFICATION), StandardCharsets.UTF_8)
                        .replace(part, instead)
                        .getBytes(StandardCharsets.UTF_8);

        UnreadableRecordException refused =
                catchThrowableOfType(UnreadableRecordException.class, () -> json.readRecord(value));
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused).hasMessageContaining(message);
    }

    private Prediction read(byte[] bytes) throws IOException {
        ResolvingDecoder resolving =
                DecoderFactory.get()
                        .resolvingDecoder(PredictionAvro.SCHEMA, PredictionAvro.SCHEMA, null);
        resolving.configure(DecoderFactory.get().binaryDecoder(bytes, null));
        return avro.read(resolving);
    }

    private static Prediction prediction(
            String text,
            float confidence,
            Action action,
            String[] classes,
            float[] probabilities,
            PredictionStatus status) {
        return new Prediction(
                "S~Q~1~2~0a1b2c3d",
                "model",
                "1",
                3,
                Role.SHADOW,
                true,
                "S",
                -1,
                text,
                confidence,
                action,
                classes,
                probabilities,
                status);
    }
}
