package com.shivx.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.RegisteredModel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models list}: what is registered. */
@Command(
        name = "list",
        description =
                "List the models of a registry with their versions, or the versions of one model. What lies there and is no version is told on the error output.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models list",
            "  shivx models list direction --registry http://mlflow:5000 -o json"
        })
final class ModelsListCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Only this model.")
    private @Nullable String model;

    @Mixin private final RegistryInputs registry = new RegistryInputs();
    @Mixin private final OutputFormat format = new OutputFormat();

    @Override
    public Integer call() {
        ModelRegistry opened = registry.open();
        List<RegisteredModel> models = new ArrayList<>();
        for (String name : model == null ? opened.models() : List.of(model)) {
            models.add(opened.model(name));
        }
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            ArrayNode list = RegistryJson.list();
            for (RegisteredModel each : models) {
                each.versions()
                        .forEach(
                                v ->
                                        list.add(
                                                RegistryJson.version(
                                                        v, each.aliasesOf(v.version()))));
            }
            out.println(RegistryJson.text(list));
        } else if (models.isEmpty()) {
            out.printf("nothing is registered in %s; 'shivx models register' does%n", opened.uri());
        } else {
            table(models).lines().forEach(out::println);
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        opened.problems().forEach(line -> err.println("note: " + line));
        err.flush();
        return 0;
    }

    private static Table table(List<RegisteredModel> models) {
        Table table = new Table("model", "version", "aliases", "created", "by", "for");
        for (RegisteredModel each : models) {
            for (ModelVersion version : each.versions()) {
                table.row(
                        each.name(),
                        version.version().toString(),
                        words(each.aliasesOf(version.version())),
                        version.createdAt().toString(),
                        orNone(version.createdBy()),
                        orNone(version.comment()));
            }
        }
        return table;
    }

    static String words(List<Alias> aliases) {
        return orNone(aliases.stream().map(Alias::word).collect(Collectors.joining(", ")));
    }

    static String orNone(String text) {
        return text.isEmpty() ? "-" : text.lines().findFirst().orElse("-");
    }
}
