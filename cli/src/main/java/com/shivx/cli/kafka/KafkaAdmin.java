package com.shivx.cli.kafka;

import com.shivx.cli.console.CommandException;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/**
 * A client for topics and groups whose every question has an end: a broker that does not answer is
 * one line with the remedy, after {@link #ANSWER} unless the options give Kafka's clients another
 * time.
 */
public final class KafkaAdmin implements AutoCloseable {

    /** Time enough for any broker that is up, and little enough to wait for one that is not. */
    static final Duration ANSWER = Duration.ofSeconds(20);

    /** Within that, a second broker of the list is asked. */
    private static final Duration REQUEST = Duration.ofSeconds(8);

    /** What the client itself may need to give up after its time is over. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final long LOOK_NANOS = 20_000_000;

    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final String brokers;
    private final Duration answer;
    private final Admin admin;

    /**
     * A client by the same options as the jobs.
     *
     * @throws CommandException if an address or a property cannot be right
     */
    public KafkaAdmin(Configuration options) {
        brokers = options.get(KafkaOptions.BOOTSTRAP_SERVERS);
        Map<String, Object> properties = KafkaAccess.clientProperties(options);
        answer =
                KafkaAccess.duration(
                        properties, AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER);
        Duration request = REQUEST.compareTo(answer) < 0 ? REQUEST : answer;
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, inMillis(answer));
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, inMillis(request));
        try {
            admin = Admin.create(properties);
        } catch (KafkaException e) {
            throw new CommandException(
                    "no client for Kafka at %s (%s): check --bootstrap-server and --command-config"
                            .formatted(brokers, rootMessage(e)),
                    e);
        }
    }

    /**
     * What a broker answers.
     *
     * @throws CommandException if it does not, or refuses
     */
    public <T> T ask(Function<Admin, KafkaFuture<T>> question) {
        try {
            return question.apply(admin).get(answer.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof org.apache.kafka.common.errors.TimeoutException
                    ? unreachable(e)
                    : new CommandException(
                            "Kafka at %s refuses: %s".formatted(brokers, rootMessage(e)), e);
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while waiting for Kafka at " + brokers, e);
        }
    }

    /**
     * Makes sure the topics are there, and says where.
     *
     * @throws CommandException that names the first missing one and how to make it
     */
    public static String requireTopics(Configuration options, Topic... topics) {
        try (KafkaAdmin admin = new KafkaAdmin(options)) {
            Set<String> present = admin.topics();
            for (Topic topic : topics) {
                if (!present.contains(topic.name(options))) {
                    throw new CommandException(
                            "Kafka at %s has no topic '%s'; 'shivx topics create' makes it"
                                    .formatted(admin.brokers, topic.name(options)));
                }
            }
            return admin.brokers;
        }
    }

    /** The names of the topics there are. */
    Set<String> topics() {
        return ask(kafka -> kafka.listTopics().names());
    }

    /** Returns when the brokers, which hear of a new topic a little later, say that it is there. */
    void awaitTopics(Collection<String> names) {
        long deadline = System.nanoTime() + answer.toNanos();
        while (!topics().containsAll(names)) {
            if (System.nanoTime() > deadline) {
                throw new CommandException(
                        "Kafka at %s has taken the topics %s and does not show them"
                                .formatted(brokers, names));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Does not wait for what is still unanswered. */
    @Override
    public void close() {
        admin.close(CLOSE);
    }

    private CommandException unreachable(Exception e) {
        return new CommandException(
                "Kafka at %s does not answer: is it up, is --bootstrap-server right, does it want --command-config?"
                        .formatted(brokers),
                e);
    }

    private static String inMillis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
