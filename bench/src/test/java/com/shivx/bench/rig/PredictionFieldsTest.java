package com.shivx.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PredictionFieldsTest {

    @Test
    void findsTheFieldsOfAPredictionAsItIsWritten() {
        Prediction prediction =
                new Prediction(
                        "s~Q~5~1~abc",
                        "m",
                        "1.0.0",
                        17,
                        Role.CHAMPION,
                        true,
                        "s",
                        1_700_000_000_123_456L,
                        "UP",
                        0.75f,
                        Action.BUY,
                        new String[] {"DOWN", "UP"},
                        new float[] {0.25f, 0.75f},
                        PredictionStatus.OK);

        byte[] json = new PredictionJson().write(prediction);

        assertThat(PredictionFields.eventTimeMicros(json)).isEqualTo(1_700_000_000_123_456L);
        assertThat(PredictionFields.generation(json)).isEqualTo(17);
    }

    @Test
    void doesNotMakeOneUp() {
        byte[] other = "{\"symbol\":\"s\"}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> PredictionFields.eventTimeMicros(other))
                .hasMessageContaining("event_time_micros");
    }
}
