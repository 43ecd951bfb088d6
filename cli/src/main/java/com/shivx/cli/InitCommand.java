package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.init.NewProject;
import com.shivx.cli.init.ProjectName;
import com.shivx.cli.init.ShivxFiles;
import com.shivx.features.FeatureSets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx init}: a project for features of one's own. */
@Command(
        name = "init",
        sortOptions = false,
        description = {
            "Write a small Maven project with a feature set of your own: a kernel, its tests, and the lines that"
                    + " build it, compute it over history, train with it and score with it.",
            "It builds with a JDK alone; what it needs of ShivX is put beside it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx init my-features",
            "  shivx init ../bounce --name bounce-v1 --package com.mycompany.bounce"
        })
final class InitCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "A folder that is not there, or empty.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path folder;

    @Option(
            names = "--name",
            paramLabel = "SET",
            description = "Name and version of the feature set (default: my-v1).")
    private String name = "my-v1";

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "Java package of its classes (default: com.example).")
    private String javaPackage = "com.example";

    @Override
    public Integer call() {
        ProjectName names = new ProjectName(name, javaPackage);
        if (FeatureSets.all().containsKey(name)) {
            throw new CommandException(
                    "there is a feature set %s already; choose another --name".formatted(name));
        }
        String release = Shivx.VERSION.substring(Shivx.VERSION.indexOf(' ') + 1);
        ShivxFiles shivx = ShivxFiles.of(Installation.root(), release);
        new NewProject(names, shivx, Installation.plugins()).write(folder);
        PrintWriter out = Shivx.out(spec);
        out.printf(
                Locale.ROOT,
                """
                %s is in %s: a kernel, the feature set, their tests, and ticks to try them on.
                Next:
                  cd %s
                  ./mvnw package
                  %s features list --plugins target
                README.md goes on from there: history, training, scoring.
                """,
                name,
                folder,
                folder,
                Installation.root().resolve("shivx"));
        out.flush();
        return 0;
    }
}
