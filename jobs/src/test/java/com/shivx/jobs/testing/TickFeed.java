package com.shivx.jobs.testing;

import com.shivx.features.tick.Tick;
import java.util.List;
import java.util.concurrent.Callable;

/** A tape that is sent to a scoring run bit by bit. */
public final class TickFeed {

    private final Scoring run;
    private final List<Tick> tape;
    private int sent;

    /** Nothing is sent yet. */
    public TickFeed(Scoring run, List<Tick> tape) {
        this.run = run;
        this.tape = tape;
    }

    /** Sends so many more; fails when the tape does not have them. */
    public void send(int ticks) {
        int to = sent + ticks;
        if (to > tape.size()) {
            throw new AssertionError(
                    "the tape of %d ticks is too short for all that is waited for"
                            .formatted(tape.size()));
        }
        run.send(tape.subList(sent, to));
        sent = to;
    }

    /** Returns when the condition holds; until then so many ticks flow whenever it is looked at. */
    public void flowUntil(String what, int ticksAtATime, Callable<Boolean> condition)
            throws Exception {
        Until.holds(
                what,
                () -> {
                    send(ticksAtATime);
                    return condition.call();
                });
    }

    /** What has been sent so far. */
    public List<Tick> sent() {
        return tape.subList(0, sent);
    }
}
