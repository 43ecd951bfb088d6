package com.shivx.cli;

import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models download}: a version to a folder. */
@Command(
        name = "download",
        description =
                "Copy a version's files into a new folder, each checked against its checksum.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models download direction@2.1.0 direction-2.1.0",
            "  shivx models download models:/direction@production here --registry http://mlflow:5000"
        })
final class ModelsDownloadCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            description = "A folder that is not there, or empty.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path folder;

    @Mixin private final VersionInputs named = new VersionInputs();
    @Mixin private final OutputFormat format = new OutputFormat();

    @Override
    public Integer call() {
        ModelRegistry opened = named.open();
        ModelVersion version = named.resolve(opened);
        opened.download(version, folder);
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(
                    RegistryJson.text(
                            RegistryJson.version(
                                            version,
                                            opened.model(version.model())
                                                    .aliasesOf(version.version()))
                                    .put("folder", folder.toAbsolutePath().toString())));
        } else {
            out.printf(Locale.ROOT, "downloaded: %s to %s%n", version.id(), folder);
        }
        out.flush();
        return 0;
    }
}
