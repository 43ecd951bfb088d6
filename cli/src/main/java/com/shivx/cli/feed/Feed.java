package com.shivx.cli.feed;

import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.DeadLetter;
import java.io.IOException;

/**
 * Ticks in their order, and rows no tick can be made of. One thread reads; any may ask how far it
 * has come.
 */
public interface Feed extends AutoCloseable {

    /** The number of rows of a feed that never ends. */
    long ENDLESS = Long.MAX_VALUE;

    /** What takes the rows. */
    interface Receiver {

        /** A tick, in its place in the order. */
        void tick(Tick tick) throws InterruptedException;

        /** A row that is no tick. */
        void deadLetter(DeadLetter row);
    }

    /** What is fed, in a few words. */
    String title();

    /** Hands over the next row; false at the end, where it hands over nothing. */
    boolean next(Receiver receiver) throws IOException, InterruptedException;

    /** Rows from beginning to end; {@link #ENDLESS} where there is no end. */
    long rows();

    @Override
    void close() throws IOException;
}
