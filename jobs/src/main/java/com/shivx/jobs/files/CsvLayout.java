package com.shivx.jobs.files;

import com.shivx.features.tick.TickKind;
import com.shivx.jobs.wire.TickField;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a kind of CSV mean; columns that are not named are ignored.
 *
 * @param kind kind of every row; null where a column tells
 * @param mayLackExchangeTime whether rows may have a time of reception only
 * @param columns fields by name of column
 * @param required columns without which a header is another's, besides that of the symbol
 */
record CsvLayout(
        @Nullable TickKind kind,
        boolean mayLackExchangeTime,
        Map<String, TickField> columns,
        Set<String> required) {

    /** How many columns of a header mean something. */
    long known(List<String> header) {
        return header.stream().filter(columns::containsKey).count();
    }

    /** What is wrong with a header; null where nothing is. */
    @Nullable String problem(List<String> header, boolean symbolIsGiven) {
        Set<String> missing = new TreeSet<>(required);
        if (!symbolIsGiven) {
            missing.add(TickField.SYMBOL.wireName());
        }
        missing.removeAll(header);
        if (!missing.isEmpty()) {
            return "its header lacks " + String.join(", ", missing);
        }
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (!seen.add(column) && columns.containsKey(column)) {
                return "its header names " + column + " twice";
            }
        }
        return null;
    }
}
