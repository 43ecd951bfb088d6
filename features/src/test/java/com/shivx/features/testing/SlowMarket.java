package com.shivx.features.testing;

import com.shivx.features.Contract;
import com.shivx.features.bar.Bar;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A symbol's whole past as a list, and what features are made of, computed from that list anew each
 * time: the slow, obvious side that incremental kernels are held against.
 */
public final class SlowMarket {

    private static final double SESSION_GAP_SECONDS = 600;
    private static final long BAR_MICROS = 1_000_000;

    private final Contract contract;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable List<Bar> bars;

    public SlowMarket(Contract contract) {
        this.contract = contract;
    }

    /**
     * One tick in its place.
     *
     * @param micros its event time, or that of the latest before it where it came late
     * @param secondsElapsed since the entry before
     * @param sessionStart first ever, first after a gap, or first quote after trades
     * @param priced whether it brings a price
     * @param price the price as of then
     * @param sessionSeconds time since the first, leaving out the gaps before session starts
     */
    public record Entry(
            Tick tick,
            long micros,
            double secondsElapsed,
            boolean sessionStart,
            boolean priced,
            double price,
            double sessionSeconds) {

        public boolean isTrade() {
            return tick.kind() == TickKind.TRADE;
        }

        public boolean isQuote() {
            return tick.kind() == TickKind.QUOTE;
        }
    }

    /** Adds the next tick. Its price is the decimal it stands for, without a mid's rounding. */
    public void add(Tick tick) {
        bars = null;
        boolean quote = tick.kind() == TickKind.QUOTE;
        boolean quotedBefore = entries.stream().anyMatch(Entry::isQuote);
        if (entries.isEmpty()) {
            double price = price(tick);
            entries.add(new Entry(tick, tick.eventTimeMicros(), 0, true, true, price, 0));
            return;
        }
        Entry last = now();
        long micros = Math.max(last.micros, tick.eventTimeMicros());
        double elapsed = (micros - last.micros) / 1e6;
        boolean priced = quote || !quotedBefore;
        double price = priced ? price(tick) : last.price;
        boolean start = elapsed > SESSION_GAP_SECONDS || (quote && !quotedBefore);
        double sessionSeconds = last.sessionSeconds + (start ? 0 : elapsed);
        entries.add(new Entry(tick, micros, elapsed, start, priced, price, sessionSeconds));
    }

    private static double price(Tick tick) {
        double price = tick.kind() == TickKind.QUOTE ? tick.mid() : tick.price();
        return BigDecimal.valueOf(price).setScale(6, RoundingMode.HALF_EVEN).doubleValue();
    }

    /** The latest entry. */
    public Entry now() {
        return entries.get(entries.size() - 1);
    }

    /** Every entry, the latest last. */
    public List<Entry> entries() {
        return entries;
    }

    /** Entries of a kind, the latest last. */
    public List<Entry> entries(Predicate<Entry> which) {
        return entries.stream().filter(which).toList();
    }

    /** Entries since the latest session began. */
    public List<Entry> session() {
        int start = entries.size() - 1;
        while (!entries.get(start).sessionStart) {
            start--;
        }
        return entries.subList(start, entries.size());
    }

    /** {@code Σ w·x} over the entries, weights halving every half-life before now. */
    public double decayedSum(
            List<Entry> among, double halfLifeSeconds, ToDoubleFunction<Entry> value) {
        double sum = 0;
        for (Entry entry : among) {
            double age = (now().micros - entry.micros) / 1e6;
            sum += Math.pow(2, -age / halfLifeSeconds) * value.applyAsDouble(entry);
        }
        return sum;
    }

    /** Closed one-second bars of the session, empty ones spelt out, the latest last. */
    public List<Bar> bars() {
        if (bars == null) {
            bars = computeBars();
        }
        return bars;
    }

    private List<Bar> computeBars() {
        List<Entry> session = session();
        List<Bar> bars = new ArrayList<>();
        long first = Math.floorDiv(session.get(0).micros, BAR_MICROS);
        long open = Math.floorDiv(now().micros, BAR_MICROS);
        // A trade may begin a session of a quoted symbol: the price from before stands.
        double close = session.get(0).price;
        int next = 0;
        for (long index = first; index < open; index++) {
            List<Entry> inside = new ArrayList<>(1);
            while (Math.floorDiv(session.get(next).micros, BAR_MICROS) == index) {
                inside.add(session.get(next++));
            }
            Bar bar = bar(index * BAR_MICROS, close, inside);
            close = bar.close();
            bars.add(bar);
        }
        return bars;
    }

    private Bar bar(long start, double carried, List<Entry> inside) {
        if (inside.isEmpty()) {
            return new Bar(start, carried, carried, carried, carried, 0, 0, 0);
        }
        List<Double> prices = inside.stream().filter(Entry::priced).map(Entry::price).toList();
        if (prices.isEmpty()) {
            prices = List.of(carried);
        }
        List<Tick> trades = inside.stream().filter(Entry::isTrade).map(Entry::tick).toList();
        return new Bar(
                start,
                prices.get(0),
                prices.stream().mapToDouble(p -> p).max().orElseThrow(),
                prices.stream().mapToDouble(p -> p).min().orElseThrow(),
                prices.get(prices.size() - 1),
                trades.stream().mapToDouble(Tick::size).sum(),
                trades.stream().mapToDouble(t -> t.price() * t.size()).sum(),
                trades.stream().mapToDouble(t -> contract.notional(t.price(), t.size())).sum());
    }

    /** The last bars, the latest last; empty where there are not so many. */
    public List<Bar> lastBars(int count) {
        List<Bar> bars = bars();
        return bars.size() < count ? List.of() : bars.subList(bars.size() - count, bars.size());
    }
}
