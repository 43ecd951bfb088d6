package com.shivx.jobs.testing;

import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.files.InspectionProgress;
import com.shivx.jobs.files.TickFileOptions;
import com.shivx.jobs.files.TickFiles;
import com.shivx.jobs.files.TickRow;
import com.shivx.jobs.files.TickRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Ticks in the order of reception: made up for several symbols, quotes and trades, the same for the
 * same seed; or those of files.
 */
public final class Tape {

    /** 2014-05-02 00:00 UTC: older than any topic keeps records. */
    private static final long START_MICROS = 1_398_988_800_000_000L;

    private static final int TICKS_OF_A_TREND = 100;

    private Tape() {}

    /**
     * A tape on which each symbol ticks every 100 ms or so, so that 700 ticks a symbol are 70 s.
     */
    public static List<Tick> of(int symbols, int ticksPerSymbol, long seed) {
        return of(symbols, ticksPerSymbol, seed, 0);
    }

    /**
     * The same with prices that rise for some ten seconds and fall for some ten seconds, so that
     * the last second foretells the next, and nothing else changes.
     */
    public static List<Tick> trending(int symbols, int ticksPerSymbol, long seed) {
        return of(symbols, ticksPerSymbol, seed, 1);
    }

    /** Trend: what a price moves by from tick to tick beside chance, in its standard deviations. */
    private static List<Tick> of(int symbols, int ticksPerSymbol, long seed, double trend) {
        Random random = new Random(seed);
        Random turns = new Random(~seed);
        double[] mid = new double[symbols];
        double[] direction = new double[symbols];
        long[] sequence = new long[symbols];
        List<Tick> tape = new ArrayList<>(symbols * ticksPerSymbol);
        for (int i = 0; i < ticksPerSymbol; i++) {
            for (int s = 0; s < symbols; s++) {
                if (i == 0) {
                    mid[s] = 100 * (s + 1);
                    direction[s] = s % 2 == 0 ? trend : -trend;
                } else if (turns.nextInt(TICKS_OF_A_TREND) == 0) {
                    direction[s] = -direction[s];
                }
                mid[s] *= 1 + 1e-4 * (random.nextGaussian() + direction[s]);
                long micros = START_MICROS + i * 100_000L + random.nextInt(90_000);
                sequence[s]++;
                tape.add(tick("S" + s, micros, sequence[s], mid[s], random));
            }
        }
        return tape;
    }

    /**
     * A tape of few busy symbols and many quiet ones, some of which pause for minutes; one tick in
     * twenty is not good: repeated, late, crossed or without a price.
     */
    public static List<Tick> erratic(int symbols, int ticks, Random random) {
        double[] mid = new double[symbols];
        Tick[] last = new Tick[symbols];
        long micros = START_MICROS;
        List<Tick> tape = new ArrayList<>(ticks);
        for (int i = 0; i < ticks; i++) {
            // Every symbol has one at least.
            int s = i < symbols ? i : (int) (symbols * Math.pow(random.nextDouble(), 3));
            micros += random.nextInt(60_000);
            if (last[s] == null) {
                mid[s] = 1 + s;
            } else if (random.nextInt(20) == 0) {
                tape.add(spoiled(last[s], random));
                continue;
            }
            mid[s] *= 1 + 1e-4 * random.nextGaussian();
            last[s] = tick("S" + s, micros, i, mid[s], random);
            tape.add(last[s]);
        }
        return tape;
    }

    /** A tick of the same symbol that is set aside. */
    private static Tick spoiled(Tick good, Random random) {
        long micros = good.eventTimeMicros();
        long sequence = good.sequence() + 1;
        return switch (random.nextInt(4)) {
            case 0 -> good;
            case 1 -> quote(good.symbol(), micros - 1_000_000, sequence, 1, 2);
            case 2 -> quote(good.symbol(), micros, sequence, 2, 1);
            default -> quote(good.symbol(), micros, sequence, 0, 2);
        };
    }

    private static Tick quote(String symbol, long micros, long sequence, double bid, double ask) {
        return Tick.quote(symbol, micros, micros, sequence, bid, 1, ask, 1);
    }

    /** The ticks of files in the order in which replay and backfill have them. */
    public static List<Tick> ofFiles(List<Path> files) throws IOException {
        List<Tick> tape = new ArrayList<>();
        try (TickRows rows =
                TickFiles.find(files, TickFileOptions.NONE)
                        .inspect(InspectionProgress.NONE)
                        .open()) {
            for (TickRow row = rows.next(); row != null; row = rows.next()) {
                Tick tick = row.tick();
                if (tick != null) {
                    tape.add(tick);
                }
            }
        }
        return tape;
    }

    private static Tick tick(String symbol, long micros, long sequence, double mid, Random random) {
        double halfSpread = mid * 1e-4 * (0.5 + random.nextDouble());
        double size = 1 + random.nextInt(50);
        if (random.nextInt(4) == 0) {
            boolean buy = random.nextBoolean();
            return Tick.trade(
                    symbol,
                    micros,
                    micros,
                    sequence,
                    buy ? mid + halfSpread : mid - halfSpread,
                    size,
                    buy ? Aggressor.BUY : Aggressor.SELL);
        }
        return Tick.quote(
                symbol,
                micros,
                micros,
                sequence,
                mid - halfSpread,
                size,
                mid + halfSpread,
                1 + random.nextInt(50));
    }
}
