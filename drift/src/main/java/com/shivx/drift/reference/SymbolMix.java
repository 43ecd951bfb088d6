package com.shivx.drift.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the rows of a reference are spread over symbols: the largest {@link #LARGEST} by name, all
 * others as one. Other rows are reweighted to it before they are compared, so that a symbol that is
 * absent, or louder than it was, is no drift of the features.
 *
 * @param symbols the largest, by falling share
 * @param shares of all rows, one a symbol
 * @param rest share of all other symbols together
 */
public record SymbolMix(List<String> symbols, double[] shares, double rest) {

    /** How many symbols are named. */
    public static final int LARGEST = 100;

    public SymbolMix {
        symbols = List.copyOf(symbols);
        if (symbols.size() != shares.length) {
            throw new IllegalArgumentException(
                    "%d symbols have %d shares; give each its own"
                            .formatted(symbols.size(), shares.length));
        }
    }

    /** The mix of counted rows; those of equal size by name. */
    public static SymbolMix of(List<String> names, long[] rows) {
        List<Integer> order = new ArrayList<>();
        double all = 0;
        for (int i = 0; i < rows.length; i++) {
            all += rows[i];
            if (rows[i] > 0) {
                order.add(i);
            }
        }
        order.sort(
                Comparator.comparingLong((Integer i) -> rows[i])
                        .reversed()
                        .thenComparing(names::get));
        int named = Math.min(LARGEST, order.size());
        List<String> symbols = new ArrayList<>();
        double[] shares = new double[named];
        for (int i = 0; i < named; i++) {
            symbols.add(names.get(order.get(i)));
            shares[i] = rows[order.get(i)] / all;
        }
        double rest = 0;
        for (int i : order.subList(named, order.size())) {
            rest += rows[i] / all;
        }
        return new SymbolMix(symbols, shares, rest);
    }

    /** How many groups there are: the named symbols, and the rest as the last. */
    public int groups() {
        return shares.length + 1;
    }

    /** The group of each symbol; a symbol that the reference did not know is of the rest. */
    public int[] groupsOf(List<String> names) {
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < symbols.size(); i++) {
            known.put(symbols.get(i), i);
        }
        return names.stream().mapToInt(name -> known.getOrDefault(name, shares.length)).toArray();
    }

    /**
     * What each row of a group counts for, so that the groups that have rows come to their share of
     * the reference and all rows together to their number: {@code share/Σ shares of those present ·
     * N/n}. 0 where the reference had nothing; all 1 if it had none of those present.
     *
     * @param rowsOfGroup one a group
     */
    public double[] weights(long[] rowsOfGroup) {
        double all = 0;
        double present = 0;
        for (int group = 0; group < groups(); group++) {
            all += rowsOfGroup[group];
            present += rowsOfGroup[group] > 0 ? share(group) : 0;
        }
        double[] weights = new double[groups()];
        for (int group = 0; group < groups(); group++) {
            if (present == 0) {
                weights[group] = 1;
            } else if (rowsOfGroup[group] > 0) {
                weights[group] = share(group) / present * all / rowsOfGroup[group];
            }
        }
        return weights;
    }

    private double share(int group) {
        return group < shares.length ? shares[group] : rest;
    }
}
