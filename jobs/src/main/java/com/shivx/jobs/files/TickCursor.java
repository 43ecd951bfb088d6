package com.shivx.jobs.files;

import com.shivx.features.tick.Tick;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one file, each with its place in time: the key by which files are merged.
 *
 * <p>The key of a tick is its time of reception. But one stray time must not hold back the rest of
 * its file until all others are through, so a time more than {@link #MAX_JUMP} ahead of the key
 * before it is believed only if it is not as far ahead of the median of itself and the up to 15
 * rows after it; nor is the first time. What is not believed takes the key before it, and so does a
 * time as far behind, and what is no tick. Of the first row it is the earliest of the times around
 * that median.
 */
final class TickCursor implements Closeable {

    /** What quality allows a symbol as well. */
    static final Duration MAX_JUMP = Duration.ofDays(7);

    private static final long MAX_JUMP_MICROS = TimeUnit.MICROSECONDS.convert(MAX_JUMP);
    private static final int WINDOW = 16;

    private final TickFileReader reader;

    /** Rows read ahead; empty but for the neighbourhood of a jump. */
    private final Deque<TickRow> ahead = new ArrayDeque<>();

    private @Nullable TickRow head;
    private boolean hasKey;
    private long key = Long.MIN_VALUE;

    /** Opens the file and goes to its first row. */
    TickCursor(TickFile file, Set<String> receptionClock, long rowsBefore)
            throws TickFileException {
        reader = new TickFileReader(file, receptionClock, rowsBefore);
        try {
            advance();
        } catch (TickFileException e) {
            reader.close();
            throw e;
        }
    }

    /** The row at which the cursor stands; null at the end. */
    @Nullable TickRow head() {
        return head;
    }

    /** Its place in time. */
    long key() {
        return key;
    }

    /** The file being read. */
    TickFileReader reader() {
        return reader;
    }

    /** Goes to the next row. */
    void advance() throws TickFileException {
        TickRow row = ahead.isEmpty() ? reader.next() : ahead.removeFirst();
        head = row;
        Tick tick = row == null ? null : row.tick();
        if (tick != null) {
            key = keyOf(tick.receivedMicros());
            hasKey = true;
        }
    }

    private long keyOf(long received) throws TickFileException {
        if (hasKey && !isFarAhead(received, key)) {
            return isFarAhead(key, received) ? key : received;
        }
        readAhead();
        if (hasKey && ahead.isEmpty()) {
            return key;
        }
        long[] times = timesFrom(received);
        long median = times[(times.length - 1) / 2];
        if (!isFarAhead(received, median)) {
            return received;
        }
        return hasKey ? key : earliestAround(median, times);
    }

    private void readAhead() throws TickFileException {
        while (ahead.size() < WINDOW - 1) {
            TickRow row = reader.next();
            if (row == null) {
                return;
            }
            ahead.addLast(row);
        }
    }

    /** That time and those of the rows read ahead, sorted. */
    private long[] timesFrom(long received) {
        long[] times = new long[WINDOW];
        int count = 0;
        times[count++] = received;
        for (TickRow row : ahead) {
            Tick tick = row.tick();
            if (tick != null) {
                times[count++] = tick.receivedMicros();
            }
        }
        Arrays.sort(times, 0, count);
        return Arrays.copyOf(times, count);
    }

    private static long earliestAround(long median, long[] sorted) {
        int i = 0;
        while (isFarAhead(median, sorted[i])) {
            i++;
        }
        return sorted[i];
    }

    private static boolean isFarAhead(long time, long of) {
        long distance = time - of;
        // Negative where it does not fit a long.
        return time > of && (distance > MAX_JUMP_MICROS || distance < 0);
    }

    @Override
    public void close() throws TickFileException {
        reader.close();
    }
}
