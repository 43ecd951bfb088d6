package com.shivx.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a benchmark has found: a table for people, and for programs {@code bench}, {@code medians},
 * {@code ratios} and figures by name, the single {@code runs}, and the {@code machine}.
 */
public final class BenchReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** They say more than a run can know. */
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private final ObjectNode json = JSON.createObjectNode();
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** An empty report with the columns of its table. */
    public BenchReport(String bench, String... header) {
        this.header = List.of(header);
        json.put("bench", bench);
        json.putObject("medians");
        json.putObject("ratios");
        Machine machine = Machine.ofProcess();
        json.putObject("machine")
                .put("processor", machine.processor())
                .put("cores", machine.cores())
                .put("memoryGiB", machine.memoryGib())
                .put("java", machine.java())
                .put("system", machine.system());
        notes.add("on " + machine);
    }

    /** A row of the table. */
    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A line under the table. */
    public void note(String line) {
        notes.add(line);
    }

    /** The median of some runs. */
    public void median(String key, double value) {
        json.withObject("/medians").put(key, rounded(value));
    }

    /** One median over another. */
    public void ratio(String key, double value) {
        json.withObject("/ratios").put(key, rounded(value));
    }

    /** A figure of the whole benchmark. */
    public void figure(String key, double value) {
        json.put(key, rounded(value));
    }

    /** A number of things, exactly. */
    public void figure(String key, long count) {
        json.put(key, count);
    }

    /** A figure of one of several. */
    public void figure(String group, String key, double value) {
        json.withObject("/" + group).put(key, rounded(value));
    }

    /** What a single run found. */
    public void run(String name, Map<String, ?> found) {
        ObjectNode run = json.withArray("/runs").addObject().put("run", name);
        new TreeMap<>(found).forEach((key, value) -> run.set(key, JSON.valueToTree(value)));
    }

    /** Names of the table's columns. */
    public List<String> header() {
        return header;
    }

    /** The table's rows. */
    public List<List<String>> rows() {
        return List.copyOf(rows);
    }

    /** The lines under it. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** All of it for programs. */
    public String toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree of numbers and strings prints", e);
        }
    }

    private static double rounded(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(FOUR_DIGITS).doubleValue()
                : value;
    }
}
