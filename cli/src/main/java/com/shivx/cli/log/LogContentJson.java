package com.shivx.cli.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.jobs.log.LogSummary;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.Path;

/** What a log holds, for programs. */
public final class LogContentJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LogContentJson() {}

    /** One object. */
    public static String of(LogContent content) throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode().put("log", content.log().toString());
        ArrayNode kinds = root.putArray("kinds");
        content.summaries().forEach(summary -> put(summary, kinds.addObject()));
        putAll(root.putArray("unfinished"), content.unfinished());
        putAll(root.putArray("strays"), content.strays());
        ArrayNode problems = root.putArray("problems");
        content.problems().forEach(problems::add);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void put(LogSummary summary, ObjectNode node) {
        node.put("kind", summary.kind().folder())
                .put("feature_set", summary.featureSet().isEmpty() ? null : summary.featureSet())
                .put("first_date", summary.firstDate().toString())
                .put("last_date", summary.lastDate().toString())
                .put("rows", summary.rows())
                .put("files", summary.files())
                .put("bytes", summary.bytes());
        putAll(node.putObject("symbols"), summary.rowsBySymbol());
        putAll(node.putObject("versions"), summary.rowsByVersion());
        ArrayNode missing = node.putArray("missing_dates");
        summary.gaps()
                .forEach(
                        gap ->
                                missing.addObject()
                                        .put("first", gap.first().toString())
                                        .put("last", gap.last().toString()));
    }

    private static void putAll(ObjectNode node, Map<String, Long> rows) {
        rows.forEach(node::put);
    }

    private static void putAll(ArrayNode array, List<Path> paths) {
        paths.forEach(path -> array.add(path.toString()));
    }
}
