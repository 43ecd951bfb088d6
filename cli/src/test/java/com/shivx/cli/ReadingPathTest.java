package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The way through the code that README draws leads over classes that exist. */
class ReadingPathTest {

    private static final Path README = Path.of(System.getProperty("shivx.root", ".."), "README.md");

    @Test
    void namesClassesThatExist() throws Exception {
        String readme = Files.readString(README);
        int start = readme.indexOf("## Follow one tick");
        String section = readme.substring(start, readme.indexOf("\n## ", start + 1));
        List<String> classes =
                Pattern.compile("`(com\\.shivx\\.[\\w.]+)`")
                        .matcher(section)
                        .results()
                        .map((MatchResult result) -> result.group(1))
                        .toList();
        assertThat(classes).hasSizeGreaterThan(9);
        for (String name : classes) {
            assertThatCode(() -> Class.forName(name, false, getClass().getClassLoader()))
                    .as(name)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void fitsOnAPageThatIsRead() throws Exception {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(250);
    }

    @Test
    void linksToFilesThatExist() throws Exception {
        List<String> links =
                Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)")
                        .matcher(Files.readString(README))
                        .results()
                        .map((MatchResult result) -> result.group(1))
                        .toList();
        assertThat(links).isNotEmpty();
        assertThat(links).allSatisfy(link -> assertThat(README.resolveSibling(link)).exists());
    }
}
