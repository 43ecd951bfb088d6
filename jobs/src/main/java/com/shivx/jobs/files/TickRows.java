package com.shivx.jobs.files;

import java.io.Closeable;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of several files in the order of their reception; of equal times in that of the files,
 * of one file in that of its rows.
 *
 * <p>Invariant: {@link #others} holds every file that is not through and not {@link #current}, by
 * the key of its next row. A file is opened when its first row is due, so that a year of daily
 * files is never open at once.
 */
public final class TickRows implements Closeable {

    private final Set<String> receptionClock;
    private final PriorityQueue<Source> others = new PriorityQueue<>();
    private @Nullable Source current;
    private long position;

    TickRows(List<InspectedFile> files, Set<String> receptionClock) {
        this.receptionClock = receptionClock;
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).rows() > 0) {
                others.add(new Source(i, files.get(i)));
            }
        }
        current = others.poll();
    }

    /** The next row; null at the end. */
    public @Nullable TickRow next() throws TickFileException {
        Source source = current;
        if (source == null) {
            return null;
        }
        TickRow row = source.take(receptionClock);
        position++;
        Source first = others.peek();
        if (source.isThrough()) {
            current = others.poll();
        } else if (first != null && first.compareTo(source) < 0) {
            current = others.poll();
            others.add(source);
        }
        return row;
    }

    /** Passes over rows, to go on where an earlier reader stopped. */
    public void skip(long rows) throws TickFileException {
        for (long i = 0; i < rows && next() != null; i++) {}
    }

    /** Rows given so far: what {@link #skip} takes to come back here. */
    public long position() {
        return position;
    }

    @Override
    public void close() throws TickFileException {
        if (current != null) {
            current.close();
        }
        for (Source source : others) {
            source.close();
        }
    }

    /** One file in the merge. */
    private static final class Source implements Comparable<Source> {

        private final int index;
        private final InspectedFile inspected;
        private long key;
        private @Nullable TickCursor cursor;
        private boolean through;

        Source(int index, InspectedFile inspected) {
            this.index = index;
            this.inspected = inspected;
            this.key = inspected.firstKey();
        }

        /** The file's next row; there is one. */
        TickRow take(Set<String> receptionClock) throws TickFileException {
            TickCursor open = cursor;
            if (open == null) {
                open = new TickCursor(inspected.file(), receptionClock, inspected.rowsBefore());
                cursor = open;
            }
            TickRow row = open.head();
            if (row != null) {
                open.advance();
                key = open.key();
                through = open.head() == null;
            }
            if (row == null || (through && row.row() != inspected.rows())) {
                throw new TickFileException(
                        inspected.file().path(), "has changed since it was inspected: start again");
            }
            if (through) {
                open.close();
            }
            return row;
        }

        boolean isThrough() {
            return through;
        }

        void close() throws TickFileException {
            if (cursor != null) {
                cursor.close();
            }
        }

        @Override
        public int compareTo(Source other) {
            int byKey = Long.compare(key, other.key);
            return byKey != 0 ? byKey : Integer.compare(index, other.index);
        }
    }
}
