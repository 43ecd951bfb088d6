package com.shivx.features;

import java.util.List;

/**
 * Contracts by symbol; part of a feature set and of its hash.
 *
 * @param rules the first whose prefix begins the symbol decides; no match is {@link Contract#UNIT}
 */
public record ContractRules(List<Rule> rules) {

    /** Every size counts the underlying itself. */
    public static final ContractRules UNIT = new ContractRules(List.of());

    public ContractRules {
        rules = List.copyOf(rules);
    }

    /** The contract of a symbol. */
    public Contract of(String symbol) {
        for (Rule rule : rules) {
            if (symbol.startsWith(rule.symbolPrefix)) {
                return rule.contract;
            }
        }
        return Contract.UNIT;
    }

    /** Symbols that begin so have that contract. */
    public record Rule(String symbolPrefix, Contract contract) {}
}
