package com.shivx.local;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.deployment.ClusterClientJobClientAdapter;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.client.program.MiniClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;

/** Sends what a {@code StreamExecutionEnvironment} executes to the one MiniCluster of this JVM. */
record MiniClusterExecutor(MiniClusterClient client)
        implements PipelineExecutorServiceLoader, PipelineExecutorFactory, PipelineExecutor {
    static final String NAME = "embedded";

    @Override
    public CompletableFuture<JobClient> execute(
            Pipeline pipeline, Configuration configuration, ClassLoader classLoader)
            throws Exception {
        return client.submitJob(PipelineExecutorUtils.getStreamGraph(pipeline, configuration))
                .thenApplyAsync(id -> initialized(id, classLoader));
    }

    /** A job that fails before it runs (an unreadable savepoint, say) fails its submission. */
    private JobClient initialized(JobID id, ClassLoader classLoader) {
        try {
            ClientUtils.waitUntilJobInitializationFinished(
                    () -> client.getJobStatus(id).get(),
                    () -> client.requestJobResult(id).get(),
                    classLoader);
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return new ClusterClientJobClientAdapter<>(() -> client, id, classLoader);
    }

    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
        return this;
    }

    @Override
    public Stream<String> getExecutorNames() {
        return Stream.of(NAME);
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean isCompatibleWith(Configuration configuration) {
        return NAME.equals(configuration.get(DeploymentOptions.TARGET));
    }

    @Override
    public PipelineExecutor getExecutor(Configuration configuration) {
        return this;
    }
}
