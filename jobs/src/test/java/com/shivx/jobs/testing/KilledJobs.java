package com.shivx.jobs.testing;

import com.shivx.local.EmbeddedFlink;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Jobs on one highly available cluster that all die together, and what shows that each has. */
public final class KilledJobs {

    private final EmbeddedFlink flink;
    private final List<JobClient> jobs = new ArrayList<>();
    private final List<Integer> taskManagers = new ArrayList<>();

    /** Builds a job. */
    public interface Builder {
        void build(StreamExecutionEnvironment env) throws Exception;
    }

    /**
     * None yet.
     *
     * @param flink highly available
     * @param taskManagers how many it was started with
     */
    public KilledJobs(EmbeddedFlink flink, int taskManagers) {
        this.flink = flink;
        for (int number = 0; number < taskManagers; number++) {
            this.taskManagers.add(number);
        }
    }

    /** Submits a job, which is one of those from now on. */
    public JobClient submit(String name, Builder job) throws Exception {
        StreamExecutionEnvironment env = flink.environment();
        job.build(env);
        JobClient submitted = env.executeAsync(name);
        jobs.add(submitted);
        return submitted;
    }

    /** Takes the JobManager of each down. */
    public void killJobManagers() throws Exception {
        for (JobClient job : jobs) {
            flink.killJobManager(job.getJobID());
        }
    }

    /**
     * Returns when each runs under another JobManager, from a checkpoint: that one knows of no
     * restart. Who asks after each death of a TaskManager, which is a restart, is not told of an
     * earlier JobManager.
     */
    public void awaitOtherJobManagers() throws Exception {
        for (JobClient job : jobs) {
            Until.holds(
                    "another JobManager of job " + job.getJobID(),
                    () ->
                            Cluster.checkpointed(flink, job)
                                    && Cluster.restored(flink, job)
                                    && !Cluster.restarted(flink, job));
        }
    }

    /** Takes all TaskManagers down under their tasks, and starts as many. */
    public void killTaskManagers() throws Exception {
        for (int number : taskManagers) {
            flink.killTaskManager(number);
        }
        for (int i = 0; i < taskManagers.size(); i++) {
            taskManagers.set(i, flink.startTaskManager());
        }
    }

    /** Returns when each has been restarted under the JobManager that it has. */
    public void awaitRestarts() throws Exception {
        for (JobClient job : jobs) {
            Until.holds("a restart of job " + job.getJobID(), () -> Cluster.restarted(flink, job));
        }
    }

    /** Cancels those that run. */
    public void cancel() throws Exception {
        for (JobClient job : jobs) {
            if (!job.getJobStatus().get().isGloballyTerminalState()) {
                job.cancel().get();
            }
        }
    }
}
