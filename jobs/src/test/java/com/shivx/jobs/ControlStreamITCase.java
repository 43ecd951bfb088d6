package com.shivx.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.jobs.ingest.ControlRecord;
import com.shivx.jobs.ingest.SplitIngestedFunction;
import com.shivx.jobs.kafka.DeadLetterRecords;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.Until;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.wire.DeploymentJson;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** What a job gets from a control topic beside its data. */
class ControlStreamITCase {

    private static final long EVENT_TIME_MILLIS = 1_400_000_000_000L;
    private static final String KEY = "key";

    /** In the order of what happened, of the one subtask. */
    private static final Queue<String> HAPPENED = new ConcurrentLinkedQueue<>();

    /**
     * A control topic with a record, which was written now and says nothing of event time, neither
     * holds event time back nor drives it on.
     */
    @Test
    void leavesEventTimeToTheData() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                KafkaProbe probe = new KafkaProbe(kafka.bootstrapServers());
                EmbeddedFlink flink = Cluster.shipped()) {
            Configuration options =
                    new Configuration()
                            .set(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
            probe.createTopics(options, 1);
            DeploymentJson json = new DeploymentJson();
            Deployment deployment =
                    Deployment.initial("direction", new ModelRef("1.0.0", "/m", "0".repeat(64)));
            probe.send(
                    Topic.DEPLOYMENTS.name(options), json.key(deployment), json.write(deployment));
            probe.send(Topic.DEPLOYMENTS.name(options), json.key(deployment), null);
            probe.flush();

            StreamExecutionEnvironment env =
                    JobEnvironment.prepare(flink.environment(), new Configuration());
            env.setParallelism(1);
            KafkaEnds ends = new KafkaEnds(options, "test");
            SingleOutputStreamOperator<Deployment> control =
                    ControlStream.of(
                            env,
                            ends.controlFromBeginning(Topic.DEPLOYMENTS),
                            Topic.DEPLOYMENTS,
                            json,
                            Deployment.class,
                            "test");
            // Open for ever, as the control topic is.
            probe.send(Topic.TICKS.name(options), KEY.getBytes(UTF_8), KEY.getBytes(UTF_8));
            probe.flush();
            env.fromSource(
                            ends.control(Topic.TICKS),
                            WatermarkStrategy.<ControlRecord>forMonotonousTimestamps()
                                    .withTimestampAssigner((record, written) -> EVENT_TIME_MILLIS),
                            "data")
                    .uid("data")
                    .keyBy(record -> KEY)
                    .connect(control.keyBy(record -> KEY))
                    .process(new Witness(), Types.STRING)
                    .uid("witness")
                    .sinkTo(new DiscardingSink<>())
                    .uid("nowhere");
            control.getSideOutput(SplitIngestedFunction.DEAD_LETTERS)
                    .sinkTo(ends.sink("dead-letters-sink", new DeadLetterRecords(options)))
                    .uid("dead-letters-sink");
            JobClient job = env.executeAsync("control");
            Until.holds("the timer of the data fires", () -> HAPPENED.contains("timer"));
            Until.holds("the control record comes", () -> HAPPENED.contains("direction"));
            Until.holds(
                    "what is none is set apart",
                    () -> !probe.committed(Topic.DEAD_LETTERS.name(options)).isEmpty());
            job.cancel().get();
            assertThat(HAPPENED)
                    .containsExactlyInAnyOrder("data", "timer", "direction")
                    .containsSubsequence("data", "timer");
        }
    }

    /** Sets a timer for just before the data's own time and one for a year later. */
    private static final class Witness
            extends KeyedCoProcessFunction<String, ControlRecord, Deployment, String> {

        private static final long serialVersionUID = 1;

        @Override
        public void processElement1(ControlRecord data, Context context, Collector<String> out) {
            HAPPENED.add("data");
            context.timerService().registerEventTimeTimer(EVENT_TIME_MILLIS - 1);
            context.timerService().registerEventTimeTimer(EVENT_TIME_MILLIS + 31_536_000_000L);
        }

        @Override
        public void processElement2(Deployment deployment, Context context, Collector<String> out) {
            HAPPENED.add(deployment.model());
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) {
            HAPPENED.add(timestamp < EVENT_TIME_MILLIS ? "timer" : "a timer of next year");
        }
    }
}
