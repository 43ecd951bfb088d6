package com.shivx.cli.feed;

import com.shivx.features.tick.Tick;
import com.shivx.jobs.files.BadRow;
import com.shivx.jobs.files.TickFileException;
import com.shivx.jobs.files.TickRow;
import com.shivx.jobs.files.TickRows;
import com.shivx.jobs.files.TickTape;

/** Ticks from files, merged in the order of their reception. */
public final class FileFeed implements Feed {

    /** Who finds dead letters here. */
    private static final String JOB = "file-reader";

    private final String title;
    private final long rows;
    private final TickRows reader;

    public FileFeed(String title, TickTape tape) throws TickFileException {
        this.title = title;
        rows = tape.rows();
        reader = tape.open();
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public boolean next(Receiver receiver) throws TickFileException, InterruptedException {
        TickRow row = reader.next();
        if (row == null) {
            return false;
        }
        Tick tick = row.tick();
        BadRow bad = row.bad();
        if (tick != null) {
            receiver.tick(tick);
        } else if (bad != null) {
            receiver.deadLetter(bad.toDeadLetter(row.file().name(), row.row(), JOB));
        }
        return true;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void close() throws TickFileException {
        reader.close();
    }
}
