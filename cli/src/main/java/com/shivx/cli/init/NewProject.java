package com.shivx.cli.init;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import com.shivx.cli.market.MarketConfig;
import com.shivx.cli.market.SimulatedMarket;
import com.shivx.jobs.wire.TickJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** A Maven project with one feature set, which builds on any machine with a JDK and a network. */
public record NewProject(ProjectName name, ShivxFiles shivx, Path plugins) {

    /** File of simulated ticks, for the first try of every command. */
    static final String TICKS = "ticks.jsonl.gz";

    private static final int TICK_COUNT = 60_000;
    private static final long SEED = 1;

    /** 5 January 2026, 09:00 UTC. */
    private static final long START_MICROS = 1_767_603_600_000_000L;

    /**
     * Writes it.
     *
     * @param folder one that is not there, or empty
     * @throws CommandException if it cannot be written, or would go among other files
     */
    public void write(Path folder) {
        requireEmpty(folder);
        try {
            for (Template template : Template.values()) {
                Path file = inside(folder, template.path(words()));
                Files.writeString(file, template.text(words()));
            }
            for (String file : ShivxFiles.WRAPPER) {
                copy(shivx.root().resolve(file), inside(folder, file));
            }
            String jar =
                    "repository/com/shivx/shivx-features/%1$s/shivx-features-%1$s"
                            .formatted(shivx.version());
            copy(shivx.jar(), inside(folder, jar + ".jar"));
            copy(shivx.testJar(), inside(folder, jar + "-tests.jar"));
            writeTicks(inside(folder, TICKS));
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write to %s (%s); empty it, or name another folder"
                            .formatted(folder, Reasons.of(e)),
                    e);
        }
    }

    private Map<String, String> words() {
        return Map.of(
                "name", name.featureSet(),
                "package", name.javaPackage(),
                "packagePath", name.packagePath(),
                "class", name.className(),
                "shivxVersion", shivx.version(),
                "shivx", shivx.root().resolve("shivx").toString(),
                "plugins", plugins.toString());
    }

    private static void requireEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new CommandException(
                        "%s is not empty; name a folder that is, or that is not there"
                                .formatted(folder));
            }
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write to %s (%s); name another folder"
                            .formatted(
                                    folder,
                                    Files.isDirectory(folder) ? Reasons.of(e) : "it is a file"),
                    e);
        }
    }

    private static Path inside(Path folder, String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.toAbsolutePath().getParent());
        return file;
    }

    /** With what may be done with it: the wrapper is a program. */
    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void writeTicks(Path file) throws IOException {
        TickJson json = new TickJson();
        SimulatedMarket market = new SimulatedMarket(MarketConfig.of(SEED, START_MICROS));
        try (OutputStream out =
                new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            for (int i = 0; i < TICK_COUNT; i++) {
                out.write(json.write(market.next()));
                out.write('\n');
            }
        }
    }
}
