package com.shivx.cli.deploy;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.kafka.NewRecords;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.LifecycleEventJson;
import com.shivx.models.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Follows one request from the moment before it is made: what the lifecycle job decides, and what
 * each subtask of the scoring job then does.
 */
public final class DeploymentWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SAY_WAITING_EVERY = Duration.ofSeconds(5);

    private final NewRecords records;
    private final String lifecycleEvents;
    private final DeploymentProgress progress;

    /** From now on; the topics must exist. */
    public DeploymentWatch(Configuration options, DeploymentRequest request) {
        lifecycleEvents = Topic.LIFECYCLE_EVENTS.name(options);
        progress = new DeploymentProgress(request);
        records =
                new NewRecords(
                        options, List.of(lifecycleEvents, Topic.DEPLOYMENT_EVENTS.name(options)));
    }

    /**
     * Returns when every subtask serves it.
     *
     * @param news told a line whenever something has happened, and now and then that nothing has
     * @throws CommandException if it is refused, replaced, or not served within the time, with the
     *     reason and the remedy
     */
    public void await(Duration timeout, Consumer<String> news) {
        long start = System.nanoTime();
        long toldNanos = start;
        while (!progress.isOver()) {
            records.poll(POLL).forEach(this::take);
            List<String> lines = progress.news();
            lines.forEach(news);
            long now = System.nanoTime();
            if (!lines.isEmpty()) {
                toldNanos = now;
            } else if (now - toldNanos > SAY_WAITING_EVERY.toNanos()) {
                toldNanos = now;
                news.accept(
                        String.format(
                                Locale.ROOT,
                                "waiting until %s (%d s)",
                                progress.waitingFor(),
                                Duration.ofNanos(now - start).toSeconds()));
            }
            if (!progress.isOver() && now - start > timeout.toNanos()) {
                throw new CommandException(
                        "not done within %d s: %s"
                                .formatted(timeout.toSeconds(), progress.givenUp()));
            }
        }
        String failure = progress.failure();
        if (failure != null) {
            throw new CommandException(failure);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(lifecycleEvents)) {
            read(new LifecycleEventJson(), record.value(), progress::take);
        } else {
            read(new DeploymentEventJson(), record.value(), progress::take);
        }
    }

    /** What is none is somebody else's, and no answer. */
    private static <T> void read(ControlJson<T> json, byte[] value, Consumer<T> into) {
        try {
            into.accept(json.read(value));
        } catch (UnreadableRecordException e) {
            // As said above.
        }
    }

    @Override
    public void close() {
        records.close();
    }
}
