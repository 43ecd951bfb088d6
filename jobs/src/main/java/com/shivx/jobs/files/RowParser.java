package com.shivx.jobs.files;

import com.shivx.jobs.wire.TickFields;
import com.shivx.jobs.wire.UnreadableTickException;

/**
 * Reads the fields of one row, and asks for none that must be there: that is the same for all
 * formats and decided after.
 */
interface RowParser {

    /** Fills in the fields of a row, and no others. */
    void read(byte[] bytes, int offset, int length, TickFields into) throws UnreadableTickException;
}
