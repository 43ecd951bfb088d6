package com.shivx.jobs.backfill;

import com.shivx.jobs.ingest.Ingested;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceSplit;

/**
 * The one split of a tick file source: all rows of all files in their merged order, from a position
 * on.
 *
 * @param files which files
 * @param fingerprint of their tape when the job was submitted
 * @param position rows that have been read before
 */
record TickFileSplit(TickFileSet files, String fingerprint, long position)
        implements IteratorSourceSplit<Ingested, TickFileRows> {

    @Override
    public String splitId() {
        return "tick-files";
    }

    @Override
    public TickFileRows getIterator() {
        return TickFileRows.open(files, fingerprint, position);
    }

    @Override
    public IteratorSourceSplit<Ingested, TickFileRows> getUpdatedSplitForIterator(
            TickFileRows rows) {
        return new TickFileSplit(files, fingerprint, rows.position());
    }
}
