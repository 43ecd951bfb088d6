package com.shivx.features.book;

import com.shivx.features.Moment;
import com.shivx.features.TickKernel;

/**
 * Order-flow imbalance of the best quotes in units of their depth: {@code Σw·e / D}.
 *
 * <p>From one quote to the next (b, q the best bid and its size; a, r the best ask and its size;
 * primed before)
 *
 * <pre>
 * e = q·[b ≥ b'] − q'·[b ≤ b'] − r·[a ≤ a'] + r'·[a ≥ a']
 * </pre>
 *
 * (Cont, Kukanov and Stoikov, "The price impact of order book events", Journal of Financial
 * Econometrics 12, 2014), and {@code D = Σw·(q + r)/2 / Σw} is the decayed mean depth of a side:
 * without it the number spans three orders of magnitude between symbols. Weights halve every
 * half-life of event time. NaN before the first quote with both sizes; a quote without is passed
 * over, and nothing is compared across it.
 *
 * @param halfLifeSeconds half-life of a weight
 */
public record OrderFlow(double halfLifeSeconds) implements TickKernel {

    private static final int FLOW = 0;
    private static final int DEPTH = 1;
    private static final int WEIGHT = 2;
    private static final int QUOTED = 3;
    private static final int BID = 4;
    private static final int BID_SIZE = 5;
    private static final int ASK = 6;
    private static final int ASK_SIZE = 7;

    @Override
    public int slots() {
        return 8;
    }

    @Override
    public void onTick(Moment now, double[] state, int at) {
        state[at + FLOW] = now.decayed(state[at + FLOW], halfLifeSeconds);
        state[at + DEPTH] = now.decayed(state[at + DEPTH], halfLifeSeconds);
        state[at + WEIGHT] = now.decayed(state[at + WEIGHT], halfLifeSeconds);
        if (now.isQuote()) {
            onQuote(now, state, at);
        }
    }

    private static void onQuote(Moment now, double[] state, int at) {
        double bidSize = now.bidSize();
        double askSize = now.askSize();
        boolean sized = !Double.isNaN(bidSize + askSize);
        if (sized) {
            if (state[at + QUOTED] != 0) {
                state[at + FLOW] += event(now, state, at);
            }
            state[at + DEPTH] += (bidSize + askSize) / 2;
            state[at + WEIGHT] += 1;
        }
        state[at + QUOTED] = sized ? 1 : 0;
        state[at + BID] = now.bidPrice();
        state[at + BID_SIZE] = bidSize;
        state[at + ASK] = now.askPrice();
        state[at + ASK_SIZE] = askSize;
    }

    private static double event(Moment now, double[] state, int at) {
        double bidBefore = state[at + BID];
        double askBefore = state[at + ASK];
        double event = 0;
        if (now.bidPrice() >= bidBefore) {
            event += now.bidSize();
        }
        if (now.bidPrice() <= bidBefore) {
            event -= state[at + BID_SIZE];
        }
        if (now.askPrice() <= askBefore) {
            event -= now.askSize();
        }
        if (now.askPrice() >= askBefore) {
            event += state[at + ASK_SIZE];
        }
        return event;
    }

    /** The imbalance; positive when bids build up or are paid for. */
    public double imbalance(Moment now, double[] state, int at) {
        double depth = state[at + DEPTH] / state[at + WEIGHT];
        return depth > 0 ? state[at + FLOW] / depth : Double.NaN;
    }
}
