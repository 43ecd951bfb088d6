package com.shivx.jobs.backfill;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The splits in checkpoints.
 *
 * <pre>
 * version 1:  int splits { long position, utf fingerprint, int paths { utf path }, 3 × { boolean given, utf } }
 *             the three: format, symbol, zone
 * </pre>
 */
final class TickFileSplitSerializer
        implements SimpleVersionedSerializer<Collection<TickFileSplit>> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(Collection<TickFileSplit> splits) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(splits.size());
        for (TickFileSplit split : splits) {
            out.writeLong(split.position());
            out.writeUTF(split.fingerprint());
            out.writeInt(split.files().paths().size());
            for (String path : split.files().paths()) {
                out.writeUTF(path);
            }
            writeOptional(out, split.files().format());
            writeOptional(out, split.files().symbol());
            writeOptional(out, split.files().zone());
        }
        return bytes.toByteArray();
    }

    @Override
    public Collection<TickFileSplit> deserialize(int version, byte[] serialized)
            throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "splits of version " + version + " are from a later release; this one knows 1");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        List<TickFileSplit> splits = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            long position = in.readLong();
            String fingerprint = in.readUTF();
            List<String> paths = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                paths.add(in.readUTF());
            }
            TickFileSet files =
                    new TickFileSet(paths, readOptional(in), readOptional(in), readOptional(in));
            splits.add(new TickFileSplit(files, fingerprint, position));
        }
        return splits;
    }

    private static void writeOptional(DataOutputStream out, @Nullable String text)
            throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String readOptional(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
