package com.shivx.jobs.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.tick.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceSplit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickFileSplitTest {

    private static final String HEADER = "symbol,kind,event_time_micros,bid_price,ask_price\n";

    @TempDir Path folder;

    private TickFileSplit split;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("a.csv"), HEADER + rows(1, 4, 7));
        Files.writeString(folder.resolve("b.csv"), HEADER + rows(2, 3, 9));
        TickFileSet files = TickFileSet.of(List.of(folder.toString()), new Configuration());
        split = new TickFileSplit(files, files.inspect().fingerprint(), 0);
    }

    @Test
    void goesOnAtThePositionOfACheckpoint() throws Exception {
        for (int read = 0; read <= 6; read++) {
            try (TickFileRows rows = split.getIterator()) {
                List<Long> times = times(rows, read);
                IteratorSourceSplit<?, TickFileRows> stored =
                        stored((TickFileSplit) split.getUpdatedSplitForIterator(rows));
                try (TickFileRows rest = stored.getIterator()) {
                    times.addAll(times(rest, 6));
                }
                assertThat(times).containsExactly(1L, 2L, 3L, 4L, 7L, 9L);
            }
        }
    }

    @Test
    void refusesAPositionInFilesThatAreNoLongerWhatTheyWere() throws Exception {
        Files.writeString(folder.resolve("c.csv"), HEADER + rows(5));
        assertNoLongerTheSame();
        Files.delete(folder.resolve("c.csv"));
        split.getIterator().close();

        Files.writeString(folder.resolve("a.csv"), HEADER + rows(1, 4, 6, 7));
        assertNoLongerTheSame();
        Files.move(folder.resolve("b.csv"), folder.resolve("0.csv"));
        Files.writeString(folder.resolve("a.csv"), HEADER + rows(1, 4, 7));
        assertNoLongerTheSame();
    }

    private void assertNoLongerTheSame() {
        assertThatThrownBy(() -> split.getIterator())
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .hasMessage(
                        folder
                                + ": not what it was when the backfill was submitted: submit it"
                                + " again, with another backfill.output");
    }

    private static TickFileSplit stored(TickFileSplit split) throws IOException {
        TickFileSplitSerializer serializer = new TickFileSplitSerializer();
        return serializer
                .deserialize(serializer.getVersion(), serializer.serialize(List.of(split)))
                .iterator()
                .next();
    }

    private static List<Long> times(TickFileRows rows, int most) {
        List<Long> times = new ArrayList<>();
        while (times.size() < most && rows.hasNext()) {
            Tick tick = rows.next().tick();
            assertThat(tick).isNotNull();
            times.add(tick.eventTimeMicros());
        }
        return times;
    }

    private static String rows(int... times) {
        StringBuilder rows = new StringBuilder();
        for (int time : times) {
            rows.append("S,QUOTE,").append(time).append(",1,2\n");
        }
        return rows.toString();
    }
}
