package com.shivx.features.testing;

import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Good ticks of one symbol with everything that is hard about real ones: bursts and silences on
 * either side of a bar and of a session, ticks that come late, prices that rest, books that lock.
 * The same seed gives the same tape.
 *
 * @param symbol the symbol
 * @param seed seed of the randomness
 * @param quoteShare share of quotes among the ticks: 1 quotes only, 0 trades only
 * @param tradesFirst trades before the first quote may come
 * @param sizedQuoteShare share of quotes with sizes
 */
public record SimulatedTape(
        String symbol, long seed, double quoteShare, int tradesFirst, double sizedQuoteShare) {

    private static final long START_MICROS = 1_700_000_000_123_456L;
    private static final double TICK_SIZE = 0.01;

    /** Trades and quotes mixed. */
    public static SimulatedTape mixed(long seed) {
        return new SimulatedTape("sim:MIXED", seed, 0.7, 0, 1);
    }

    /** As a currency pair: quotes without sizes. */
    public static SimulatedTape quotesOnly(long seed) {
        return new SimulatedTape("sim:QUOTES", seed, 1, 0, 0);
    }

    /** As a feed of trades alone. */
    public static SimulatedTape tradesOnly(long seed) {
        return new SimulatedTape("sim:TRADES", seed, 0, 0, 1);
    }

    /** A symbol whose quotes start long after its trades, some of them without sizes. */
    public static SimulatedTape quotedLate(long seed) {
        return new SimulatedTape("cm:BTC_LATE", seed, 0.5, 400, 0.9);
    }

    /** One of each kind. */
    public static List<SimulatedTape> all(long seed) {
        return List.of(mixed(seed), quotesOnly(seed), tradesOnly(seed), quotedLate(seed));
    }

    /** That many ticks. */
    public List<Tick> ticks(int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Tick> ticks = new ArrayList<>(count);
        long highest = START_MICROS;
        long mid = 10_000;
        for (int i = 0; i < count; i++) {
            boolean late = random.nextInt(20) == 0;
            long micros = late ? highest - random.nextLong(250_000) : highest + silence(random);
            highest = Math.max(highest, micros);
            // Rests two times in three.
            mid += random.nextInt(3) == 0 ? random.nextInt(5) - 2 : 0;
            boolean quote = i >= tradesFirst && random.nextDouble() < quoteShare;
            ticks.add(quote ? quote(micros, i, mid, random) : trade(micros, i, mid, random));
        }
        return ticks;
    }

    private static long silence(SplittableRandom random) {
        int dice = random.nextInt(1_000);
        if (dice < 2) {
            return 600_000_001L + random.nextLong(1_000_000_000L);
        }
        if (dice < 15) {
            return random.nextLong(600_000_000L);
        }
        if (dice < 100) {
            return random.nextLong(20_000_000L);
        }
        return dice < 200 ? 0 : random.nextLong(1_500_000L);
    }

    private Tick quote(long micros, int sequence, long mid, SplittableRandom random) {
        boolean sized = random.nextDouble() < sizedQuoteShare;
        int halfSpread = random.nextInt(3);
        double bidSize = 1 + random.nextInt(50);
        double askSize = 1 + random.nextInt(50);
        return Tick.quote(
                symbol,
                micros,
                micros,
                sequence,
                (mid - halfSpread) * TICK_SIZE,
                sized ? bidSize : Double.NaN,
                (mid + halfSpread) * TICK_SIZE,
                sized ? askSize : Double.NaN);
    }

    private Tick trade(long micros, int sequence, long mid, SplittableRandom random) {
        int side = random.nextInt(5);
        Aggressor aggressor = side == 0 ? null : side % 2 == 0 ? Aggressor.BUY : Aggressor.SELL;
        double size = 0.5 * (1 + random.nextInt(9));
        return Tick.trade(symbol, micros, micros, sequence, mid * TICK_SIZE, size, aggressor);
    }
}
