package com.shivx.jobs.backfill;

import com.shivx.jobs.ingest.Ingested;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReaderBase;

/** Emits the rows of the split and closes its files, at their end or in the middle. */
final class TickFileSourceReader
        extends IteratorSourceReaderBase<Ingested, Ingested, TickFileRows, TickFileSplit> {

    TickFileSourceReader(SourceReaderContext context) {
        super(context);
    }

    @Override
    protected Ingested convert(Ingested row) {
        return row;
    }

    @Override
    protected void finishSplit() {
        try {
            close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close the tick files", e);
        }
        super.finishSplit();
    }

    @Override
    public void close() throws Exception {
        if (iterator != null) {
            iterator.close();
        }
        super.close();
    }
}
