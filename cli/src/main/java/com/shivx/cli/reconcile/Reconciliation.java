package com.shivx.cli.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What went in and what came out. Every row read is a served prediction of each model line, a
 * vector that was not ready, a tick set aside or a dead letter; nothing else, and nothing twice.
 *
 * @param rows rows read from the input
 * @param served served predictions by model line, of the lines that were there for every row
 * @param servedOfPart the same of the lines that were deployed while the job ran, or for some
 *     symbols only; of them it is known that they have no more than the others could have
 * @param notReady vectors in which a feature was still warming up, as far as that is known
 * @param setAside ticks that were not used, by reason
 * @param deadLetters rows no tick could be made of, by reason
 * @param committedPredictions predictions a read-committed consumer finds, served or not
 * @param uniqueIds different ids among them
 * @param seconds from the first row read to the last one scored and committed
 */
public record Reconciliation(
        long rows,
        Map<String, Long> served,
        Map<String, Long> servedOfPart,
        NotReady notReady,
        Map<String, Long> setAside,
        Map<String, Long> deadLetters,
        long committedPredictions,
        long uniqueIds,
        double seconds) {

    /**
     * Served predictions of the model line; of several lines the one that misses most, since all
     * must have the same.
     */
    public long predictions() {
        return served.values().stream().mapToLong(Long::longValue).min().orElse(0);
    }

    /** Rows per second from the first read to the last committed; 0 for no time at all. */
    public double ticksPerSecond() {
        return seconds > 0 ? rows / seconds : 0;
    }

    /** Whether every row could be held against what came out. */
    public boolean isKnown() {
        return notReady.isKnown() && (!served.isEmpty() || servedOfPart.isEmpty());
    }

    /** Whether nothing contradicts anything; what is not known cannot. */
    public boolean addsUp() {
        return differences().isEmpty();
    }

    /** What does not add up, a sentence each, with the side that misses and how many. */
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        long unscored = notReady.vectors() + total(setAside) + total(deadLetters);
        if (served.isEmpty() && servedOfPart.isEmpty()) {
            addDifference(differences, unscored, "Kafka");
        }
        served.forEach(
                (model, predictions) ->
                        addDifference(differences, unscored + predictions, model + " in Kafka"));
        servedOfPart.forEach(
                (model, predictions) ->
                        addExcess(differences, unscored + predictions, model + " in Kafka"));
        if (uniqueIds != committedPredictions) {
            differences.add(
                    sentence(
                            "%,d of %,d predictions repeat an id",
                            committedPredictions - uniqueIds, committedPredictions));
        }
        return differences;
    }

    static long total(Map<String, Long> byReason) {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }

    private void addDifference(List<String> differences, long found, String where) {
        if (found < rows && notReady.isKnown()) {
            differences.add(sentence("%s misses %,d of %,d rows read", where, rows - found, rows));
        }
        addExcess(differences, found, where);
    }

    private void addExcess(List<String> differences, long found, String where) {
        if (found > rows) {
            differences.add(
                    sentence(
                            "%s holds %,d more than the %,d rows read", where, found - rows, rows));
        }
    }

    private static String sentence(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
