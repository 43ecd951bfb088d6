package com.shivx.cli.flink;

import com.shivx.control.flink.FlinkTrainings;
import com.shivx.jobs.TrainingJob;
import com.shivx.jobs.options.JobArguments;
import com.shivx.local.EmbeddedFlink;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Submits trainings to the cluster of this process, where no jar is needed.
 *
 * @param complete adds to a job's options what its classes need
 */
public record EmbeddedSubmission(EmbeddedFlink flink, UnaryOperator<Configuration> complete)
        implements FlinkTrainings.Submission {

    @Override
    public void submit(String jobId, Map<String, String> options) throws Exception {
        Configuration all = JobArguments.checked(options);
        StreamExecutionEnvironment env =
                flink.environment(
                        complete.apply(new Configuration(all))
                                .set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, jobId));
        TrainingJob.build(env, all, System.getProperty("user.name"))
                .sinkTo(new DiscardingSink<>())
                .name("Nobody listens")
                .uid("training-discarded")
                .setParallelism(1);
        env.executeAsync(TrainingJob.NAME);
    }
}
