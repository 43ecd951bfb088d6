package com.shivx.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.WarmUp;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx features}: the feature sets there are, and what is in them. */
@Command(
        name = "features",
        description = "The feature sets there are, and what is in them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx features list",
            "  shivx features describe market-v1",
            "  shivx features describe market-v1 -o json"
        })
final class FeaturesCommand implements Runnable {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command? shivx features list, or describe SET");
    }

    @Command(
            name = "list",
            description = "List the feature sets on the class path, a user's own included.")
    void list(@Mixin OutputFormat format) throws Exception {
        Table table = new Table("name", "features", "ready after", "hash");
        ArrayNode array = JSON.createArrayNode();
        for (FeatureSet set : FeatureSets.all().values()) {
            table.row(
                    set.name(),
                    String.valueOf(set.size()),
                    set.warmUp().toString(),
                    set.shortHash());
            array.add(summary(set));
        }
        print(
                format.isJson()
                        ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(array)
                        : text(table));
    }

    @Command(
            name = "describe",
            description =
                    "Show each feature of a set: what it measures, unit, range, warm-up, how drift watches it.")
    void describe(
            @Parameters(paramLabel = "SET", description = "Name of the set, such as market-v1.")
                    String name,
            @Mixin OutputFormat format)
            throws Exception {
        FeatureSet set = FeatureSets.byName(name);
        if (format.isJson()) {
            ObjectNode node = summary(set);
            ArrayNode features = node.putArray("features");
            set.features().forEach(feature -> features.add(schema(feature)));
            print(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
            return;
        }
        Table table = new Table("feature", "unit", "range", "ready after", "watch", "description");
        for (Feature feature : set.features()) {
            table.row(
                    feature.name(),
                    feature.unit(),
                    number(feature.min()) + " … " + number(feature.max()),
                    feature.warmUp().toString(),
                    feature.watch().name().toLowerCase(Locale.ROOT),
                    feature.description());
        }
        print(
                "%s  %s%nready after %s; every value is %s%n%n%s"
                        .formatted(
                                set.name(), set.hash(), set.warmUp(), Feature.TYPE, text(table)));
    }

    private static ObjectNode summary(FeatureSet set) {
        ObjectNode node =
                JSON.createObjectNode()
                        .put("name", set.name())
                        .put("hash", set.hash())
                        .put("size", set.size());
        node.set("warm_up", warmUp(set.warmUp()));
        return node;
    }

    private static ObjectNode schema(Feature feature) {
        ObjectNode node =
                JSON.createObjectNode()
                        .put("name", feature.name())
                        .put("type", Feature.TYPE)
                        .put("unit", feature.unit());
        node.set("min", bound(feature.min()));
        node.set("max", bound(feature.max()));
        node.set("warm_up", warmUp(feature.warmUp()));
        return node.put("watch", feature.watch().name()).put("description", feature.description());
    }

    private static ObjectNode warmUp(WarmUp warmUp) {
        return JSON.createObjectNode()
                .put("ticks", warmUp.ticks())
                .put("bars", warmUp.bars())
                .put("seconds", warmUp.seconds());
    }

    /** JSON has no infinity: no bound is null. */
    private static JsonNode bound(double bound) {
        return Double.isInfinite(bound) ? JSON.nullNode() : JSON.getNodeFactory().numberNode(bound);
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    private static String text(Table table) {
        return String.join(System.lineSeparator(), table.lines());
    }

    private void print(String text) {
        PrintWriter out = Shivx.out(spec);
        out.println(text);
        out.flush();
    }
}
