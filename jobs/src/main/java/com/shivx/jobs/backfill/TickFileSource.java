package com.shivx.jobs.backfill;

import com.shivx.jobs.files.TickFileException;
import com.shivx.jobs.ingest.Ingested;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceEnumerator;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * All rows of tick files, once, in the order replay has them. One split and so one reader, however
 * many there are: the order of a symbol's ticks over several files is the merge's. After a failure
 * the files are read again up to the position of the checkpoint; where they are no longer what they
 * were, that position means nothing and the job fails for good.
 */
public final class TickFileSource
        implements Source<Ingested, TickFileSplit, Collection<TickFileSplit>> {

    private static final long serialVersionUID = 1;

    private final TickFileSet files;
    private final String fingerprint;

    private TickFileSource(TickFileSet files, String fingerprint) {
        this.files = files;
        this.fingerprint = fingerprint;
    }

    /**
     * A source of the files that the options name.
     *
     * @throws TickFileException if one is missing, damaged or of no known format: all are read
     *     through once, here
     */
    public static TickFileSource of(List<String> paths, ReadableConfig options)
            throws TickFileException {
        TickFileSet files = TickFileSet.of(paths, options);
        return new TickFileSource(files, files.inspect().fingerprint());
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<Ingested, TickFileSplit> createReader(SourceReaderContext context) {
        return new TickFileSourceReader(context);
    }

    @Override
    public SplitEnumerator<TickFileSplit, Collection<TickFileSplit>> createEnumerator(
            SplitEnumeratorContext<TickFileSplit> context) {
        return new IteratorSourceEnumerator<>(
                context, List.of(new TickFileSplit(files, fingerprint, 0)));
    }

    @Override
    public SplitEnumerator<TickFileSplit, Collection<TickFileSplit>> restoreEnumerator(
            SplitEnumeratorContext<TickFileSplit> context, Collection<TickFileSplit> checkpoint) {
        return new IteratorSourceEnumerator<>(context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<TickFileSplit> getSplitSerializer() {
        TickFileSplitSerializer all = new TickFileSplitSerializer();
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return all.getVersion();
            }

            @Override
            public byte[] serialize(TickFileSplit split) throws IOException {
                return all.serialize(List.of(split));
            }

            @Override
            public TickFileSplit deserialize(int version, byte[] serialized) throws IOException {
                return all.deserialize(version, serialized).iterator().next();
            }
        };
    }

    @Override
    public SimpleVersionedSerializer<Collection<TickFileSplit>>
            getEnumeratorCheckpointSerializer() {
        return new TickFileSplitSerializer();
    }
}
