package com.shivx.features.returns;

import com.shivx.features.BarKernel;
import com.shivx.features.Moment;
import com.shivx.features.bar.Bar;
import com.shivx.features.bar.Ring;

/**
 * Log return of the price now against the close of a bar before the open one: {@code ln(price) −
 * ln(close)}. One bar back is the last closed bar, so with bars of a second the return over n
 * seconds spans n − 1 to n seconds. NaN until so many bars are closed; a session gap starts anew.
 *
 * @param bars farthest bar that can be asked for
 */
public record LogReturns(int bars) implements BarKernel {

    @Override
    public int slots() {
        return ring().slots();
    }

    @Override
    public void onBar(Bar bar, double[] state, int at) {
        ring().add(StrictMath.log(bar.close()), state, at);
    }

    @Override
    public void onEmptyBars(long count, double close, double[] state, int at) {
        Ring ring = ring();
        ring.add(ring.back(1, state, at), count, state, at);
    }

    /** The return since the close of that many bars ago; warm after as many bars. */
    public double over(int barsAgo, Moment now, double[] state, int at) {
        return now.logPrice() - ring().back(barsAgo, state, at);
    }

    private Ring ring() {
        return new Ring(bars);
    }
}
