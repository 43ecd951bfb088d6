package com.shivx.features;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The feature sets on the class path, by name. */
public final class FeatureSets {

    private FeatureSets() {}

    /**
     * The set of that name.
     *
     * @throws IllegalArgumentException naming the known sets, where there is none
     */
    public static FeatureSet byName(String name) {
        SortedMap<String, FeatureSet> all = all();
        FeatureSet set = all.get(name);
        if (set == null) {
            throw new IllegalArgumentException(
                    "No feature set '"
                            + name
                            + "'; known are "
                            + String.join(", ", all.keySet())
                            + ". A set of your own is found by its FeatureSetProvider in"
                            + " META-INF/services");
        }
        return set;
    }

    /**
     * Every set, ordered by name.
     *
     * @throws IllegalStateException with one line that names the provider, where one cannot be
     *     loaded, fails, or takes another's name
     */
    public static SortedMap<String, FeatureSet> all() {
        SortedMap<String, FeatureSet> all = new TreeMap<>();
        // A job's own classes are seen by the context class loader only, ours always by our own.
        addFrom(FeatureSets.class.getClassLoader(), all);
        addFrom(Thread.currentThread().getContextClassLoader(), all);
        return all;
    }

    private static void addFrom(ClassLoader loader, SortedMap<String, FeatureSet> all) {
        try {
            for (FeatureSetProvider provider :
                    ServiceLoader.load(FeatureSetProvider.class, loader)) {
                add(provider, all);
            }
        } catch (ServiceConfigurationError e) {
            throw new IllegalStateException(
                    "A feature set cannot be loaded: " + e.getMessage() + reason(e.getCause()), e);
        } catch (LinkageError e) {
            throw new IllegalStateException("A feature set cannot be loaded" + reason(e), e);
        }
    }

    private static void add(FeatureSetProvider provider, SortedMap<String, FeatureSet> all) {
        FeatureSet set;
        try {
            set = provider.featureSet();
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalStateException(
                    "The feature set of "
                            + provider.getClass().getName()
                            + " cannot be built"
                            + reason(e),
                    e);
        }
        FeatureSet other = all.putIfAbsent(set.name(), set);
        if (other != null && !other.hash().equals(set.hash())) {
            throw new IllegalStateException(
                    "Two different feature sets are named '"
                            + set.name()
                            + "'; rename the one of "
                            + provider.getClass().getName());
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return cause == null ? "" : ": " + cause;
    }
}
