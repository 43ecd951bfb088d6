package com.shivx.models.outcome;

import com.shivx.features.TickId;
import com.shivx.features.label.Label;
import com.shivx.features.label.Mark;
import com.shivx.features.label.SymbolMarks;
import com.shivx.features.tick.Micros;
import com.shivx.features.tick.Tick;
import com.shivx.models.Prediction;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Joins the predictions of one symbol with its ticks and labels, whichever of them comes first. A
 * prediction enters at the market after its own tick and is decided by the symbol's first good tick
 * after its horizon; time that passes without ticks only gives up and forgets. So an outcome is a
 * function of what came, not of when.
 *
 * <p>Predictions of a symbol come in the order of their vectors, as their topic keeps them.
 */
public final class OutcomeJoin {

    private static final long SECOND_MILLIS = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long SECOND_MICROS = 1_000_000;

    private final OutcomeRules rules;
    private final SymbolMarks marks;
    private final long[] horizonsMicros;
    private final long longestMicros;
    private final long disorderMicros;
    private final long maxDelayMicros;
    private final Votes votes = new Votes();
    private final Positions positions = new Positions();

    /** A join by those rules; what it knows of a symbol is the symbol's. */
    public OutcomeJoin(OutcomeRules rules) {
        this.rules = rules;
        this.marks = new SymbolMarks(rules.quality());
        this.horizonsMicros = rules.horizonsMicros();
        this.longestMicros = LongStream.of(horizonsMicros).max().orElseThrow();
        this.disorderMicros = rules.quality().rules().allowedDisorderMicros();
        this.maxDelayMicros = rules.labels().givenUpMicros(0, 0);
    }

    /** Takes a tick of the symbol, good or bad. */
    public void onTick(Tick tick, SymbolOutcomes symbol, OutcomeSink sink) {
        Mark mark = marks.onTick(tick, symbol.head.market);
        if (mark == null) {
            return;
        }
        Mark exit = symbol.head.last;
        if (exit != null) {
            symbol.waiting.removeUpTo(
                    mark.micros() - 1,
                    expected -> decide(expected, exit, mark.micros(), symbol, sink));
        }
        symbol.head.last = mark;
        TickId id = TickId.of(tick);
        symbol.ticks.add(new SeenTick(id, mark));
        for (long horizonMicros : horizonsMicros) {
            symbol.early
                    .removeAt(
                            tick.eventTimeMicros() + horizonMicros,
                            early ->
                                    early.horizonMicros() == horizonMicros
                                            && idOf(early.prediction()).equals(id))
                    .forEach(early -> symbol.waiting.add(early.enteredAt(mark)));
        }
    }

    /**
     * Takes a prediction of the symbol.
     *
     * @throws IllegalArgumentException if its vector id is none
     */
    public void onPrediction(Prediction prediction, SymbolOutcomes symbol, OutcomeSink sink) {
        TickId id = idOf(prediction);
        long micros = prediction.eventTimeMicros();
        if (isRepeated(prediction, symbol)) {
            sink.onRepeatedPrediction(prediction);
            return;
        }
        SeenTick tick =
                symbol.ticks.find(micros, micros + disorderMicros, seen -> seen.id().equals(id));
        boolean late = tick == null && micros <= symbol.head.forgottenMicros;
        if (late) {
            sink.onLatePrediction(prediction);
        }
        for (long horizonMicros : horizonsMicros) {
            Expected expected =
                    new Expected(
                            prediction,
                            horizonMicros,
                            !late && beginsSlice(prediction, horizonMicros, symbol),
                            tick == null ? null : tick.mark());
            if (!takesLabel(expected, symbol, sink)) {
                if (late) {
                    giveUp(expected, symbol, sink);
                } else if (tick == null) {
                    symbol.early.add(expected);
                } else {
                    enter(expected, symbol, sink);
                }
            }
        }
    }

    /** Takes a label from outside. */
    public void onLabel(ExternalLabel label, SymbolOutcomes symbol, OutcomeSink sink) {
        long due = label.eventTimeMicros() + label.horizonMicros();
        boolean used = !symbol.decided.at(due, outcome -> outcome.isMeantBy(label)).isEmpty();
        for (Outcome outcome :
                symbol.decided.removeAt(
                        due, outcome -> outcome.isMeantBy(label) && outcome.isRevisedBy(label))) {
            Outcome revised = outcome.revised(label);
            symbol.decided.add(revised);
            sink.onOutcome(revised);
        }
        List<Expected> open = symbol.waiting.removeAt(due, expected -> expected.isMeantBy(label));
        open.addAll(symbol.early.removeAt(due, expected -> expected.isMeantBy(label)));
        open.forEach(
                expected ->
                        publish(Outcome.labelled(expected, rules.labels(), label), symbol, sink));
        // The latest that is said of the same counts for predictions that are still to come.
        used |=
                symbol
                        .labels
                        .removeAt(label.eventTimeMicros(), known -> known.label().isOf(label))
                        .stream()
                        .anyMatch(KnownLabel::used);
        symbol.labels.add(new KnownLabel(label, used || !open.isEmpty()));
    }

