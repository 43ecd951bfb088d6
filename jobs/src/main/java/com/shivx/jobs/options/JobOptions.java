package com.shivx.jobs.options;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;

/**
 * Every option there is, for listings, for checks of keys and for the test that pins keys and
 * defaults.
 */
public final class JobOptions {

    private static final List<Class<?>> HOLDERS =
            List.of(
                    DeploymentOptions.class,
                    KafkaOptions.class,
                    IngestOptions.class,
                    QualityOptions.class,
                    FeatureOptions.class,
                    ScoringOptions.class,
                    BackfillOptions.class);

    private static final Map<String, ConfigOption<?>> BY_KEY = collect();

    private JobOptions() {}

    /** All options in the order of their keys. */
    public static List<ConfigOption<?>> all() {
        return List.copyOf(BY_KEY.values());
    }

    /** Whether a key is one of ours or begins with a prefix that takes any key. */
    static boolean isKnown(String key) {
        return BY_KEY.containsKey(key)
                || key.startsWith(KafkaOptions.PROPERTIES_PREFIX)
                || key.startsWith(KafkaOptions.TOPICS_PREFIX);
    }

    /**
     * Whether a key's first word is one of ours, so that an unknown key there is a mistake and not
     * Flink's.
     */
    public static boolean isOurs(String key) {
        String root = key.substring(0, key.indexOf('.') + 1);
        return !root.isEmpty()
                && BY_KEY.keySet().stream().anyMatch(known -> known.startsWith(root));
    }

    /** The known key most like a mistyped one. */
    static String nearest(String key) {
        return BY_KEY.keySet().stream()
                .min((a, b) -> Integer.compare(distance(a, key), distance(b, key)))
                .orElseThrow();
    }

    private static Map<String, ConfigOption<?>> collect() {
        Map<String, ConfigOption<?>> options = new TreeMap<>();
        for (Class<?> holder : HOLDERS) {
            for (ConfigOption<?> option : declaredIn(holder)) {
                options.put(option.key(), option);
            }
        }
        return options;
    }

    private static List<ConfigOption<?>> declaredIn(Class<?> holder) {
        List<ConfigOption<?>> options = new ArrayList<>();
        for (Field field : holder.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
                try {
                    options.add((ConfigOption<?>) field.get(null));
                } catch (IllegalAccessException e) {
                    throw new AssertionError("a public field of a public class: " + field, e);
                }
            }
        }
        return options;
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substituted, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
