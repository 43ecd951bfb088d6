package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.Alarm;
import java.util.TreeMap;

/** The topic {@code alarms} ({@code schemas/alarm.schema.json}). */
public final class AlarmJson extends ControlJson<Alarm> {

    private static final long serialVersionUID = 1;

    @Override
    String keyText(Alarm alarm) {
        return alarm.modelId();
    }

    @Override
    void writeFields(Alarm alarm, ObjectNode into) {
        into.put("alarm_id", alarm.alarmId());
        into.put("kind", alarm.kind().name());
        into.put("raised", alarm.raised());
        into.put("model_id", alarm.modelId());
        into.put("model_version", alarm.modelVersion());
        into.put("generation", alarm.generation());
        into.put("reason", alarm.reason());
        into.put("since_micros", alarm.sinceMicros());
        ObjectNode evidence = into.putObject("evidence");
        new TreeMap<>(alarm.evidence())
                .forEach((name, value) -> JsonFields.put(evidence, name, value));
    }

    @Override
    Alarm readFields(JsonFields from) throws UnreadableRecordException {
        return new Alarm(
                from.text("alarm_id"),
                from.choice("kind", Alarm.Kind.class),
                from.flag("raised"),
                from.text("model_id"),
                from.textOrNull("model_version"),
                from.integer("generation"),
                from.text("reason"),
                from.integerOrZero("since_micros"),
                from.numbers("evidence"));
    }
}
