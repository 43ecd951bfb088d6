package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code shivx init} writes, and where it does not. */
class InitCommandTest {

    @TempDir Path folder;

    @Test
    void writesEverythingThatItsReadmeNames() throws Exception {
        WrittenProject project = WrittenProject.in(folder.resolve("new/features"));

        String readme = Files.readString(project.folder().resolve("README.md"));
        assertThat(
                        Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                                .matcher(readme)
                                .results()
                                .map((MatchResult row) -> row.group(1)))
                .hasSize(5)
                .allSatisfy(path -> assertThat(project.folder().resolve(path)).exists());
        assertThat(project.source("main", "BounceV1")).content().contains("\"bounce-v1\"");
        assertThat(project.source("test", "BounceV1Test")).exists();
        assertThat(project.folder().resolve("mvnw")).isExecutable();
        assertThat(readme).contains("alias shivx=" + Installation.root().resolve("shivx"));
    }

    /** So that what a build of ShivX has fetched is all that it needs. */
    @Test
    void usesTheVersionsThatShivxUses() throws Exception {
        WrittenProject project = WrittenProject.in(folder);
        String ours = Files.readString(Installation.root().resolve("pom.xml"));

        assertThat(
                        Pattern.compile("<version>(\\d[^<]*)</version>")
                                .matcher(Files.readString(project.folder().resolve("pom.xml")))
                                .results()
                                .map((MatchResult found) -> found.group(1))
                                .filter(version -> !version.equals("1.0.0")))
                .hasSize(6)
                .allSatisfy(version -> assertThat(ours).contains(">" + version + "<"));
    }

    @Test
    void writesTheSameAgain() throws Exception {
        Path first = WrittenProject.in(folder.resolve("first")).folder();
        Path second = WrittenProject.in(folder.resolve("second")).folder();

        try (Stream<Path> files = Files.walk(first)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(second.resolve(first.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void goesNowhereWhereSomethingIs() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "mine");

        for (Path taken : new Path[] {folder, file}) {
            CommandRun run = CommandRun.of("init", taken.toString());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("error: ")
                    .contains(taken.toString());
        }
        assertThat(file).hasContent("mine");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--name my | --name 'my' is no name and version of a feature set; write one such as my-v1",
                "--name My-v1 | write one such as my-v1",
                "--name ../x-v1 | write one such as my-v1",
                "--name market-v1 | there is a feature set market-v1 already; choose another --name",
                "--package com.Example-x | is no Java package; write one such as com.example",
                "--package a.class | is no Java package",
                "--package java.mine | is of java itself",
                "--package com.shivx.features | is of com.shivx itself",
            })
    void refusesNamesThatAreNone(String arguments, String message) throws Exception {
        String[] option = arguments.split(" ");
        CommandRun run =
                CommandRun.of("init", folder.resolve("x").toString(), option[0], option[1]);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains(message);
        assertThat(folder).isEmptyDirectory();
    }
}
