package com.shivx.cli;

import com.shivx.models.registry.Alias;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code shivx models promote}: a version one step further. */
@Command(
        name = "promote",
        description = {
            "Take a version from dev to staging, or from staging to production. Running jobs are not told: 'shivx models deploy' does, and 'shivx models follow' when the alias moves."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models promote direction@2.1.0 --to staging",
            "  shivx models promote direction@staging --to production",
            "  shivx models promote direction@2.1.1 --to production --force --reason 'the other loses money'"
        })
final class ModelsPromoteCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "staging|production",
            description = "Where to.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Alias to;

    @Option(names = "--force", description = "Leave staging out; needs a --reason.")
    private boolean force;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Mixin private final VersionInputs named = new VersionInputs();
    @Mixin private final OutputFormat format = new OutputFormat();

    @Override
    public Integer call() {
        ModelRegistry opened = named.open();
        ModelVersion version = named.resolve(opened);
        Optional<AuditEntry> entry =
                opened.promote(version, to, force, RegistryInputs.change(reason));
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(
                    RegistryJson.text(RegistryJson.audit(entry.map(List::of).orElse(List.of()))));
        } else {
            out.printf(
                    Locale.ROOT,
                    entry.isPresent() ? "promoted: %s to %s%n" : "there already: %s in %s%n",
                    version.id(),
                    to.word());
        }
        out.flush();
        return 0;
    }
}
