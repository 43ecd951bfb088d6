package com.shivx.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.client.program.MiniClusterClient;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.highavailability.nonha.embedded.HaLeadershipControl;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.ExecutionPlan;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster in this JVM, with the Web UI, that reads the configuration a real one reads.
 *
 * <p>Its folder holds checkpoints, savepoints and working files, unless the configuration names
 * other places.
 */
public final class EmbeddedFlink implements AutoCloseable {
    /** The Web UI's own port, and where it moves to when that is taken. */
    private static final String WEB_PORTS = "8081-8180";

    /** Whoever waits for a job to run would otherwise see an answer that is 3 s old. */
    private static final Duration REFRESH_INTERVAL = Duration.ofMillis(500);

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

    private final DataDirectory directory;
    private final Configuration configuration;
    private final MiniCluster cluster;
    private final MiniClusterClient client;
    private final Set<Integer> killedTaskManagers = new HashSet<>();
    private int startedTaskManagers;
    private boolean closed;

    private EmbeddedFlink(
            DataDirectory directory,
            Configuration configuration,
            MiniCluster cluster,
            int taskManagers) {
        this.directory = directory;
        this.configuration = configuration;
        this.cluster = cluster;
        this.client = new MiniClusterClient(configuration, cluster);
        this.startedTaskManagers = taskManagers;
    }

    /** What {@code config.yaml} in that folder says. */
    public static Configuration configuration(Path flinkConf) {
        if (!Files.isRegularFile(flinkConf.resolve("config.yaml"))) {
            throw new StartException(
                    "no config.yaml in %s: name Flink's configuration folder".formatted(flinkConf));
        }
        return GlobalConfiguration.loadConfiguration(flinkConf.toString());
    }

    /**
     * Starts a cluster and returns when its Web UI answers and has all TaskManagers.
     *
     * @param given Flink's configuration; {@code taskmanager.numberOfTaskSlots} holds for each
     *     TaskManager, {@code rest.bind-port} is 8081 or the next free port unless it is given
     * @param taskManagers how many TaskManagers to start with
     * @param directory where the cluster keeps its files; null for a folder of its own, deleted
     *     with it
     * @throws PortTakenException if another program listens on the port
     * @throws StartException if the folder cannot be used, or for whatever reason Flink names
     */
    public static EmbeddedFlink start(
            Configuration given, int taskManagers, @Nullable Path directory) {
        return start(given, taskManagers, directory, MiniCluster.HaServices.CONFIGURED);
    }

    /** The same of one with {@link #killJobManager}. */
    public static EmbeddedFlink startHighlyAvailable(
            Configuration given, int taskManagers, @Nullable Path directory) {
        return start(
                given, taskManagers, directory, MiniCluster.HaServices.WITH_LEADERSHIP_CONTROL);
    }

    private static EmbeddedFlink start(
            Configuration given,
            int taskManagers,
            @Nullable Path directory,
            MiniCluster.HaServices availability) {
        DataDirectory data = DataDirectory.of(directory, "shivx-flink-");
        Configuration configuration = completed(given, data);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(taskManagers)
                                .setHaServices(availability)
                                .setNumSlotsPerTaskManager(
                                        configuration.get(TaskManagerOptions.NUM_TASK_SLOTS))
                                .build());
        try {
            cluster.start();
            awaitOverview(cluster.getRestAddress().get(), taskManagers);
            return new EmbeddedFlink(data, configuration, cluster, taskManagers);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            try {
                cluster.closeAsync().orTimeout(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
            } catch (CompletionException failed) {
                e.addSuppressed(failed);
            }
            data.close();
            if (ExceptionUtils.findThrowable(e, BindException.class).isPresent()) {
                throw new PortTakenException(
                        configuration.get(RestOptions.BIND_PORT), "Flink's Web UI", e);
            }
            throw new StartException("Flink does not start: " + e.getMessage(), e);
        }
    }

