package com.shivx.features.volatility;

import com.shivx.features.Moment;
import com.shivx.features.TickKernel;

/**
 * Realised volatility of a second, in basis points: {@code 10⁴·√(Σw·r² / Σw·Δt)} over the log
 * returns r from tick to tick and the seconds Δt between them, weights halving every half-life of
 * event time. It scales to a horizon of H seconds by √H.
 *
 * <p>{@code R ← d·R + r²; T ← d·T + Δt}, except at the start of a session, before which time stood
 * still. NaN for a first tick (0/0), 0 while the price rests; warm after a half-life.
 *
 * @param halfLifeSeconds half-life of a weight
 */
public record EwmaVolatility(double halfLifeSeconds) implements TickKernel {

    private static final int SQUARES = 0;
    private static final int SECONDS = 1;
    private static final double BPS = 1e4;

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public void onTick(Moment now, double[] state, int at) {
        if (now.isSessionStart()) {
            return;
        }
        state[at + SQUARES] =
                now.decayed(state[at + SQUARES], halfLifeSeconds)
                        + now.logReturn() * now.logReturn();
        state[at + SECONDS] =
                now.decayed(state[at + SECONDS], halfLifeSeconds) + now.secondsElapsed();
    }

    /** The volatility. */
    public double bps(Moment now, double[] state, int at) {
        return ofSecond(state, at) * BPS;
    }

    /** The same as a log return: {@code √(Σw·r² / Σw·Δt)}. */
    public double ofSecond(double[] state, int at) {
        return Math.sqrt(state[at + SQUARES] / state[at + SECONDS]);
    }
}