    /**
     * A millisecond of event time has passed: gives up what nothing decided, forgets what nobody
     * asks for.
     *
     * @param millis milliseconds since the epoch
     */
    public void onTime(long millis, SymbolOutcomes symbol, OutcomeSink sink) {
        long micros = (millis + 1) * MICROS_PER_MILLI - 1;
        symbol.waiting.removeUpTo(
                micros - maxDelayMicros, expected -> giveUp(expected, symbol, sink));
        symbol.early.removeUpTo(
                micros - maxDelayMicros, expected -> giveUp(expected, symbol, sink));
        long forgotten = micros - rules.latenessMicros();
        symbol.head.forgottenMicros =
                Math.max(symbol.head.forgottenMicros, symbol.ticks.forgetUpTo(forgotten));
        symbol.decided.forgetUpTo(micros - rules.labelDelayMicros());
        symbol.labels.removeUpTo(
                micros - rules.labelDelayMicros() - longestMicros,
                known -> {
                    if (!known.used()) {
                        sink.onUnusedLabel(known.label());
                    }
                });
        symbol.head.slices.values().removeIf(start -> start < forgotten - longestMicros);
        positions.forget(micros - maxDelayMicros - longestMicros, symbol);
    }

    /**
     * When {@link #onTime} next has something to do, milliseconds of event time; 0 if nothing
     * waits. Always the last millisecond of a second, so that windows that end with it are still
     * open.
     */
    public long wakesMillis(SymbolOutcomes symbol) {
        long micros = Micros.after(symbol.waiting.firstEndMicros(), maxDelayMicros);
        micros = Math.min(micros, Micros.after(symbol.early.firstEndMicros(), maxDelayMicros));
        micros =
                Math.min(
                        micros,
                        Micros.after(symbol.ticks.firstEndMicros(), rules.latenessMicros()));
        micros =
                Math.min(
                        micros,
                        Micros.after(symbol.decided.firstEndMicros(), rules.labelDelayMicros()));
        micros =
                Math.min(
                        micros,
                        Micros.after(
                                symbol.labels.firstEndMicros(),
                                rules.labelDelayMicros() + longestMicros));
        return micros == Long.MAX_VALUE
                ? 0
                : (Math.floorDiv(micros, SECOND_MICROS) + 1) * SECOND_MILLIS - 1;
    }

    /** A transaction that was not finished may be written again under at-least-once. */
    private boolean isRepeated(Prediction prediction, SymbolOutcomes symbol) {
        long due = prediction.eventTimeMicros() + horizonsMicros[0];
        return isThere(symbol.waiting, due, prediction)
                || isThere(symbol.early, due, prediction)
                || symbol.decided.find(due, due, known -> isSame(known.prediction(), prediction))
                        != null;
    }

    private static boolean isThere(TimeBuckets<Expected> among, long due, Prediction prediction) {
        return among.find(due, due, known -> isSame(known.prediction(), prediction)) != null;
    }

    private static boolean isSame(Prediction a, Prediction b) {
        return a.vectorId().equals(b.vectorId())
                && a.modelVersion().equals(b.modelVersion())
                && a.modelId().equals(b.modelId());
    }

    private static boolean beginsSlice(
            Prediction prediction, long horizonMicros, SymbolOutcomes symbol) {
        String key = Expected.versionKey(prediction, horizonMicros);
        long micros = prediction.eventTimeMicros();
        long start = micros - Math.floorMod(micros, horizonMicros);
        Long before = symbol.head.slices.get(key);
        if (before != null && before >= start) {
            return false;
        }
        symbol.head.slices.put(key, start);
        return true;
    }

    private boolean takesLabel(Expected expected, SymbolOutcomes symbol, OutcomeSink sink) {
        long micros = expected.prediction().eventTimeMicros();
        KnownLabel known =
                symbol.labels.find(micros, micros, label -> expected.isMeantBy(label.label()));
        if (known == null) {
            return false;
        }
        if (!known.used()) {
            symbol.labels.removeAt(micros, known::equals);
            symbol.labels.add(new KnownLabel(known.label(), true));
        }
        publish(Outcome.labelled(expected, rules.labels(), known.label()), symbol, sink);
        return true;
    }

    /** A prediction whose tick is there; ticks after its horizon may be there too. */
    private void enter(Expected expected, SymbolOutcomes symbol, OutcomeSink sink) {
        SeenTick exit = symbol.ticks.lastUpTo(expected.dueMicros());
        SeenTick decider = symbol.ticks.firstAfter(expected.dueMicros());
        if (exit == null || decider == null) {
            symbol.waiting.add(expected);
        } else {
            decide(expected, exit.mark(), decider.micros(), symbol, sink);
        }
    }

    private void decide(
            Expected expected,
            Mark exit,
            long deciderMicros,
            SymbolOutcomes symbol,
            OutcomeSink sink) {
        Mark entry = Objects.requireNonNull(expected.entry(), "waits with its entry");
        Label label =
                rules.labels()
                        .label(
                                entry,
                                expected.prediction().eventTimeMicros(),
                                expected.horizonMicros(),
                                exit,
                                deciderMicros);
        if (label.isMissing()) {
            // What is given up is given up at one time, whether a tick shows it or the clock.
            giveUp(expected, symbol, sink);
            return;
        }
        double pnlBps = positions.pnlBps(expected, label, symbol);
        publish(
                Outcome.known(expected, rules.labels(), label, exit, pnlBps, deciderMicros),
                symbol,
                sink);
    }

    private void giveUp(Expected expected, SymbolOutcomes symbol, OutcomeSink sink) {
        publish(
                Outcome.missing(expected, rules.labels(), expected.dueMicros() + maxDelayMicros),
                symbol,
                sink);
    }

    private void publish(Outcome outcome, SymbolOutcomes symbol, OutcomeSink sink) {
        sink.onOutcome(outcome);
        votes.of(outcome, symbol).forEach(sink::onVote);
        symbol.decided.add(outcome);
    }

    private static TickId idOf(Prediction prediction) {
        return TickId.ofVector(prediction.vectorId());
    }
}
