package com.shivx.jobs;

import com.shivx.jobs.backfill.TickFileSource;
import com.shivx.jobs.files.TickFileException;
import com.shivx.jobs.ingest.Ingested;
import com.shivx.jobs.kafka.KafkaEnds;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The ticks of a bounded job: of files, or of the topic up to its end as of now. */
final class BoundedTicks {

    private BoundedTicks() {}

    /**
     * The source.
     *
     * @param paths files and folders; none for the topic
     * @param group the job's name in consumer groups and on dead letters
     */
    static SingleOutputStreamOperator<Ingested> source(
            StreamExecutionEnvironment env, List<String> paths, Configuration options, String group)
            throws TickFileException {
        if (paths.isEmpty()) {
            return env.fromSource(
                            new KafkaEnds(options, group).ticksUntilNow(),
                            TickEventTime.aligned(options),
                            "Ticks",
                            TypeInformation.of(Ingested.class))
                    .uid("ticks-source");
        }
        // One reader, for the order of a symbol's ticks over several files is the merge's.
        return env.fromSource(
                        TickFileSource.of(paths, options),
                        TickEventTime.of(options),
                        "Tick files",
                        TypeInformation.of(Ingested.class))
                .uid("tick-files-source")
                .setParallelism(1);
    }
}
