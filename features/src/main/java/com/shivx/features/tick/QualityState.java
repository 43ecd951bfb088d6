package com.shivx.features.tick;

/**
 * What quality remembers of one symbol. Public fields, because it lives in checkpoints; its
 * all-zero self is a symbol never seen.
 */
public final class QualityState {

    /** Ticks that advanced the symbol, counted to 2: none, one that nothing confirms, more. */
    public int accepted;

    /** Highest event time accepted. */
    public long highestMicros;

    /** Whether the last tick leapt, and {@link #suspectMicros} holds its time. */
    public boolean suspected;

    /** Where it leapt to. */
    public long suspectMicros;

    /** Whether a trade had a sequence, and {@link #tradeSequence} holds the last. */
    public boolean tradesSequenced;

    /** Last sequence of a trade. */
    public long tradeSequence;

    /** Whether a quote had a sequence, and {@link #quoteSequence} holds the last. */
    public boolean quotesSequenced;

    /** Last sequence of a quote. */
    public long quoteSequence;

    /** A state that shares nothing with this one. */
    public QualityState copy() {
        QualityState copy = new QualityState();
        copy.accepted = accepted;
        copy.highestMicros = highestMicros;
        copy.suspected = suspected;
        copy.suspectMicros = suspectMicros;
        copy.tradesSequenced = tradesSequenced;
        copy.tradeSequence = tradeSequence;
        copy.quotesSequenced = quotesSequenced;
        copy.quoteSequence = quoteSequence;
        return copy;
    }

    /** Whether more than one tick stands behind {@link #highestMicros}. */
    public boolean isConfirmed() {
        return accepted > 1;
    }

    /** Whether going to that time is a leap that the tick before does not vouch for. */
    boolean leapsTo(long micros, QualityRules rules) {
        return accepted > 0
                && Micros.between(highestMicros, micros) > rules.maxJumpMicros()
                && !(suspected && isWithinJump(suspectMicros, micros, rules));
    }

    /** Whether that time lies so far below an unconfirmed start that the start was the stray. */
    boolean startsAgainAt(long micros, QualityRules rules) {
        return accepted == 1 && Micros.between(micros, highestMicros) > rules.maxJumpMicros();
    }

    /** Whether the tick's sequence has been passed; a long fall is a new session instead. */
    boolean repeats(Tick tick, QualityRules rules) {
        if (!tick.hasSequence()) {
            return false;
        }
        return switch (tick.kind()) {
            case TRADE -> tradesSequenced && repeats(tick.sequence(), tradeSequence, rules);
            case QUOTE -> quotesSequenced && repeats(tick.sequence(), quoteSequence, rules);
        };
    }

    private static boolean repeats(long sequence, long last, QualityRules rules) {
        return sequence <= last && Micros.between(sequence, last) <= rules.sessionReset();
    }

    /** Whether that time is too late. */
    boolean isBehind(long micros, QualityRules rules) {
        return accepted > 0
                && Micros.between(micros, highestMicros) > rules.allowedDisorderMicros();
    }

    /** Advances time and sequence. */
    void accept(Tick tick, QualityRules rules) {
        if (startsAgainAt(tick.eventTimeMicros(), rules)) {
            tradesSequenced = false;
            quotesSequenced = false;
            accepted = 0;
        }
        highestMicros =
                accepted == 0
                        ? tick.eventTimeMicros()
                        : Math.max(highestMicros, tick.eventTimeMicros());
        accepted = Math.min(2, accepted + 1);
        dismissSuspect();
        if (tick.hasSequence()) {
            switch (tick.kind()) {
                case TRADE -> {
                    tradesSequenced = true;
                    tradeSequence = tick.sequence();
                }
                case QUOTE -> {
                    quotesSequenced = true;
                    quoteSequence = tick.sequence();
                }
            }
        }
    }

    /** Keeps the time of a tick that leapt, and nothing else of it. */
    void suspect(long micros) {
        suspected = true;
        suspectMicros = micros;
    }

    /** The next tick did not vouch for the leap. */
    void dismissSuspect() {
        suspected = false;
        suspectMicros = 0;
    }

    private static boolean isWithinJump(long from, long to, QualityRules rules) {
        long distance = Micros.between(from, to);
        return distance <= rules.maxJumpMicros() && distance >= -rules.maxJumpMicros();
    }

    @Override
    public String toString() {
        return "QualityState[accepted="
                + accepted
                + ", highestMicros="
                + highestMicros
                + (suspected ? ", suspectMicros=" + suspectMicros : "")
                + (tradesSequenced ? ", tradeSequence=" + tradeSequence : "")
                + (quotesSequenced ? ", quoteSequence=" + quoteSequence : "")
                + "]";
    }
}
