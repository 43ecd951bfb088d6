package com.shivx.jobs.wire;

import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import java.io.ByteArrayOutputStream;

/**
 * The value of the topic {@code set-aside}: the fields of the tick as {@link TickJson} writes them,
 * and {@code reason} ({@code schemas/set-aside.schema.json}). It can be read as a tick again. Not
 * safe between threads.
 */
public final class SetAsideJson {

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);

    /** The tick and why it was not used, as UTF-8. */
    public byte[] write(Tick tick, TickQuality reason) {
        return Json.object(
                buffer,
                json -> {
                    TickJson.writeFields(json, tick);
                    json.writeStringField("reason", reason.name());
                });
    }
}
