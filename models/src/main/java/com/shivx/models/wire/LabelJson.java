package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.features.label.Direction;
import com.shivx.models.outcome.ExternalLabel;
import java.util.concurrent.TimeUnit;

/** The topic {@code labels} ({@code schemas/label.schema.json}), keyed by symbol. */
public final class LabelJson extends ControlJson<ExternalLabel> {

    private static final long serialVersionUID = 1;

    @Override
    String keyText(ExternalLabel label) {
        return label.symbol();
    }

    @Override
    void writeFields(ExternalLabel label, ObjectNode into) {
        into.put("symbol", label.symbol());
        into.put("vector_id", label.vectorId());
        into.put("event_time_micros", label.eventTimeMicros());
        into.put("horizon_millis", TimeUnit.MICROSECONDS.toMillis(label.horizonMicros()));
        into.put("outcome", label.direction().name());
        if (Double.isNaN(label.logReturn())) {
            into.putNull("log_return");
        } else {
            into.put("log_return", label.logReturn());
        }
    }

    @Override
    ExternalLabel readFields(JsonFields from) throws UnreadableRecordException {
        return new ExternalLabel(
                from.text("symbol"),
                from.textOrNull("vector_id"),
                from.integer("event_time_micros"),
                TimeUnit.MILLISECONDS.toMicros(from.count("horizon_millis")),
                from.choice("outcome", Direction.class),
                from.numberOrNan("log_return"));
    }
}
