package com.shivx.operators.features;

import com.shivx.features.SymbolState;
import com.shivx.operators.state.StoredValues;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/** The states of symbols under keyed state, whichever symbol the engine is at. */
record SymbolValues(KeyContext context, ValueState<SymbolState> state)
        implements StoredValues<String, SymbolState> {

    @Override
    public @Nullable SymbolState read(String symbol) throws Exception {
        context.setCurrentKey(symbol);
        return state.value();
    }

    @Override
    public void write(String symbol, SymbolState value) throws Exception {
        context.setCurrentKey(symbol);
        state.update(value);
    }
}
