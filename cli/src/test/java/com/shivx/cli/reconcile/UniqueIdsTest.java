package com.shivx.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UniqueIdsTest {

    @TempDir Path directory;

    @Test
    void countsEveryIdOnce() throws Exception {
        try (UniqueIds ids = new UniqueIds(directory)) {
            for (int i = 0; i < 30_000; i++) {
                ids.add("sim:BTCUSD~Q~" + i % 20_000);
            }

            assertThat(ids.count()).isEqualTo(20_000);
        }
    }

    @Test
    void countsNothingInNothing() throws Exception {
        try (UniqueIds ids = new UniqueIds(directory)) {
            assertThat(ids.count()).isZero();
        }
    }

    @Test
    void leavesNoFileBehind() throws Exception {
        try (UniqueIds ids = new UniqueIds(directory)) {
            ids.add("a");
        }

        assertThat(directory).isEmptyDirectory();
    }
}
