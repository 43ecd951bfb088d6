package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.LifecycleOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.LifecycleRun;
import com.shivx.jobs.testing.Until;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Alarm;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.LifecycleEvent.Kind;
import com.shivx.models.lifecycle.LifecycleCommand;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.wire.AlarmJson;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.LifecycleCommandJson;
import com.shivx.models.wire.LifecycleEventJson;
import com.shivx.models.wire.RetrainRequestJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What the whole job decides when nothing arrives, whatever time stands on what has. */
class LifecycleClockITCase {

    private static final String MODEL = "direction";
    private static final Duration HALF_A_CENTURY = Duration.ofDays(365 * 50);
    private static final Duration SHADOW_TIME = Duration.ofSeconds(1);

    /** Long enough that all has arrived before it is over. */
    private static final Duration MAX_HOLD = Duration.ofSeconds(20);

    /**
     * Rows are of 2014 and all records stamped half a century ahead; each topic has a partition
     * that stays empty, and then nothing comes any more. The hold ends and the schedule is due when
     * the clock says so, whichever is first: the standing alarm or the schedule then finds the
     * other in its way.
     */
    @Test
    void aHoldEndsAndAScheduleIsDueByTheClockAloneAndOnce() throws Exception {
        try (EmbeddedKafka kafka =
                        EmbeddedKafka.start(
                                0,
                                null,
                                Map.of(
                                        "log.message.timestamp.after.max.ms",
                                        String.valueOf(Long.MAX_VALUE)));
                KafkaProbe probe = new KafkaProbe(kafka.bootstrapServers());
                EmbeddedFlink flink = Cluster.shipped()) {
            LifecycleRun run = new LifecycleRun(probe, kafka.bootstrapServers(), "idle");
            for (Topic topic : Topic.values()) {
                probe.addPartition(run.topic(topic));
            }
            run.options().set(LifecycleOptions.SHADOW_TIME, SHADOW_TIME);
            run.options().set(LifecycleOptions.MAX_HOLD, MAX_HOLD);
            run.writeAhead(HALF_A_CENTURY);
            JobClient job = run.submit(flink.environment());
            run.ask("first", MODEL, 0, 1);
            Until.holds("a champion", () -> isTold(run, Kind.DEPLOYED));
            long askedMillis = System.currentTimeMillis();
            run.send(LifecycleRun.request("rollout", MODEL, DeploymentMode.ROLLOUT, 0, 1L));
            Until.holds("a rollout", () -> isTold(run, Kind.ROLLOUT_STARTED));
            run.send(Topic.ALARMS, new AlarmJson(), drift());
            run.send(Topic.DEPLOYMENT_EVENTS, new DeploymentEventJson(), serving());
            run.undecidedWindow(SHADOW_TIME);
            run.send(Topic.LIFECYCLE_COMMANDS, new LifecycleCommandJson(), everyMinute());

            Until.holds("the hold's end", () -> isTold(run, Kind.ROLLOUT_ROLLED_BACK));
            Until.holds("the schedule's time", () -> isTold(run, Kind.SCHEDULE_DUE));
            job.cancel().get();

            assertThat(run.events())
                    .extracting(LifecycleEvent::kind)
                    .containsExactlyInAnyOrder(
                            Kind.DEPLOYED,
                            Kind.DEPLOYED,
                            Kind.ROLLOUT_STARTED,
                            Kind.RETRAIN_REFUSED,
                            Kind.ROLLOUT_HELD,
                            Kind.SCHEDULE_SET,
                            Kind.SCHEDULE_DUE,
                            Kind.RETRAIN_REFUSED,
                            Kind.ROLLOUT_ROLLED_BACK,
                            Kind.RETRAIN_REQUESTED);
            assertThat(run.read(Topic.RETRAIN_REQUESTS, new RetrainRequestJson()))
                    .singleElement()
                    .returns(RetrainRequest.Cause.ALARM, RetrainRequest::cause);
            assertThat(run.generations(MODEL)).containsExactly(1L, 2L, 3L);
            assertThat(event(run, Kind.ROLLOUT_ROLLED_BACK).reason())
                    .startsWith("nothing has decided it within 1 s and 20 s more");
            assertThat(toldMillis(probe, run, Kind.ROLLOUT_ROLLED_BACK) - askedMillis)
                    .isGreaterThanOrEqualTo(SHADOW_TIME.plus(MAX_HOLD).toMillis());
            long dueMillis =
                    event(run, Kind.SCHEDULE_SET).evidence().get("next_millis").longValue();
            assertThat(dueMillis % Duration.ofMinutes(1).toMillis()).isZero();
            assertThat(dueMillis - askedMillis).isLessThan(Duration.ofMinutes(2).toMillis());
            assertThat(event(run, Kind.SCHEDULE_DUE).reason())
                    .isEqualTo("it was due at " + Instant.ofEpochMilli(dueMillis));
            assertThat(toldMillis(probe, run, Kind.SCHEDULE_DUE)).isGreaterThanOrEqualTo(dueMillis);
        }
    }

    private static Alarm drift() {
        return new Alarm(
                "DRIFT~direction",
                Alarm.Kind.DRIFT,
                true,
                MODEL,
                "1.0.0",
                1,
                "it has drifted",
                1_398_902_400_000_000L,
                Map.of());
    }

    private static DeploymentEvent serving() {
        return new DeploymentEvent(
                MODEL, 2, DeploymentEvent.Kind.SERVING, "1.0.0", null, null, 0, 1);
    }

    private static LifecycleCommand everyMinute() {
        return new LifecycleCommand(
                "schedule-1",
                MODEL,
                LifecycleCommand.Kind.SET_SCHEDULE,
                "often",
                "* * * * *",
                null,
                null,
                "a test");
    }

    private static boolean isTold(LifecycleRun run, Kind kind) throws Exception {
        return run.events().stream().anyMatch(event -> event.kind() == kind);
    }

    private static LifecycleEvent event(LifecycleRun run, Kind kind) throws Exception {
        return run.events().stream()
                .filter(event -> event.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** When it was written, which is not in the future. */
    private static long toldMillis(KafkaProbe probe, LifecycleRun run, Kind kind) throws Exception {
        for (ConsumerRecord<byte[], byte[]> record :
                probe.committed(run.topic(Topic.LIFECYCLE_EVENTS))) {
            assertThat(record.timestamp()).isLessThanOrEqualTo(System.currentTimeMillis());
            if (new LifecycleEventJson().read(record.value()).kind() == kind) {
                return record.timestamp();
            }
        }
        throw new AssertionError("nothing was told of " + kind);
    }
}
