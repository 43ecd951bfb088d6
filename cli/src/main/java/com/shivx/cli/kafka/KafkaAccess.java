package com.shivx.cli.kafka;

import com.shivx.cli.console.CommandException;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;

/** How the command's own clients reach the broker: by the same options as the jobs. */
public final class KafkaAccess {

    private static final long ANSWER_SECONDS = 30;

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

    /** A client for topics and groups. */
    public static Admin admin(Configuration options) {
        return Admin.create(clientProperties(options));
    }

    /** What a broker answers; a broker that does not is one line with the remedy. */
    public static <T> T answer(KafkaFuture<T> future, Configuration options)
            throws ExecutionException {
        String brokers = options.get(KafkaOptions.BOOTSTRAP_SERVERS);
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw unreachable(brokers, e);
            }
            throw e;
        } catch (TimeoutException e) {
            throw unreachable(brokers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while waiting for Kafka at " + brokers, e);
        }
    }

    /**
     * Makes sure the topics are there.
     *
     * @throws CommandException that names the first missing one and how to make it
     */
    public static void requireTopics(Configuration options, Topic... topics)
            throws ExecutionException {
        try (Admin admin = admin(options)) {
            Set<String> present = answer(admin.listTopics().names(), options);
            for (Topic topic : topics) {
                if (!present.contains(topic.name(options))) {
                    throw new CommandException(
                            "Kafka at %s has no topic '%s'; 'shivx topics create' makes it"
                                    .formatted(
                                            options.get(KafkaOptions.BOOTSTRAP_SERVERS),
                                            topic.name(options)));
                }
            }
        }
    }

    private static CommandException unreachable(String brokers, Exception e) {
        return new CommandException(
                "Kafka at %s does not answer: is it up, is --bootstrap-server right, does it want --command-config?"
                        .formatted(brokers),
                e);
    }
}
