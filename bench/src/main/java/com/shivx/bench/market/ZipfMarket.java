package com.shivx.bench.market;

import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Endless quotes and trades of many symbols, three quotes to a trade, the symbol of each drawn by
 * Zipf's law with exponent 1. The same arguments give the same ticks.
 *
 * <p>It opens with one quote of every symbol, a minute before the rest: so the whole state is there
 * from the start, and every symbol is warm when the second of its ticks comes.
 */
public final class ZipfMarket {

    /** Quotes and trades a second of event time, of all symbols together. */
    public static final double TICKS_PER_SECOND = 50_000;

    /** From the first quote of the opening to the rest: what {@code market-v1} takes to warm up. */
    public static final long OPENING_MICROS = 62_000_000;

    private static final long OPENING_SPREAD_MICROS = 1_000_000;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double CENTS = 100;
    private static final int LEAST_CENTS = 500;

    private final SplittableRandom random;
    private final ZipfRanks ranks;
    private final String[] symbols;
    private final int[] bidCents;
    private final long[] quotes;
    private final long[] trades;
    private final long startMicros;
    private double micros;
    private int opened;

    /**
     * A market that opens at {@code startMicros}, event time in microseconds since the epoch.
     *
     * @param symbols how many
     * @param seed of all that is drawn
     */
    public ZipfMarket(int symbols, long seed, long startMicros) {
        this.startMicros = startMicros;
        random = new SplittableRandom(seed);
        ranks = new ZipfRanks(symbols);
        this.symbols = new String[symbols];
        bidCents = new int[symbols];
        quotes = new long[symbols];
        trades = new long[symbols];
        for (int k = 0; k < symbols; k++) {
            this.symbols[k] = String.format(Locale.ROOT, "bench:S%07d", k + 1);
            bidCents[k] = 2 * LEAST_CENTS + random.nextInt(50_000);
        }
        micros = OPENING_MICROS;
    }

    /** How many symbols there are. */
    public int symbols() {
        return symbols.length;
    }

    /** The same without the quotes that it opens with, where none was taken yet. */
    public ZipfMarket afterOpening() {
        while (opened < symbols.length) {
            next();
        }
        return this;
    }

    /** The next tick, at its own event time. */
    public Tick next() {
        if (opened < symbols.length) {
            return open(startMicros + OPENING_SPREAD_MICROS * opened / symbols.length);
        }
        micros -= StrictMath.log(1 - random.nextDouble()) / TICKS_PER_SECOND * MICROS_PER_SECOND;
        return tickAt(startMicros + (long) micros);
    }

    /**
     * The first quote of the next symbol that has had none; there are {@link #symbols()} of them.
     */
    public Tick open(long eventTimeMicros) {
        return quote(opened++, eventTimeMicros);
    }

    /** A tick at that event time, of any symbol. */
    public Tick tickAt(long eventTimeMicros) {
        int rank = ranks.draw(random);
        return random.nextInt(4) == 0 ? trade(rank, eventTimeMicros) : quote(rank, eventTimeMicros);
    }

    private Tick quote(int rank, long eventTimeMicros) {
        int move = random.nextInt(8);
        int cents = bidCents[rank] + (move == 0 ? 1 : move == 1 ? -1 : 0);
        bidCents[rank] = Math.max(LEAST_CENTS, cents);
        return Tick.quote(
                symbols[rank],
                eventTimeMicros,
                eventTimeMicros,
                ++quotes[rank],
                bidCents[rank] / CENTS,
                100 * (1 + random.nextInt(20)),
                (bidCents[rank] + 1 + random.nextInt(3)) / CENTS,
                100 * (1 + random.nextInt(20)));
    }

    private Tick trade(int rank, long eventTimeMicros) {
        boolean buys = random.nextBoolean();
        return Tick.trade(
                symbols[rank],
                eventTimeMicros,
                eventTimeMicros,
                ++trades[rank],
                (bidCents[rank] + (buys ? 1 : 0)) / CENTS,
                1 + random.nextInt(500),
                buys ? Aggressor.BUY : Aggressor.SELL);
    }
}
