package com.shivx.cli.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A reconciliation as a program reads it: {@code rows}, {@code predictions}, {@code notReady} (null
 * where that is not known), {@code setAside} and {@code deadLetters} by reason, {@code committed},
 * {@code addsUp}, {@code seconds}, {@code ticksPerSecond}; beyond those {@code served} by model
 * line, {@code servedOfPart} of the lines that were not there for every row, and the {@code
 * differences} as sentences.
 */
public final class ReconciliationJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReconciliationJson() {}

    public static String of(Reconciliation found) {
        ObjectNode node = JSON.createObjectNode();
        node.put("rows", found.rows());
        node.put("predictions", found.predictions());
        node.put("notReady", found.notReady().isKnown() ? found.notReady().vectors() : null);
        put(node.putObject("setAside"), found.setAside());
        put(node.putObject("deadLetters"), found.deadLetters());
        node.putObject("committed")
                .put("predictions", found.committedPredictions())
                .put("uniqueIds", found.uniqueIds());
        node.put("addsUp", found.addsUp());
        node.put("seconds", Math.round(found.seconds() * 1000) / 1000.0);
        node.put("ticksPerSecond", Math.round(found.ticksPerSecond() * 10) / 10.0);
        put(node.putObject("served"), found.served());
        put(node.putObject("servedOfPart"), found.servedOfPart());
        found.differences().forEach(node.putArray("differences")::add);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree of numbers and strings prints", e);
        }
    }

    private static void put(ObjectNode node, Map<String, Long> counts) {
        counts.forEach(node::put);
    }
}
