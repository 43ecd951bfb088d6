package com.shivx.jobs;

import com.shivx.jobs.ingest.ControlRecord;
import com.shivx.jobs.ingest.ReadControlFunction;
import com.shivx.jobs.ingest.SplitIngestedFunction;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.wire.ControlJson;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A control topic as a stream. It says nothing of event time and is idle from the start, so that
 * the event time of an operator with a control input is its data input's alone. One subtask reads
 * it, for it has one partition, and so its order is kept.
 */
final class ControlStream {

    private ControlStream() {}

    /**
     * The records of a topic; those that are none are in the side output {@link
     * SplitIngestedFunction#DEAD_LETTERS}.
     *
     * @param source of that topic
     * @param job the job's name on dead letters
     */
    static <T> SingleOutputStreamOperator<T> of(
            StreamExecutionEnvironment env,
            KafkaSource<ControlRecord> source,
            Topic topic,
            ControlJson<T> json,
            Class<T> type,
            String job) {
        return env.fromSource(
                        source,
                        WatermarkStrategy.<ControlRecord>forGenerator(context -> new Idle())
                                .withTimestampAssigner(
                                        (record, written) -> TimestampAssigner.NO_TIMESTAMP),
                        topic.defaultName(),
                        TypeInformation.of(ControlRecord.class))
                .uid(topic.defaultName() + "-source")
                .setParallelism(1)
                .process(new ReadControlFunction<>(json, job), TypeInformation.of(type))
                .name("Read " + topic.defaultName())
                .uid(topic.defaultName() + "-read")
                .setParallelism(1);
    }

    /** Knows no time. */
    private static final class Idle implements WatermarkGenerator<ControlRecord> {

        @Override
        public void onEvent(ControlRecord event, long eventTimestamp, WatermarkOutput output) {
            output.markIdle();
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.markIdle();
        }
    }
}
