package com.shivx.bench.rig;

import java.nio.charset.StandardCharsets;

/** Fields of a prediction as it is written, without reading the rest of it. */
public final class PredictionFields {

    private static final byte[] EVENT_TIME = name("event_time_micros");
    private static final byte[] GENERATION = name("generation");

    private PredictionFields() {}

    /** When its tick was, microseconds since the epoch. */
    public static long eventTimeMicros(byte[] json) {
        return number(json, EVENT_TIME);
    }

    /** Generation of the deployment that it is of. */
    public static long generation(byte[] json) {
        return number(json, GENERATION);
    }

    private static byte[] name(String field) {
        return ('"' + field + "\":").getBytes(StandardCharsets.UTF_8);
    }

    private static long number(byte[] json, byte[] name) {
        for (int at = 0; at < json.length - name.length; at++) {
            if (json[at] == '"' && isAt(json, at, name)) {
                long number = 0;
                for (int i = at + name.length; json[i] >= '0' && json[i] <= '9'; i++) {
                    number = 10 * number + json[i] - '0';
                }
                return number;
            }
        }
        throw new IllegalArgumentException(
                "no %s in %s"
                        .formatted(
                                new String(name, StandardCharsets.UTF_8),
                                new String(json, StandardCharsets.UTF_8)));
    }

    private static boolean isAt(byte[] json, int at, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (json[at + i] != name[i]) {
                return false;
            }
        }
        return true;
    }
}
