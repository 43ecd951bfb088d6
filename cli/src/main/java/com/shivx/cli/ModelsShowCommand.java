package com.shivx.cli;

import com.shivx.models.registry.Alias;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.StoredFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code shivx models show}: one version. */
@Command(
        name = "show",
        description =
                "Show a version: who registered it when, its aliases, its files with their checksums.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models show direction@2.1.0",
            "  shivx models show models:/direction@production -o json"
        })
final class ModelsShowCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Mixin private final VersionInputs named = new VersionInputs();
    @Mixin private final OutputFormat format = new OutputFormat();

    @Override
    public Integer call() {
        ModelRegistry opened = named.open();
        ModelVersion version = named.resolve(opened);
        List<Alias> aliases = opened.model(version.model()).aliasesOf(version.version());
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(RegistryJson.text(RegistryJson.version(version, aliases)));
        } else {
            new Table("what", "value")
                    .row("version", version.id())
                    .row("aliases", ModelsListCommand.words(aliases))
                    .row("created", version.createdAt().toString())
                    .row("by", ModelsListCommand.orNone(version.createdBy()))
                    .row("for", ModelsListCommand.orNone(version.comment()))
                    .row("number", version.number())
                    .row("registry", opened.uri())
                    .lines()
                    .forEach(out::println);
            out.println();
            files(version.files()).lines().forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private static Table files(List<StoredFile> files) {
        Table table = new Table("file", "bytes", "sha256");
        for (StoredFile file : files) {
            table.row(file.file().fileName(), String.valueOf(file.bytes()), file.sha256());
        }
        return table;
    }
}
