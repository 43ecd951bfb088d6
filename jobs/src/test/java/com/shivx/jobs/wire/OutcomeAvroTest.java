package com.shivx.jobs.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.jobs.testing.LogRun;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.wire.JsonFields;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.junit.jupiter.api.Test;

class OutcomeAvroTest {

    private final OutcomeAvro avro = new OutcomeAvro();
    private final OutcomeJson json = new OutcomeJson();

    @Test
    void readsBackWhatItWroteToTheBit() throws Exception {
        List<Outcome> outcomes = LogRun.outcomes(LogRun.predictions(LogRun.vectors(200, 1)));
        ResolvingDecoder resolving =
                DecoderFactory.get().resolvingDecoder(OutcomeAvro.SCHEMA, OutcomeAvro.SCHEMA, null);
        for (Outcome outcome : outcomes) {
            byte[] bytes = avro.write(outcome);
            resolving.configure(DecoderFactory.get().binaryDecoder(bytes, null));
            Outcome read = avro.read(resolving);

            assertThat(avro.write(read)).isEqualTo(bytes);
            assertThat(json.write(read)).isEqualTo(json.write(outcome));
            assertThat(json.write(json.readRecord(json.write(outcome))))
                    .isEqualTo(json.write(outcome));
        }
    }

    @Test
    void schemaNamesTheFieldsOfTheWire() throws Exception {
        List<String> fields = new ArrayList<>();
        try (InputStream example =
                Objects.requireNonNull(
                        getClass().getResourceAsStream("/schemas/outcome.example.json"))) {
            JsonFields.MAPPER.readTree(example).fieldNames().forEachRemaining(fields::add);
        }
        assertThat(OutcomeAvro.SCHEMA.getFields().stream().map(Schema.Field::name))
                .containsExactlyElementsOf(fields);
    }
}
