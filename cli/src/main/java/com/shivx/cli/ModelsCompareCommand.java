package com.shivx.cli;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.VersionComparison;
import com.shivx.models.registry.VersionFiles;
import com.shivx.models.registry.VersionName;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models compare}: two versions side by side. */
@Command(
        name = "compare",
        description =
                "Compare two versions: signature, features, provenance, metrics, size, and how fast they score here.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models compare direction@2.0.0 direction@2.1.0",
            "  shivx models compare direction@production direction@staging --all -o json"
        })
final class ModelsCompareCommand implements Callable<Integer> {

    private static final String NONE = "-";

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "The first version.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String a;

    @Parameters(index = "1", paramLabel = "B", description = "The second version.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String b;

    @Option(
            names = "--all",
            description =
                    "Show what is equal of signature, features and provenance, too; JSON always does.")
    private boolean all;

    @Mixin private final RegistryInputs registry = new RegistryInputs();
    @Mixin private final OutputFormat format = new OutputFormat();

    @Override
    public Integer call() throws Exception {
        ModelRegistry opened = registry.open();
        ModelVersion first = opened.resolve(VersionName.parse(a));
        ModelVersion second = opened.resolve(VersionName.parse(b));
        VersionComparison comparison =
                VersionComparison.of(side(opened, first), side(opened, second));
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(RegistryJson.text(RegistryJson.comparison(comparison)));
        } else {
            out.printf(Locale.ROOT, "a: %s, b: %s%n", first.id(), second.id());
            table(comparison).lines().forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private static VersionComparison.Side side(ModelRegistry registry, ModelVersion version)
            throws ModelRefusedException {
        VersionFiles files = registry.files(version);
        try {
            return new VersionComparison.Side(files, ModelSpeed.microsPerRow(files));
        } catch (ModelRefusedException e) {
            throw e.of(version.id());
        }
    }

    private Table table(VersionComparison comparison) {
        Table table = new Table("about", "name", "a", "b", "b - a");
        for (VersionComparison.Row row : comparison.rows()) {
            if (all || !row.isEqual() || isAlwaysOfInterest(row.subject())) {
                Double difference = row.difference();
                table.row(
                        row.subject().name().toLowerCase(Locale.ROOT),
                        row.name(),
                        orNone(row.a()),
                        orNone(row.b()),
                        difference == null
                                ? NONE
                                : String.format(Locale.ROOT, "%+.6g", difference));
            }
        }
        return table;
    }

    /** What versions are chosen by; of the rest what differs tells enough. */
    private static boolean isAlwaysOfInterest(VersionComparison.Subject subject) {
        return switch (subject) {
            case METRIC, SIZE, SPEED -> true;
            case SIGNATURE, FEATURE, PROVENANCE -> false;
        };
    }

    private static String orNone(@Nullable String value) {
        return value == null ? NONE : value;
    }
}
