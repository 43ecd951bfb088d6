package com.shivx.cli.market;

import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;

/**
 * The endless tape of one instrument. Quotes and trades come as a Poisson process; between two of
 * them the hidden state advances exactly:
 *
 * <ul>
 *   <li>pressure {@code x}: mean-reverting, time constant 5 s, variance 1. The book shows it as the
 *       queue imbalance {@code (b − a)/(b + a) = tanh(0.6·i·x)}, {@code i} the regime's imbalance;
 *   <li>volatility {@code σ}: log-normal, mean-reverting over 2 minutes, so that wild minutes
 *       follow wild minutes, and a quarter of an hour, as long as a reference is measured, has seen
 *       what there is of them;
 *   <li>log mid: {@code dm = ±0.27·σ·x dt + σ dW}, the sign the regime's.
 * </ul>
 *
 * <p>A drift of 0.27 makes the best possible guess at UP, FLAT or DOWN over 5 s (thirds at ±0.43
 * standard deviations) right 45 times in 100, by the normal distribution of the return given {@code
 * x}, and the commonest class 35 in 100.
 */
final class InstrumentTape {

    private static final double PRESSURE_SECONDS = 5;
    private static final double VOLATILITY_SECONDS = 120;
    private static final double DRIFT_PER_SIGMA = 0.27;
    private static final double IMBALANCE_PER_PRESSURE = 0.6;
    private static final double AGGRESSION_PER_IMBALANCE = 0.35;
    private static final double BASIS_POINT = 1e-4;
    private static final double MICROS_PER_SECOND = 1e6;

    private final Instrument instrument;
    private final MarketConfig config;
    private final Noise noise;
    private final MeanReverting pressure;
    private final MeanReverting logVolatility;
    private final MeanReverting logSpread;
    private final MeanReverting logDepth;
    private final double pricesPerUnit;
    private final double sizesPerUnit;
    private double logMid;
    private long timeMicros;
    private long nextMicros;
    private long quotes;
    private long trades;
    private double bidPrice;
    private double askPrice;

    InstrumentTape(Instrument instrument, int stream, MarketConfig config) {
        this.instrument = instrument;
        this.config = config;
        noise = new Noise(config.seed(), stream);
        pressure = new MeanReverting(PRESSURE_SECONDS, 1, noise);
        logVolatility = new MeanReverting(VOLATILITY_SECONDS, 0.35, noise);
        logSpread = new MeanReverting(30, 0.2, noise);
        logDepth = new MeanReverting(20, 0.4, noise);
        pricesPerUnit = StrictMath.pow(10, instrument.priceDecimals());
        sizesPerUnit = StrictMath.pow(10, instrument.sizeDecimals());
        logMid = StrictMath.log(instrument.price());
        timeMicros = config.startMicros();
        nextMicros = timeMicros + gapMicros();
    }

    /** Event time of the tick that {@link #next()} will give, microseconds since the epoch. */
    long nextMicros() {
        return nextMicros;
    }

    /** The pressure behind the last tick: all that is knowable about the return to come. */
    double pressure() {
        return pressure.value();
    }

    Tick next() {
        advance((nextMicros - timeMicros) / MICROS_PER_SECOND);
        timeMicros = nextMicros;
        nextMicros = timeMicros + gapMicros();
        double rate = instrument.quotesPerSecond() + instrument.tradesPerSecond();
        boolean quoteComes = quotes == 0 || noise.chance(instrument.quotesPerSecond() / rate);
        return quoteComes ? quote() : trade();
    }

    private void advance(double seconds) {
        double sigma = sigma();
        double drift = regime().driftSign * DRIFT_PER_SIGMA * sigma * pressure.value();
        logMid += drift * seconds + sigma * StrictMath.sqrt(seconds) * noise.normal();
        pressure.advance(seconds);
        logVolatility.advance(seconds);
        logSpread.advance(seconds);
        logDepth.advance(seconds);
    }

    private Tick quote() {
        double mid = StrictMath.exp(logMid);
        double half =
                mid
                        * regime().spread
                        * instrument.spreadBps()
                        * BASIS_POINT
                        * StrictMath.exp(logSpread.value())
                        / 2;
        long bid = StrictMath.round((mid - half) * pricesPerUnit);
        long ask = Math.max(bid + 1, StrictMath.round((mid + half) * pricesPerUnit));
        bidPrice = bid / pricesPerUnit;
        askPrice = ask / pricesPerUnit;
        double depth = instrument.depth() * StrictMath.exp(logDepth.value());
        double tilt = tilt();
        return Tick.quote(
                instrument.symbol(),
                timeMicros,
                timeMicros,
                ++quotes,
                bidPrice,
                size(depth * StrictMath.exp(tilt)),
                askPrice,
                size(depth * StrictMath.exp(-tilt)));
    }

    private Tick trade() {
        boolean buys = noise.chance(0.5 + AGGRESSION_PER_IMBALANCE * StrictMath.tanh(tilt()));
        double size = instrument.depth() / 20 * StrictMath.exp(noise.normal());
        return Tick.trade(
                instrument.symbol(),
                timeMicros,
                timeMicros,
                ++trades,
                buys ? askPrice : bidPrice,
                size(size),
                buys ? Aggressor.BUY : Aggressor.SELL);
    }

    /**
     * Half the log ratio of the bid queue to the ask queue: the imbalance is its hyperbolic
     * tangent.
     */
    private double tilt() {
        return regime().imbalance * IMBALANCE_PER_PRESSURE * pressure.value();
    }

    private double sigma() {
        return regime().volatility
                * instrument.volatilityBps()
                * BASIS_POINT
                * StrictMath.exp(logVolatility.value());
    }

    private Regime regime() {
        return config.regimeAt(timeMicros);
    }

    /** Time to the next tick: shorter while the market is wild. */
    private long gapMicros() {
        double rate = instrument.quotesPerSecond() + instrument.tradesPerSecond();
        double mean = 1 / (rate * StrictMath.exp(logVolatility.value() / 2));
        return 1 + (long) (noise.exponential(mean) * MICROS_PER_SECOND);
    }

    private double size(double units) {
        return Math.max(1, StrictMath.round(units * sizesPerUnit)) / sizesPerUnit;
    }
}
