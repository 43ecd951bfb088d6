package com.shivx.jobs.options;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

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
                    ServingOptions.class,
                    OutcomeOptions.class,
                    LifecycleOptions.class,
                    DriftOptions.class,
                    TrainingOptions.class,
                    BackfillOptions.class,
                    LogOptions.class,
                    ControlOptions.class);

    private static final Map<String, ConfigOption<?>> BY_KEY = collect();

    /** So many letters wrong, missing or too many are a slip; two that changed places are two. */
    private static final int MISTYPED = 2;

    /** First words of keys of Flink's that are as close to ours as that. */
    private static final Set<String> FLINKS_WORDS = Set.of("akka");

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

    /** Those among the options that are Flink's: all but ours. */
    public static Configuration ofFlink(Configuration options) {
        Configuration flinks = new Configuration();
        options.toMap()
                .forEach(
                        (key, value) -> {
                            if (!isOurs(key)) {
                                flinks.setString(key, value);
                            }
                        });
        return flinks;
    }

    /**
     * Whether a key's first word is almost one of ours, and not one of Flink's, so that it is
     * mistyped.
     */
    static boolean isAlmostOurs(String key) {
        String word = firstWord(key);
        return !isOurs(key)
                && !FLINKS_WORDS.contains(word)
                && BY_KEY.keySet().stream()
                        .map(JobOptions::firstWord)
                        .anyMatch(known -> distance(known, word) <= slips(known));
    }

    /** Two slips in a word of three or four letters leave another word. */
    private static int slips(String word) {
        return Math.min(MISTYPED, (word.length() - 1) / 2);
    }

    private static String firstWord(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
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
