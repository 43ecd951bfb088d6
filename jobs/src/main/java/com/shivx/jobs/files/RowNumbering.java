package com.shivx.jobs.files;

import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Numbers the rows of ticks without sequence, whose number tells them apart in the vector id.
 *
 * <p>A row has its number within its file, so that a file read alone gives the ids that it gives
 * among others. Only where files overlap, that is, hold ticks of the same symbol and kind over
 * common event times, the later file in the order of the tape goes on after the last row of the
 * earlier. Hence two ticks of the same symbol and kind never have the same event time and number,
 * unless their feed itself numbered them so in a field {@code row}, which is left as it is.
 *
 * <p>One instance watches one inspection. Memory grows with the number of symbols without sequence
 * in each file.
 */
final class RowNumbering {

    private final List<Map<Feed, Span>> files = new ArrayList<>();

    /** Ticks that are told apart by their numbers. */
    private record Feed(String symbol, TickKind kind) {}

    /** The ticks that follow are those of the next file. */
    void startFile() {
        files.add(new HashMap<>());
    }

    /** A tick as its file gives it by itself. */
    void add(Tick tick) {
        if (!tick.hasSequence()) {
            files.get(files.size() - 1)
                    .computeIfAbsent(new Feed(tick.symbol(), tick.kind()), feed -> new Span())
                    .add(tick);
        }
    }

    /**
     * The files with the rows that count before the first of each.
     *
     * @param inspected the files as they were watched
     * @param receptionClock symbols whose event time will be the time of reception
     */
    List<InspectedFile> number(List<InspectedFile> inspected, Set<String> receptionClock) {
        Map<Feed, NavigableMap<Long, Taken>> taken = new HashMap<>();
        List<InspectedFile> numbered = new ArrayList<>();
        for (int i = 0; i < inspected.size(); i++) {
            List<Taken> own = new ArrayList<>();
            long rowsBefore = 0;
            for (Map.Entry<Feed, Span> entry : files.get(i).entrySet()) {
                Feed feed = entry.getKey();
                boolean byReception = receptionClock.contains(feed.symbol());
                Taken joined = entry.getValue().taken(byReception);
                joined.join(taken.computeIfAbsent(feed, unseen -> new TreeMap<>()));
                rowsBefore = Math.max(rowsBefore, joined.lastRow);
                own.add(joined);
            }
            InspectedFile file = inspected.get(i);
            for (Taken each : own) {
                each.lastRow = rowsBefore + file.rows();
            }
            numbered.add(new InspectedFile(file.file(), file.rows(), file.firstKey(), rowsBefore));
        }
        return numbered;
    }

    /** When ticks of one feed in one file happened, by either clock. */
    private static final class Span {

        private long firstEvent = Long.MAX_VALUE;
        private long lastEvent = Long.MIN_VALUE;
        private long firstReceived = Long.MAX_VALUE;
        private long lastReceived = Long.MIN_VALUE;

        void add(Tick tick) {
            firstEvent = Math.min(firstEvent, tick.eventTimeMicros());
            lastEvent = Math.max(lastEvent, tick.eventTimeMicros());
            firstReceived = Math.min(firstReceived, tick.receivedMicros());
            lastReceived = Math.max(lastReceived, tick.receivedMicros());
        }

        Taken taken(boolean byReception) {
            return byReception
                    ? new Taken(firstReceived, lastReceived)
                    : new Taken(firstEvent, lastEvent);
        }
    }

    /** Event times, both ends included, at which a feed's numbers up to one are taken. */
    private static final class Taken {

        private long first;
        private long last;
        private long lastRow;

        Taken(long first, long last) {
            this.first = first;
            this.last = last;
        }

        /**
         * Takes its place among others, with all that overlap it become part of it.
         *
         * @param others by their first time; no two of them overlap
         */
        void join(NavigableMap<Long, Taken> others) {
            for (Map.Entry<Long, Taken> other = others.floorEntry(last);
                    other != null && other.getValue().last >= first;
                    other = others.floorEntry(last)) {
                first = Math.min(first, other.getValue().first);
                last = Math.max(last, other.getValue().last);
                lastRow = Math.max(lastRow, other.getValue().lastRow);
                others.remove(other.getKey());
            }
            others.put(first, this);
        }
    }
}
