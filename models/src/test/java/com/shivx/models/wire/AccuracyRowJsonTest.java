package com.shivx.models.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.drift.accuracy.SymbolHashes;
import com.shivx.models.Role;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccuracyRowJsonTest {

    private static final AccuracyRowJson JSON = new AccuracyRowJson();

    private static AccuracyRow row(int symbols) {
        AccuracyCounts counts = new AccuracyCounts();
        for (int i = 0; i < symbols; i++) {
            counts.addMissing();
            counts.addSource(SymbolHashes.of("symbol" + i), i % 10 == 0);
        }
        return new AccuracyRow(
                new AccuracyKey("direction", "2.0.0", Role.CANARY, 60_000_000),
                0,
                60_000_000,
                counts,
                List.of());
    }

    private static ObjectNode tree(AccuracyRow row) throws Exception {
        return (ObjectNode) JsonFields.MAPPER.readTree(JSON.write(row));
    }

    private static AccuracyCounts read(ObjectNode tree) throws Exception {
        return JSON.read(JsonFields.MAPPER.writeValueAsBytes(tree)).counts();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 5_000})
    void symbolsAndServedShareAreReadAsWritten(int symbols) throws Exception {
        AccuracyRow row = row(symbols);
        assertThat(tree(row).get("symbols").asInt()).isEqualTo(Math.min(symbols, 100));

        assertThat(read(tree(row))).usingRecursiveComparison().isEqualTo(row.counts());
    }

    /** What rows say of symbols adds up, as all else that they say. */
    @Test
    void rowsThatWereReadAddUp() throws Exception {
        AccuracyCounts sum = read(tree(row(60)));
        sum.add(read(tree(row(80))));

        assertThat(sum.symbols()).isEqualTo(80);
        assertThat(sum.served).isEqualTo(14);
        assertThat(sum.unserved).isEqualTo(126);
    }

    @Test
    void aRowOfAnEarlierReleaseTellsNeither() throws Exception {
        ObjectNode earlier = tree(row(12));
        earlier.remove(List.of("symbols", "served", "unserved"));
        ((ObjectNode) earlier.get("sums")).remove("symbol_hashes");

        AccuracyCounts counts = read(earlier);
        assertThat(counts.missing).isEqualTo(12);
        assertThat(counts.symbols()).isZero();
        assertThat(counts.servedShare()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "\"x\"", "{\"a\":1}", "[1, 2.5]", "[\"x\"]", "[null]"})
    void refusesHashesThatAreNone(String hashes) throws Exception {
        ObjectNode wrong = tree(row(12));
        ((ObjectNode) wrong.get("sums")).set("symbol_hashes", JsonFields.MAPPER.readTree(hashes));

        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("sums.symbol_hashes");
    }
}
