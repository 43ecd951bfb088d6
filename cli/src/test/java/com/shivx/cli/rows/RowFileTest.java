package com.shivx.cli.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.shivx.cli.console.CommandException;
import com.shivx.models.testing.Networks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of columns x0 and x1 from files of all kinds. */
class RowFileTest {

    @TempDir private Path folder;

    @Test
    void readsColumnsByNameAndLabelsByNameOrIndex() throws Exception {
        RowFile rows =
                of(
                        "\ufeffsymbol, \"x1\",x0,label",
                        "EURUSD,1, 2.5 ,UP",
                        "",
                        "EURUSD,,NaN,0",
                        "EURUSD,null,-1e3,\r");

        assertThat(all(rows)).containsExactly("[2.5, 1.0] 2", "[NaN, NaN] 0", "[-1000.0, NaN] -1");
        assertThat(all(rows)).as("once more").hasSize(3);
        assertThat(rows.first(2)).hasSize(2);
        assertThat(rows.first(9)).hasSize(3);
    }

    @Test
    void readsFeatureVectorsThatAreReady() throws Exception {
        RowFile rows =
                of(
                        "{\"ready\": false, \"features\": {}}",
                        "{\"ready\":true,\"features\":{\"x0\":1.5,\"more\":7,\"x1\":null}}",
                        "{\"features\":{\"x0\":1,\"x1\":2},\"label\":\"FLAT\"}");

        assertThat(all(rows)).containsExactly("[1.5, NaN] -1", "[1.0, 2.0] 1");
    }

    @Test
    void readsWhatIsPacked() throws Exception {
        Path file = folder.resolve("rows.csv.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("x0,x1\n3,4\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(all(RowFile.of(file, Networks.contract(2)))).containsExactly("[3.0, 4.0] -1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x0,x1;1|line 2: it has 1 parts, and the header has 2",
                "x0,x1;1,2;1,two|line 3: column x1 is 'two', no number",
                "x0,x1,label;1,2,3|line 2: label '3' is no class",
                "x0,x1,x1;1,2,3|names column x1 twice",
                "x0;1|lacks 1 of the model's 2 columns, the first of them x1",
                ";x0,x1|no first line",
                "{\"features\":{\"x0\":1}}|line 1: its features lack the model's column x1",
                "{\"x0\":1}|line 1: it has no object 'features'",
                "{\"features\":{\"x0\":1,\"x1\":2}};[1]|line 2: it is no JSON object",
                "{\"features\":|line 1: it is no JSON"
            })
    void namesTheLineThatIsWrong(String lines, String reason) {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> all(of(lines.split(";"))))
                .withMessageContaining(reason);
    }

    @Test
    void refusesAFileThatCannotBeRead() throws Exception {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> RowFile.of(folder, Networks.contract(2)))
                .withMessageContaining("cannot read --rows");
        Path broken = Files.writeString(folder.resolve("broken.gz"), "x0,x1\n");
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> RowFile.of(broken, Networks.contract(2)))
                .withMessageContaining("cannot read --rows");
        assertThatExceptionOfType(CommandException.class).isThrownBy(() -> of());
    }

    private RowFile of(String... lines) throws IOException {
        return RowFile.of(
                Files.write(folder.resolve("rows"), List.of(lines)), Networks.contract(2));
    }

    private static List<String> all(RowFile rows) throws Exception {
        List<String> all = new ArrayList<>();
        rows.read((values, label) -> all.add(Arrays.toString(values) + " " + label));
        return all;
    }
}
