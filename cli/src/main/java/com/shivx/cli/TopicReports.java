package com.shivx.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.JsonFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which reports of a topic are shown, and where. */
final class TopicReports {

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "Only of that model line (default: all).")
    private @Nullable String model;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "Windows of each version, the latest (default: 20).")
    private int last = 20;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report there as a page with pictures.")
    private @Nullable Path html;

    boolean isOf(String modelId) {
        return model == null || model.equals(modelId);
    }

    /** The latest of a version's windows. */
    <T> List<T> latest(List<T> windows) {
        return windows.subList(Math.max(0, windows.size() - Math.max(1, last)), windows.size());
    }

    @Nullable Path html() {
        return html;
    }

    /** Records as their topic has them, in a list. */
    static <T> String json(List<T> records, ControlJson<T> codec) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (T record : records) {
            try {
                list.add(JsonFields.MAPPER.readTree(codec.write(record)));
            } catch (IOException e) {
                throw new AssertionError("what was just written is read", e);
            }
        }
        return list.toPrettyString();
    }

    static void write(Path file, String page) {
        try {
            Files.writeString(file, page, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write to --html %s (%s); name another file"
                            .formatted(file, Reasons.of(e)),
                    e);
        }
    }
}
