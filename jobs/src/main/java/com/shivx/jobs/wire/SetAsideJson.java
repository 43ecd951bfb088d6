package com.shivx.jobs.wire;

import com.fasterxml.jackson.core.SerializableString;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import com.shivx.models.wire.Json;
import java.io.ByteArrayOutputStream;

/**
 * The value of the topic {@code set-aside}: the fields of the tick as {@link TickJson} writes them,
 * and {@code reason} ({@code schemas/set-aside.schema.json}). It can be read as a tick again. Not
 * safe between threads.
 */
public final class SetAsideJson {

    private static final SerializableString REASON = Json.name("reason");

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);

    /** The tick and why it was not used, as UTF-8. */
    public byte[] write(Tick tick, TickQuality reason) {
        return Json.object(
                buffer,
                json -> {
                    TickJson.writeFields(json, tick);
                    Json.writeEnum(json, REASON, reason);
                });
    }
}
