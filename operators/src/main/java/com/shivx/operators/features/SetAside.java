package com.shivx.operators.features;

import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;

/**
 * A well-formed tick that is not used.
 *
 * @param tick the tick as it came
 * @param reason why; never {@link TickQuality#OK}
 */
public record SetAside(Tick tick, TickQuality reason) {}
