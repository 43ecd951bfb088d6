package com.shivx.cli.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A reconciliation as a person reads it: a sum, line by line, and the verdict. */
public final class ReconciliationText {

    private ReconciliationText() {}

    /** The lines, without colour, at most 100 columns wide for one or two reasons. */
    public static List<String> lines(Reconciliation found) {
        List<String> lines = new ArrayList<>();
        lines.add("Reconciliation");
        lines.add(line("rows read", found.rows(), ""));
        if (found.served().isEmpty() && found.servedOfPart().isEmpty()) {
            lines.add(line("= predictions", 0, ""));
        }
        found.served()
                .forEach(
                        (model, predictions) ->
                                lines.add(line("= predictions", predictions, model)));
        found.servedOfPart()
                .forEach(
                        (model, predictions) ->
                                lines.add(
                                        line(
                                                "< predictions",
                                                predictions,
                                                model
                                                        + ", deployed meanwhile or for some symbols")));
        lines.add(notReady(found.notReady()));
        lines.add(
                line(
                        "+ set aside",
                        Reconciliation.total(found.setAside()),
                        reasons(found.setAside())));
        lines.add(
                line(
                        "+ dead letters",
                        Reconciliation.total(found.deadLetters()),
                        reasons(found.deadLetters())));
        lines.add(
                line(
                        "committed",
                        found.committedPredictions(),
                        String.format(
                                Locale.ROOT, "predictions, %,d unique ids", found.uniqueIds())));
        found.differences().forEach(difference -> lines.add("  does not add up: " + difference));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "  %s   %,.1f s, %,.0f ticks/s",
                        verdict(found),
                        found.seconds(),
                        found.ticksPerSecond()));
        return lines;
    }

    private static String verdict(Reconciliation found) {
        if (!found.addsUp()) {
            return "It does not add up.";
        }
        return found.isKnown() ? "It adds up." : "What is known does not contradict.";
    }

    private static String notReady(NotReady notReady) {
        return switch (notReady.source()) {
            case KAFKA -> line("+ not ready", notReady.vectors(), "");
            case FLINK ->
                    line(
                            "+ not ready",
                            notReady.vectors(),
                            "counted by the job, as vectors are not written");
            case NOBODY ->
                    String.format(
                            Locale.ROOT,
                            "  %-16s %14s   %s",
                            "+ not ready",
                            "not known",
                            "vectors are not written, and a restart has lost the job's count");
        };
    }

    private static String line(String label, long count, String remark) {
        return String.format(Locale.ROOT, "  %-16s %,14d   %s", label, count, remark)
                .stripTrailing();
    }

    private static String reasons(Map<String, Long> byReason) {
        return byReason.entrySet().stream()
                .map(
                        entry ->
                                String.format(
                                        Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("  "));
    }
}
