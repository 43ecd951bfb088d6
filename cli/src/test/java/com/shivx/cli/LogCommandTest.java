package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code shivx log describe} says of logs that are not as they should be. */
class LogCommandTest {

    @TempDir Path folder;

    @Test
    void saysWhereThereIsNoLog() throws Exception {
        CommandRun run = CommandRun.of("log", "describe", folder.resolve("nothing").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("nothing", "there is no such folder", "the log job writes to");
    }

    @Test
    void saysThatNothingIsFinishedYet() throws Exception {
        Path date = Files.createDirectories(folder.resolve("predictions/event_date=2024-08-01"));
        Files.write(date.resolve(".part-0.avro.inprogress.1"), new byte[3]);

        CommandRun run = CommandRun.of("log", "describe", folder.toString());

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out())
                .contains("holds nothing finished yet")
                .contains("not finished, and not read (1):")
                .contains(".part-0.avro.inprogress.1");
    }

    @Test
    void namesFilesThatCannotBeReadAndMissingDates() throws Exception {
        for (String date : new String[] {"2024-08-01", "2024-08-02", "2024-08-05"}) {
            Path folderOfDate =
                    Files.createDirectories(folder.resolve("predictions/event_date=" + date));
            Files.write(folderOfDate.resolve("part-0.avro"), new byte[3]);
        }
        Files.writeString(folder.resolve("predictions/notes.txt"), "ours");

        CommandRun run = CommandRun.of("log", "describe", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("dates     2024-08-01 .. 2024-08-05")
                .contains("rows      0 in 3 files of 9 B")
                .contains("missing   2024-08-03..2024-08-04")
                .contains("of no job, and not read (1):")
                .contains("unreadable (3):")
                .contains("part-0.avro: cannot be opened");
    }
}
