package com.shivx.jobs.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PredictionJsonTest {

    private final PredictionJson json = new PredictionJson();

    @Test
    void readsBackAClassification() throws Exception {
        String[] classes = {"A", "B", "C", "D", "E"};
        float[] probabilities = {0.1f, Float.MIN_VALUE, 0.2f, Float.NaN, 1 / 3f};

        assertSame(prediction("B", 0.1f, Action.BUY, classes, probabilities, PredictionStatus.OK));
    }

    @Test
    void readsBackARegressionToTheBit() throws Exception {
        float value = 0.1f + 0.2f;

        assertSame(
                prediction(
                        Float.toString(value),
                        Float.NaN,
                        null,
                        new String[0],
                        new float[] {value},
                        PredictionStatus.OK));
    }

    @Test
    void readsBackAFailureWithoutItsClasses() throws Exception {
        Prediction failed =
                prediction(
                        null,
                        Float.NaN,
                        null,
                        new String[] {"UP", "DOWN"},
                        new float[0],
                        PredictionStatus.TIMEOUT);

        Prediction read = json.read(json.write(failed));

        assertThat(read.status()).isEqualTo(PredictionStatus.TIMEOUT);
        assertThat(read.prediction()).isNull();
        assertThat(read.classes()).isEmpty();
        assertThat(read.probabilities()).isEmpty();
    }

    @Test
    void ignoresFieldsAddedLater() throws Exception {
        Prediction prediction =
                prediction(
                        "1.0",
                        Float.NaN,
                        null,
                        new String[0],
                        new float[] {1},
                        PredictionStatus.OK);
        String text = new String(json.write(prediction), StandardCharsets.UTF_8);

        Prediction read =
                json.read(
                        text.replaceFirst("\\{", "{\"later\":{\"status\":[7]},")
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(read)
                .usingRecursiveComparison()
                .withEqualsForType(Float::equals, Float.class)
                .isEqualTo(prediction);
    }

    @Test
    void refusesWhatIsNoPrediction() {
        assertThatThrownBy(() -> json.read("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("status is missing");
        assertThatThrownBy(() -> json.read("{\"status\":".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void refusesAnIdOfAnotherPrediction() {
        Prediction prediction =
                prediction(
                        "UP",
                        1,
                        Action.BUY,
                        new String[] {"UP"},
                        new float[] {1},
                        PredictionStatus.OK);
        String text = new String(json.write(prediction), StandardCharsets.UTF_8);

        assertThatThrownBy(
                        () ->
                                json.read(
                                        text.replace("v~m@1.0.0", "v~m@1.0.1")
                                                .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("prediction_id is v~m@1.0.1")
                .hasMessageContaining("give v~m@1.0.0");
    }

    private void assertSame(Prediction prediction) throws IOException {
        assertThat(json.read(json.write(prediction)))
                .usingRecursiveComparison()
                .withEqualsForType(Float::equals, Float.class)
                .isEqualTo(prediction);
    }

    private static Prediction prediction(
            @Nullable String text,
            float confidence,
            @Nullable Action action,
            String[] classes,
            float[] probabilities,
            PredictionStatus status) {
        return new Prediction(
                "v",
                "m",
                "1.0.0",
                3,
                Role.SHADOW,
                true,
                "S",
                17,
                text,
                confidence,
                action,
                classes,
                probabilities,
                status);
    }
}
