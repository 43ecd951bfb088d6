package com.shivx.cli.demo;

import java.time.Duration;

/** Where the demo shows how it goes. */
interface Display extends AutoCloseable {

    /** How long to wait before the next status: as often as a person can read. */
    Duration interval();

    /** Shows a status. */
    void show(DemoStatus status);

    /** Gives the terminal back as it was. */
    @Override
    void close();
}
