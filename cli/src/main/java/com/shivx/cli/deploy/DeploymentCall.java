package com.shivx.cli.deploy;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.kafka.ControlSender;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.wire.DeploymentRequestJson;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;

/** Asks the lifecycle job for a deployment, and waits until it serves. */
public final class DeploymentCall {

    private final Configuration options;
    private final Consumer<String> news;

    /**
     * @param news told a line of everything that happens
     */
    public DeploymentCall(Configuration options, Consumer<String> news) {
        this.options = options;
        this.news = news;
    }

    /**
     * @throws CommandException naming the topics that are missing
     */
    public void requireTopics() throws Exception {
        KafkaAdmin.requireTopics(
                options,
                Topic.DEPLOYMENT_REQUESTS,
                Topic.LIFECYCLE_EVENTS,
                Topic.DEPLOYMENT_EVENTS);
    }

    /**
     * Where the jobs will read it from.
     *
     * @param measured what says how it was measured
     */
    public ModelRef place(
            ModelFolder folder, ModelArtifact artifact, Map<ArtifactFile, byte[]> measured) {
        ModelFolder.Placed placed = folder.place(artifact, measured);
        news.accept(
                "%s: %s".formatted(placed.wasThere() ? "there already" : "copied", placed.uri()));
        return new ModelRef(
                artifact.contract().version(), placed.uri().toString(), artifact.sha256());
    }

    /** A request that a version serve at once and alone. */
    public static DeploymentRequest now(String model, ModelRef version) {
        return request(model, DeploymentMode.NOW, version);
    }

    /** A request that a version serve in a way that takes no share, for the symbols there are. */
    public static DeploymentRequest request(String model, DeploymentMode mode, ModelRef version) {
        return new DeploymentRequest(
                UUID.randomUUID().toString(),
                model,
                mode,
                version,
                0,
                null,
                null,
                System.getProperty("user.name"));
    }

    /**
     * Asks, and returns at once.
     *
     * @param words what is asked for
     */
    public void ask(DeploymentRequest request, String words) throws InterruptedException {
        ControlSender.send(
                options,
                Topic.DEPLOYMENT_REQUESTS,
                new DeploymentRequestJson(),
                request,
                "request");
        news.accept("asked: %s, as request %s".formatted(words, request.requestId()));
    }

    /**
     * Asks, and returns when every subtask serves it.
     *
     * @throws CommandException as {@link DeploymentWatch#await} does
     */
    public void askAndWait(DeploymentRequest request, String words, Duration timeout)
            throws InterruptedException {
        try (DeploymentWatch watch = new DeploymentWatch(options, request)) {
            ask(request, words);
            watch.await(timeout, news);
        }
    }
}
