package com.shivx.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.shivx.cli.console.CommandException;
import com.shivx.jobs.options.JobOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigurationUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx options}: every option there is, with its default and its reason. */
@Command(
        name = "options",
        description = "List every option with its default and what it is for.",
        footerHeading = "%nExamples:%n",
        footer = {"  shivx options", "  shivx options kafka -o json"})
final class OptionsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Mixin private final OutputFormat format = new OutputFormat();

    @Parameters(
            arity = "0..1",
            paramLabel = "PREFIX",
            description = "Only options whose key begins so.")
    private @Nullable String prefix;

    @Override
    public Integer call() throws Exception {
        String begin = prefix == null ? "" : prefix;
        List<ConfigOption<?>> options =
                JobOptions.all().stream().filter(option -> option.key().startsWith(begin)).toList();
        if (options.isEmpty()) {
            throw new CommandException(
                    "no option begins with '%s'; 'shivx options' lists them all".formatted(begin));
        }
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(json(options));
        } else {
            options.forEach(option -> print(option, out));
        }
        out.flush();
        return 0;
    }

    private static void print(ConfigOption<?> option, PrintWriter out) {
        String value = defaultText(option);
        out.printf(
                Locale.ROOT,
                "%s: %s%n",
                option.key(),
                value == null ? "(unset)" : value.isEmpty() ? "\"\"" : value);
        wrap(description(option), 96).forEach(line -> out.println("    " + line));
    }

    private static String json(List<ConfigOption<?>> options) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ArrayNode array = json.createArrayNode();
        options.forEach(
                option ->
                        array.addObject()
                                .put("key", option.key())
                                .put("default", defaultText(option))
                                .put("description", description(option)));
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(array);
    }

    /** As it is written in a file of options; null where there is none. */
    private static @Nullable String defaultText(ConfigOption<?> option) {
        Object value = option.defaultValue();
        return value == null ? null : ConfigurationUtils.convertValue(value, String.class);
    }

    private static String description(ConfigOption<?> option) {
        return new PlainFormatter().format(option.description());
    }

    /**
     * Breaks a text at spaces into lines of at most so many characters; a longer word stands alone.
     */
    static List<String> wrap(String text, int width) {
        return List.of(
                text.strip()
                        .replaceAll(
                                "(.{1," + width + "})(?:\\s+|$)|(\\S{" + width + ",})\\s*",
                                "$1$2\n")
                        .split("\n"));
    }
}
