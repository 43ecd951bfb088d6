package com.shivx.features.calendar;

import com.shivx.features.Moment;
import com.shivx.features.TickKernel;

/**
 * Where on the circle of the day the time stands: sine and cosine of {@code 2π·s / 86,400}, s being
 * the whole seconds since midnight UTC; −1 to 1, never NaN. Whole seconds, because the two are then
 * computed once a second and the circle turns by 0.00007 in one.
 */
public record TimeOfDay() implements TickKernel {

    /** Second of the day plus one: 0 is none. */
    private static final int SECOND = 0;

    private static final int SINE = 1;
    private static final int COSINE = 2;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;

    @Override
    public int slots() {
        return 3;
    }

    @Override
    public void onTick(Moment now, double[] state, int at) {
        long second =
                Math.floorMod(Math.floorDiv(now.micros(), MICROS_PER_SECOND), SECONDS_PER_DAY);
        if (state[at + SECOND] != second + 1) {
            double angle = 2 * Math.PI * second / SECONDS_PER_DAY;
            state[at + SECOND] = second + 1;
            state[at + SINE] = StrictMath.sin(angle);
            state[at + COSINE] = StrictMath.cos(angle);
        }
    }

    /** The sine: 0 at midnight, 1 at 06:00 UTC. */
    public double sine(Moment now, double[] state, int at) {
        return state[at + SINE];
    }

    /** The cosine: 1 at midnight, 0 at 06:00 UTC. */
    public double cosine(Moment now, double[] state, int at) {
        return state[at + COSINE];
    }
}
