package com.shivx.cli.lifecycle;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.kafka.ControlSender;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.cli.kafka.NewRecords;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.lifecycle.LifecycleCommand;
import com.shivx.models.wire.LifecycleCommandJson;
import com.shivx.models.wire.LifecycleEventJson;
import com.shivx.models.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Sends a command to the lifecycle job, and waits for what it decides. */
public final class LifecycleCall {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SAY_WAITING_EVERY = Duration.ofSeconds(5);

    private final Configuration options;
    private final Consumer<String> news;

    /**
     * @param news told a line of everything that happens
     */
    public LifecycleCall(Configuration options, Consumer<String> news) {
        this.options = options;
        this.news = news;
    }

    /**
     * Asks, and returns what was decided.
     *
     * @throws CommandException if it is refused, or nobody decides within the time, with the remedy
     */
    public LifecycleEvent ask(LifecycleCommand command, Duration timeout)
            throws InterruptedException {
        KafkaAdmin.requireTopics(options, Topic.LIFECYCLE_COMMANDS, Topic.LIFECYCLE_EVENTS);
        try (NewRecords events =
                new NewRecords(options, List.of(Topic.LIFECYCLE_EVENTS.name(options)))) {
            send(command);
            LifecycleEvent decided = await(events, command, timeout);
            return switch (decided.kind()) {
                case REFUSED, REPEATED, RETRAIN_REFUSED ->
                        throw new CommandException("it is refused: " + decided.reason());
                case DEPLOYED,
                        RETRAIN_REQUESTED,
                        RETRAIN_ENDED,
                        RETRAIN_READY,
                        SCHEDULE_SET,
                        SCHEDULE_REMOVED,
                        SCHEDULE_DUE,
                        ROLLOUT_STARTED,
                        ROLLOUT_ADVANCED,
                        ROLLOUT_HELD,
                        ROLLOUT_PAUSED,
                        ROLLOUT_RESUMED,
                        ROLLOUT_PROMOTED,
                        ROLLOUT_ROLLED_BACK,
                        ROLLOUT_ABORTED,
                        ROLLOUT_ENDED ->
                        decided;
            };
        }
    }

    private void send(LifecycleCommand command) throws InterruptedException {
        ControlSender.send(
                options, Topic.LIFECYCLE_COMMANDS, new LifecycleCommandJson(), command, "command");
        news.accept("asked: as request " + command.requestId());
    }

    private LifecycleEvent await(NewRecords events, LifecycleCommand command, Duration timeout) {
        long start = System.nanoTime();
        long told = start;
        while (true) {
            for (ConsumerRecord<byte[], byte[]> record : events.poll(POLL)) {
                LifecycleEvent event = read(record);
                if (event != null
                        && event.model().equals(command.model())
                        && event.requestId().equals(command.requestId())) {
                    return event;
                }
            }
            long now = System.nanoTime();
            if (now - start > timeout.toNanos()) {
                throw new CommandException(
                        "not decided within %d s: no lifecycle job has answered request %s; start one with 'shivx run lifecycle', and look with 'shivx models rollout status' or 'shivx schedule list' what came of it"
                                .formatted(timeout.toSeconds(), command.requestId()));
            }
            if (now - told > SAY_WAITING_EVERY.toNanos()) {
                told = now;
                news.accept(
                        "waiting until the lifecycle job decides (%d s)"
                                .formatted(Duration.ofNanos(now - start).toSeconds()));
            }
        }
    }

    /** What is none is somebody else's, and no answer. */
    private static @Nullable LifecycleEvent read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new LifecycleEventJson().read(record.value());
        } catch (UnreadableRecordException e) {
            return null;
        }
    }
}
