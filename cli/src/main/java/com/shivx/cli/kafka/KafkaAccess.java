package com.shivx.cli.kafka;

import com.shivx.cli.console.CommandException;
import com.shivx.jobs.options.KafkaOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.CommonClientConfigs;

/** How the command's own clients reach the broker: by the same options as the jobs. */
public final class KafkaAccess {

    private KafkaAccess() {}

    /** Properties that any client of Kafka takes. */
    public static Map<String, Object> clientProperties(Configuration options) {
        Map<String, Object> properties = new HashMap<>();
        options.toMap()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(KafkaOptions.PROPERTIES_PREFIX)) {
                                properties.put(
                                        key.substring(KafkaOptions.PROPERTIES_PREFIX.length()),
                                        value);
                            }
                        });
        properties.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                options.get(KafkaOptions.BOOTSTRAP_SERVERS));
        return properties;
    }

    /**
     * The time that a property in milliseconds gives.
     *
     * @throws CommandException if it gives none
     */
    public static Duration duration(
            Map<String, Object> properties, String name, Duration otherwise) {
        Object given = properties.get(name);
        try {
            return given == null
                    ? otherwise
                    : Duration.ofMillis(Long.parseLong(given.toString().strip()));
        } catch (NumberFormatException e) {
            throw new CommandException(
                    "Kafka's property %s is '%s', which is no number of milliseconds"
                            .formatted(name, given),
                    e);
        }
    }
}
