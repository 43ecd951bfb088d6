package com.shivx.jobs.testing;

import com.shivx.local.EmbeddedFlink;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;

/** A cluster as it ships, and what it tells of itself by its REST API. */
public final class Cluster {

    private Cluster() {}

    /** Starts one of one TaskManager. */
    public static EmbeddedFlink shipped() {
        return EmbeddedFlink.start(shippedConfiguration(), 1, null);
    }

    /** The same of one whose JobManager can be killed. */
    public static EmbeddedFlink shippedHighlyAvailable() {
        return shippedHighlyAvailable(1);
    }

    /** The same of several TaskManagers. */
    public static EmbeddedFlink shippedHighlyAvailable(int taskManagers) {
        return EmbeddedFlink.startHighlyAvailable(shippedConfiguration(), taskManagers, null);
    }

    /** What it is configured by. */
    public static Configuration shippedConfiguration() {
        Path root = Path.of(System.getProperty("shivx.root", ".."));
        return EmbeddedFlink.configuration(root.resolve("flink-conf"));
    }

    /** Whether a job has been restarted. */
    public static boolean restarted(EmbeddedFlink flink, JobClient job) throws Exception {
        String statusTimes = get(flink, "/jobs/" + job.getJobID());
        return !GenuineFlink.found(statusTimes, "\"RESTARTING\":(\\d+)").equals("0");
    }

    /** Whether what runs of a job has begun with a checkpoint. */
    public static boolean restored(EmbeddedFlink flink, JobClient job) throws Exception {
        String checkpoints = get(flink, "/jobs/" + job.getJobID() + "/checkpoints");
        return !GenuineFlink.found(checkpoints, "\"restored\":(\\d+)").equals("0");
    }

    /** Whether a job has completed a checkpoint, so that all its tasks run. */
    public static boolean checkpointed(EmbeddedFlink flink, JobClient job) throws Exception {
        String checkpoints = get(flink, "/jobs/" + job.getJobID() + "/checkpoints");
        return !checkpoints.contains("while the JobManager is initializing")
                && !GenuineFlink.found(checkpoints, "\"completed\":(\\d+)").equals("0");
    }

    /** How many slots no job has. */
    public static int freeSlots(EmbeddedFlink flink) throws Exception {
        String overview = get(flink, "/overview");
        return Integer.parseInt(GenuineFlink.found(overview, "\"slots-available\":(\\d+)"));
    }

    private static String get(EmbeddedFlink flink, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(flink.webUi().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