    /** Its leaders are elected and its TaskManagers register in the background. */
    private static void awaitOverview(URI webUi, int taskManagers)
            throws IOException, InterruptedException {
        String awaited = "\"taskmanagers\":%d,".formatted(taskManagers);
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!overview(webUi).contains(awaited)) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "its %d TaskManagers are not there within %d s: %s"
                                .formatted(
                                        taskManagers, START_TIMEOUT.toSeconds(), overview(webUi)));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_INTERVAL.toMillis());
        }
    }

    /** What it tells of itself; nothing while nobody leads. No thread stays behind for it. */
    private static String overview(URI webUi) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) webUi.resolve("/overview").toURL().openConnection();
        connection.setConnectTimeout((int) START_TIMEOUT.toMillis());
        connection.setReadTimeout((int) START_TIMEOUT.toMillis());
        connection.setRequestProperty("Connection", "close");
        try {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return "";
            }
            try (InputStream answer = connection.getInputStream()) {
                return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            }
        } finally {
            connection.disconnect();
        }
    }

    /** An environment whose jobs run here, with every default of this cluster's configuration. */
    public StreamExecutionEnvironment environment() {
        return environment(new Configuration());
    }

    /** The same, with options of the job's own that go before the cluster's. */
    public StreamExecutionEnvironment environment(Configuration job) {
        Configuration effective = new Configuration(configuration);
        effective.addAll(job);
        effective.set(DeploymentOptions.TARGET, MiniClusterExecutor.NAME);
        return new StreamExecutionEnvironment(
                new MiniClusterExecutor(client), effective, getClass().getClassLoader());
    }

    /** Submits a graph of jobs and returns its id at once. */
    public JobID submit(ExecutionPlan plan) throws Exception {
        return client.submitJob(plan).get();
    }

    /** Savepoints, cancelling, status: all that {@code bin/flink} does. */
    public ClusterClient<?> client() {
        return client;
    }

    /** The address of the Web UI and of the REST API. */
    public URI webUi() {
        return cluster.getRestAddress().join();
    }

    /** Where checkpoints, savepoints and working files lie. */
    public Path directory() {
        return directory.path();
    }

    /**
     * Takes a TaskManager down under its running tasks.
     *
     * @param number counted from 0 in the order of starting; never used again
     * @throws IllegalArgumentException if it is down already
     */
    public synchronized void killTaskManager(int number) throws Exception {
        if (!killedTaskManagers.add(number)) {
            throw new IllegalArgumentException("TaskManager %d is down already".formatted(number));
        }
        cluster.terminateTaskManager(number).get();
    }

    /**
     * Takes the JobManager of a job down under it, and lets another take over from its last
     * checkpoint; a job without goes on from its beginning.
     *
     * @throws IllegalStateException unless this was {@linkplain #startHighlyAvailable started} so
     */
    public void killJobManager(JobID job) throws Exception {
        HaLeadershipControl leadership =
                cluster.getHaLeadershipControl()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "nobody would take over; use startHighlyAvailable"));
        leadership.revokeJobMasterLeadership(job).get();
        leadership.grantJobMasterLeadership(job).get();
    }

    /** Adds a TaskManager and returns its number. */
    public synchronized int startTaskManager() throws Exception {
        cluster.startTaskManager();
        return startedTaskManagers++;
    }

    /**
     * Cancels what runs and stops the cluster; its threads and ports are gone afterwards, and its
     * own folder.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            cluster.closeAsync().orTimeout(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
        } finally {
            directory.close();
        }
    }

    /**
     * Ports on this machine only, files in one folder: what a configuration for any machine cannot
     * say.
     */
    private static Configuration completed(Configuration given, DataDirectory data) {
        Configuration configuration = new Configuration(given);
        setIfAbsent(configuration, RestOptions.ADDRESS, Ports.HOST);
        setIfAbsent(configuration, RestOptions.BIND_ADDRESS, Ports.HOST);
        setIfAbsent(configuration, RestOptions.BIND_PORT, WEB_PORTS);
        setIfAbsent(configuration, CoreOptions.TMP_DIRS, data.resolve("tmp").toString());
        setIfAbsent(configuration, WebOptions.TMP_DIR, data.resolve("web").toString());
        setIfAbsent(configuration, WebOptions.REFRESH_INTERVAL, REFRESH_INTERVAL);
        setIfAbsent(
                configuration,
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                data.resolve("checkpoints").toUri().toString());
        setIfAbsent(
                configuration,
                CheckpointingOptions.SAVEPOINT_DIRECTORY,
                data.resolve("savepoints").toUri().toString());
        return configuration;
    }

    private static <T> void setIfAbsent(
            Configuration configuration, ConfigOption<T> option, T value) {
        if (!configuration.contains(option)) {
            configuration.set(option, value);
        }
    }
}
