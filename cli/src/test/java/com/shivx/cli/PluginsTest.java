package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSetProvider;
import com.shivx.features.WarmUp;
import com.shivx.features.Watch;
import com.shivx.features.returns.TickReturn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be wrong with a folder of jars: always a line that says which, and what to do. */
class PluginsTest {

    private static final String SERVICE = "META-INF/services/" + FeatureSetProvider.class.getName();

    @TempDir Path folder;

    /** A sound one. */
    public static final class Sound implements FeatureSetProvider {
        @Override
        public FeatureSet featureSet() {
            return named("sound-v1", 1);
        }
    }

    /** Called as the sound one, and another set. */
    public static final class Namesake implements FeatureSetProvider {
        @Override
        public FeatureSet featureSet() {
            return named("sound-v1", 2);
        }
    }

    /** Builds nothing. */
    public static final class Throwing implements FeatureSetProvider {
        @Override
        public FeatureSet featureSet() {
            throw new UnsupportedOperationException("not today");
        }
    }

    private static FeatureSet named(String name, double max) {
        Feature schema = new Feature("r", "1", -1, max, WarmUp.NONE, Watch.RANGE, "A return");
        return FeatureSet.builder(name)
                .feature(schema, new TickReturn(), TickReturn::value)
                .build();
    }

    /** Whatever they hold, these classes come from the tests' own class path. */
    @BeforeEach
    void isNotKnownWithout() throws Exception {
        assertThat(CommandRun.of("features", "list").out()).doesNotContain("sound-v1");
    }

    @Test
    void findsTheSetsOfEveryJar() throws Exception {
        jar("sound.jar", SERVICE, "# mine\n" + Sound.class.getName() + " # a set\n");
        jar("library.JAR", "some/thing.txt", "no set here");
        Files.writeString(folder.resolve("readme.txt"), "no jar");

        CommandRun run =
                CommandRun.of("features", "describe", "sound-v1", "--plugins", "" + folder);

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out()).startsWith("sound-v1  ");
        assertThat(CommandRun.of("--plugins", "" + folder, "features", "list").out())
                .as("before the command as well")
                .contains("sound-v1");
    }

    @Test
    void saysThatThereIsNoFolder() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "");

        assertThat(refusal(folder.resolve("none")))
                .contains("there is no folder " + folder + "/none");
        assertThat(refusal(file)).contains("there is no folder " + file);
    }

    @Test
    void saysThatThereIsNoJar() throws Exception {
        Files.writeString(folder.resolve("readme.txt"), "no jar");

        assertThat(refusal(folder)).contains("there is no jar in --plugins " + folder);
    }

    @Test
    void saysThatAJarIsNone() throws Exception {
        Files.writeString(folder.resolve("text.jar"), "no zip");

        assertThat(refusal(folder)).contains(folder + "/text.jar is no jar (");
    }

    @Test
    void saysThatNoJarNamesASet() throws Exception {
        jar("library.jar", "some/thing.txt", "no set here");

        assertThat(refusal(folder))
                .contains("no jar in --plugins", "names a feature set in " + SERVICE);
    }

    @Test
    void saysThatAJarBringsShivxAlong() throws Exception {
        jar("shaded.jar", FeatureSet.class.getName().replace('.', '/') + ".class", "");

        assertThat(refusal(folder))
                .contains("shaded.jar holds classes of ShivX itself", "provided");
    }

    @Test
    void saysThatAProviderThrows() throws Exception {
        jar("throwing.jar", SERVICE, Throwing.class.getName());

        assertThat(refusal(folder))
                .contains(
                        "PluginsTest$Throwing cannot be built: ", "not today", "out of " + folder);
    }

    @Test
    void saysThatAProviderIsNotThere() throws Exception {
        jar("gone.jar", SERVICE, "org.acme.Gone");

        assertThat(refusal(folder)).contains("Provider org.acme.Gone not found");
    }

    @Test
    void saysThatTwoSetsHaveOneName() throws Exception {
        jar("a.jar", SERVICE, Sound.class.getName());
        jar("b.jar", SERVICE, Namesake.class.getName());

        assertThat(refusal(folder))
                .contains("Two different feature sets are named 'sound-v1'", "Namesake");
    }

    @Test
    void saysThatTwoJarsHaveTheSameSet() throws Exception {
        jar("mine-1.0.jar", SERVICE, Sound.class.getName());
        jar("mine-1.1.jar", SERVICE, Sound.class.getName());

        assertThat(refusal(folder)).contains("mine-1.0.jar and ", "mine-1.1.jar both have the");
    }

    /** Of a jar whose class somebody has built for a newer Java, or cut off. */
    @Test
    void saysThatAClassIsBroken() throws Exception {
        jar("broken.jar", SERVICE, "org.acme.Broken", "org/acme/Broken.class", "no class");

        assertThat(refusal(folder)).contains("org/acme/Broken", "out of " + folder);
    }

    @Test
    void looksIntoTheProjectsOwnFolderByItself() throws Exception {
        String before = System.getProperty("shivx.root", "");
        Path usual = Files.createDirectories(folder.resolve(".shivx/plugins"));
        System.setProperty("shivx.root", folder.toString());
        try {
            assertThat(CommandRun.of("features", "list").exitCode()).as("without a jar").isZero();
            Files.copy(jar("sound.jar", SERVICE, Sound.class.getName()), usual.resolve("mine.jar"));

            assertThat(CommandRun.of("features", "list").out()).contains("sound-v1");
        } finally {
            System.setProperty("shivx.root", before);
        }
    }

    /** Help is there whatever the folder. */
    @Test
    void helpsAllTheSame() throws Exception {
        CommandRun run = CommandRun.of("features", "list", "--plugins", folder + "/none", "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: shivx features list");
    }

    private static String refusal(Path plugins) throws Exception {
        CommandRun run = CommandRun.of("features", "list", "--plugins", plugins.toString());
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().startsWith("error: ");
        return run.err();
    }

    /** Writes a jar of entries: their names, each followed by its text. */
    private Path jar(String name, String... entries) throws IOException {
        Path file = folder.resolve(name);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < entries.length; i += 2) {
                jar.putNextEntry(new JarEntry(entries[i]));
                jar.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
        return file;
    }
}
