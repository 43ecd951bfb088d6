package com.shivx.cli.market;

import com.shivx.features.tick.Tick;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * An endless market of twelve symbols with independent noise, tick by tick in event-time order
 * (symbols in fixed order where times are equal). A tick is received when it happens: {@code
 * receivedMicros} is the event time. A function of its {@link MarketConfig} alone.
 */
public final class SimulatedMarket implements Iterator<Tick> {

    private final List<InstrumentTape> tapes = new ArrayList<>();

    public SimulatedMarket(MarketConfig config) {
        for (Instrument instrument : Instrument.ALL) {
            tapes.add(new InstrumentTape(instrument, tapes.size(), config));
        }
    }

    /** The symbols that trade on it. */
    public static List<String> symbols() {
        return Instrument.ALL.stream().map(Instrument::symbol).toList();
    }

    /** Always: the market never closes. */
    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Tick next() {
        InstrumentTape first = tapes.get(0);
        for (InstrumentTape tape : tapes) {
            if (tape.nextMicros() < first.nextMicros()) {
                first = tape;
            }
        }
        return first.next();
    }
}
