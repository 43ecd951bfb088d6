package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of options that files have no use for; no broker is needed to say it. */
class TickInputsTest {

    /** Ends the command as soon as its input has been found. */
    private static final String NO_BROKER = "no-such-host.invalid:9092";

    @TempDir Path folder;
    private Path named;
    private Path nameless;
    private Path local;

    @BeforeEach
    void writeFiles() throws Exception {
        named =
                Files.writeString(
                        folder.resolve("named.csv"),
                        "symbol,kind,event_time_micros,price,size\nA,TRADE,1,2.5,1\nB,TRADE,2,2.5,1\n");
        nameless =
                Files.writeString(
                        folder.resolve("nameless.csv"),
                        "kind,event_time_micros,price,size\nTRADE,1,2.5,1\n");
        local =
                Files.writeString(
                        Files.createDirectory(folder.resolve("oanda-ticks"))
                                .resolve("20140502_quote.csv"),
                        "0,1.1,1.2\n");
    }

    @Test
    void refusesAZoneThatNoFileUses() throws Exception {
        assertThat(refused("--ticks", named.toString(), "--zone", "-05:00"))
                .isEqualTo(
                        "error: --zone -05:00 is for local times (format broker-quotes), and the times of all files are full: leave it out");
    }

    @Test
    void saysOfHowManyFilesAZoneIs() throws Exception {
        assertThat(out("--ticks", named.toString(), local.toString(), "--zone", "-05:00"))
                .contains("note         --zone holds for 1 of 2 files; the others' times are full");
        assertThat(out("--ticks", local.toString(), "--zone", "-05:00")).doesNotContain("note");
    }

    @Test
    void refusesASymbolThatNoRowNeeds() throws Exception {
        CommandRun run = CommandRun.of("demo", "--ticks", named.toString(), "--symbol", "C");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .first()
                .isEqualTo(
                        "error: --symbol C is for rows that name no symbol, and every row names its own (A, B): leave it out");
        assertThat(run.out()).doesNotContain("Kafka");
    }

    @Test
    void saysThatRowsKeepTheSymbolsTheyName() throws Exception {
        // A model that is none ends the command as soon as its input has been read.
        Path model = Files.writeString(folder.resolve("bad.onnx"), "no model");
        String[] demo = {"demo", "--model", model.toString(), "--symbol", "C", "--ticks"};

        assertThat(CommandRun.of(with(demo, nameless)).out())
                .contains("1 symbol,")
                .doesNotContain("note");
        assertThat(CommandRun.of(with(demo, nameless, named)).out())
                .contains(
                        "note         --symbol C holds for rows that name none; there are others: A, B");
    }

    private static String[] with(String[] first, Path... last) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(last).map(Path::toString))
                .toArray(String[]::new);
    }

    private static String refused(String... args) throws Exception {
        CommandRun run = replay(args);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        return run.err().lines().findFirst().orElse("");
    }

    private static String out(String... args) throws Exception {
        return replay(args).out();
    }

    private static CommandRun replay(String... args) throws Exception {
        return CommandRun.of(
                Stream.of(Stream.of("replay", "--bootstrap-server", NO_BROKER), Stream.of(args))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }
}
