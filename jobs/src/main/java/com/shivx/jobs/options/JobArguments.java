package com.shivx.jobs.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.Path;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The arguments of a job: {@code [--config URI]… [-D key=value]…}. What comes later wins; keys that
 * are not ours are Flink's and are handed on. A misspelt key of ours, in its first word or a later
 * one, a value that does not parse and an unreadable file are refused before anything starts.
 *
 * <p>Options of ours may stand in the cluster's own configuration as well, where the arguments win
 * over them: {@code bin/flink run -Dkey=value} puts them there, and the Web UI's page for
 * submitting jobs, which in Flink 2.3 hands no arguments on (FLINK-39310), leaves no other place.
 */
public final class JobArguments {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private JobArguments() {}

    /**
     * Reads a job's arguments.
     *
     * @param cluster the configuration of the cluster it is submitted to; its keys that are neither
     *     an option of ours nor Flink's are its own affair
     * @throws IllegalArgumentException with one line that names the argument and the remedy
     */
    public static Configuration parse(ReadableConfig cluster, String... args) {
        Map<String, String> values = new TreeMap<>(cluster.toMap());
        values.keySet().removeIf(key -> !JobOptions.isKnown(key));
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (arg.equals("--config")) {
                if (++i == args.length) {
                    throw new IllegalArgumentException("--config needs a file or URI after it");
                }
                values.putAll(read(args[i]));
            } else if (arg.startsWith("--config=")) {
                values.putAll(read(arg.substring("--config=".length())));
            } else if (arg.equals("-D")) {
                if (++i == args.length) {
                    throw new IllegalArgumentException("-D needs key=value after it");
                }
                put(values, args[i]);
            } else if (arg.startsWith("-D")) {
                put(values, arg.substring(2));
            } else {
                throw new IllegalArgumentException(
                        "unknown argument '"
                                + arg
                                + "'; a job takes --config URI and -D key=value");
            }
        }
        return checked(values);
    }

    /** Reads a YAML file of options, nested or dotted, from anything Flink's file systems reach. */
    public static Map<String, String> read(String uri) {
        Path path =
                new Path(
                        uri.contains("://") ? URI.create(uri) : java.nio.file.Path.of(uri).toUri());
        try (InputStream in = path.getFileSystem().open(path)) {
            Map<String, String> values = new TreeMap<>();
            flatten("", YAML.readTree(in), values, uri);
            return values;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read the options in " + uri + ": " + e.getMessage(), e);
        }
    }

    /** The values as a configuration, each key known and each value of its option's type. */
    public static Configuration checked(Map<String, String> values) {
        for (String key : values.keySet()) {
            boolean misspelt = JobOptions.isOurs(key) && !JobOptions.isKnown(key);
            if (misspelt || JobOptions.isAlmostOurs(key)) {
                throw new IllegalArgumentException(
                        "unknown option '%s'; did you mean '%s'? 'shivx options' lists them all"
                                .formatted(key, JobOptions.nearest(key)));
            }
            if (key.startsWith(KafkaOptions.PROPERTIES_PREFIX)) {
                checkProperty(key);
            }
        }
        Configuration configuration = Configuration.fromMap(values);
        for (ConfigOption<?> option : JobOptions.all()) {
            try {
                configuration.getOptional(option);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "option %s has the value '%s', which does not parse: %s"
                                .formatted(option.key(), values.get(option.key()), rootMessage(e)),
                        e);
            }
        }
        return configuration;
    }

    /** A property that is given otherwise would be lost silently. */
    private static void checkProperty(String key) {
        String property = key.substring(KafkaOptions.PROPERTIES_PREFIX.length());
        String option =
                property.equals(ProducerConfig.TRANSACTIONAL_ID_CONFIG)
                        ? DeploymentOptions.NAME.key()
                        : KafkaOptions.keyOf(property);
        if (!option.equals(key)) {
            throw new IllegalArgumentException(
                    "option %s would have no effect; set %s instead".formatted(key, option));
        }
    }

    private static void put(Map<String, String> values, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("-D takes key=value, not '" + assignment + "'");
        }
        values.put(
                assignment.substring(0, equals).strip(), assignment.substring(equals + 1).strip());
    }

    private static void flatten(
            String prefix, JsonNode node, Map<String, String> into, String uri) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                flatten(
                        prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(),
                        field.getValue(),
                        into,
                        uri);
            }
        } else if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(item.asText()));
            into.put(prefix, String.join(";", items));
        } else if (!prefix.isEmpty()) {
            into.put(prefix, node.isNull() ? "" : node.asText());
        } else if (!node.isMissingNode() && !node.isNull()) {
            throw new IllegalArgumentException(uri + " holds no options; write 'key: value' lines");
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
