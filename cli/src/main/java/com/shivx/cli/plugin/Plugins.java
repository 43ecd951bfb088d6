package com.shivx.cli.plugin;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import com.shivx.features.FeatureSetProvider;
import com.shivx.features.FeatureSets;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * Feature sets of a user's own, from the jars of a folder.
 *
 * <p>While it is open, this thread and those that it starts find them, by their context class
 * loader. The tasks of a job that runs here have a class loader of their own, to which Flink adds
 * the class path of {@link #addTo}.
 */
public final class Plugins implements AutoCloseable {

    private final List<URL> jars;
    private final Set<String> names = new TreeSet<>();
    private final @Nullable URLClassLoader loader;
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    private Plugins(List<URL> jars) {
        this.jars = jars;
        loader = jars.isEmpty() ? null : new URLClassLoader(jars.toArray(new URL[0]), before);
    }

    /** Only what ShivX ships. */
    public static Plugins none() {
        return new Plugins(List.of());
    }

    /**
     * The sets of the jars in that folder, each loaded once to see that it can be.
     *
     * @throws CommandException with one line that says what is wrong with the folder, a jar, a
     *     provider or a name
     */
    public static Plugins open(Path folder) {
        Plugins plugins = new Plugins(urls(checked(folder, read(folder))));
        Thread.currentThread().setContextClassLoader(plugins.loader);
        try {
            FeatureSets.all();
            plugins.collectNames();
            return plugins;
        } catch (IllegalStateException e) {
            plugins.close();
            throw new CommandException(
                    "%s; correct it, or take its jar out of %s".formatted(e.getMessage(), folder),
                    e);
        }
    }

    /** The same for a folder that nobody has named, and that need not be there or hold a jar. */
    public static Plugins openIfAny(Path folder) {
        return Files.isDirectory(folder) && !read(folder).isEmpty() ? open(folder) : none();
    }

    private static List<PluginJar> read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CommandException(
                    "there is no folder %s for --plugins; name the one with your jars, such as target"
                            .formatted(folder));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Plugins::isJar).sorted().map(PluginJar::read).toList();
        } catch (IOException e) {
            throw new CommandException(
                    "cannot read --plugins %s (%s); name a folder with jars"
                            .formatted(folder, Reasons.of(e)),
                    e);
        }
    }

    private static boolean isJar(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar");
    }

    private static List<PluginJar> checked(Path folder, List<PluginJar> jars) {
        if (jars.isEmpty()) {
            throw new CommandException(
                    "there is no jar in --plugins %s; build yours, or name the folder it is in"
                            .formatted(folder));
        }
        Map<String, Path> byProvider = new HashMap<>();
        for (PluginJar jar : jars) {
            for (String provider : jar.providers()) {
                Path other = byProvider.putIfAbsent(provider, jar.file());
                // The first would be taken, silently, be it the older or the newer.
                if (other != null && !other.equals(jar.file())) {
                    throw new CommandException(
                            "%s and %s both have the feature set of %s: take one of them away"
                                    .formatted(other, jar.file(), provider));
                }
            }
        }
        if (byProvider.isEmpty()) {
            throw new CommandException(
                    "no jar in --plugins %s names a feature set in META-INF/services/%s: add that file"
                            .formatted(folder, FeatureSetProvider.class.getName()));
        }
        return jars;
    }

    private static List<URL> urls(List<PluginJar> jars) {
        List<URL> urls = new ArrayList<>();
        for (PluginJar jar : jars) {
            try {
                urls.add(jar.file().toAbsolutePath().normalize().toUri().toURL());
            } catch (MalformedURLException e) {
                throw new AssertionError("the URI of a file is a URL: " + jar, e);
            }
        }
        return List.copyOf(urls);
    }

    private void collectNames() {
        ServiceLoader.load(FeatureSetProvider.class, loader).stream()
                .filter(offered -> offered.type().getClassLoader() == loader)
                .forEach(offered -> names.add(offered.get().featureSet().name()));
    }

    /** Whether the set of that name is one of these. */
    public boolean provides(String featureSet) {
        return names.contains(featureSet);
    }

    /** Lets the tasks of a job see them too. */
    public Configuration addTo(Configuration options) {
        if (jars.isEmpty()) {
            return options;
        }
        List<String> path =
                new ArrayList<>(options.getOptional(PipelineOptions.CLASSPATHS).orElse(List.of()));
        jars.forEach(jar -> path.add(jar.toString()));
        return new Configuration(options).set(PipelineOptions.CLASSPATHS, path);
    }

    @Override
    public void close() {
        if (loader == null) {
            return;
        }
        Thread.currentThread().setContextClassLoader(before);
        try {
            loader.close();
        } catch (IOException e) {
            throw new CommandException(
                    "cannot close the jars of --plugins (%s)".formatted(Reasons.of(e)), e);
        }
    }
}
