package com.shivx.models.outcome;

import com.shivx.features.TickId;
import com.shivx.features.label.Mark;

/**
 * A good tick that predictions may still refer to. Lives in state.
 *
 * @param id which tick it was
 * @param mark the market after it
 */
public record SeenTick(TickId id, Mark mark) {

    /** Event time of the symbol at it, microseconds since the epoch. */
    public long micros() {
        return mark.micros();
    }
}
