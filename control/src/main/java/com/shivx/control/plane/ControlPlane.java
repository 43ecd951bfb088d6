package com.shivx.control.plane;

import com.shivx.control.ControlException;
import com.shivx.control.http.ControlApi;
import com.shivx.control.http.ControlHealth;
import com.shivx.control.http.ControlViews;
import com.shivx.control.http.HttpEndpoint;
import com.shivx.control.http.Latencies;
import com.shivx.control.training.TrainingCluster;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.ModelRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * A running control service: one thread that reads topics, launches trainings and keeps the
 * registry in step, and the HTTP API beside it. It owns nothing that is not in the topics: what
 * loses Kafka begins anew by reading them again, as one does that was killed.
 */
public final class ControlPlane implements AutoCloseable {

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(1);

    private final ControlConfig config;
    private final TrainingCluster cluster;
    private final ModelRegistry registry;
    private final ModelFolder folder;
    private final Consumer<String> news;
    private volatile ControlHealth health = ControlHealth.STARTING;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private final ControlViews views = new ControlViews();
    private final HttpEndpoint http;
    private final Thread thread;

    private ControlPlane(
            ControlConfig config,
            TrainingCluster cluster,
            Latencies latencies,
            ModelRegistry registry,
            ModelFolder folder,
            Consumer<String> news) {
        this.config = config;
        this.cluster = cluster;
        this.registry = registry;
        this.folder = folder;
        this.news = news;
        http =
                HttpEndpoint.start(
                        config.address(),
                        config.port(),
                        new ControlApi(views, this::health, latencies, InstantSource.system()));
        thread = new Thread(this::run, "control");
    }

    /**
     * Starts it; it shuts out the one before it.
     *
     * @param cluster where trainings run
     * @param latencies of what is served
     * @param folder where versions are put for jobs to take
     * @param news told a line of what is done and what fails
     * @throws ControlException if its port is taken
     */
    public static ControlPlane start(
            ControlConfig config,
            TrainingCluster cluster,
            Latencies latencies,
            ModelRegistry registry,
            ModelFolder folder,
            Consumer<String> news) {
        ControlPlane plane = new ControlPlane(config, cluster, latencies, registry, folder, news);
        plane.thread.start();
        return plane;
    }

    /** Where the HTTP API is. */
    public URI uri() {
        return http.uri();
    }

    /** How it is. */
    public ControlHealth health() {
        return health;
    }

    /**
     * Waits so long for its end, and says whether it has come.
     *
     * @throws ControlException if it has given up, with the reason
     */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        try {
            end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ControlException known) {
                throw known;
            }
            throw new ControlException("the control service has failed: " + e.getCause(), e);
        }
    }

    private void run() {
        try {
            while (stop.getCount() > 0) {
                session();
            }
            end.complete(null);
        } catch (InterruptedException | InterruptException e) {
            end.complete(null);
        } catch (RuntimeException e) {
            health = new ControlHealth(ControlHealth.State.FAILED, String.valueOf(e.getMessage()));
            end.completeExceptionally(e);
        }
    }

    private void session() throws InterruptedException {
        try (ControlSession session =
                new ControlSession(config, cluster, registry, folder, views, news)) {
            session.readThrough();
            health = ControlHealth.UP;
            while (stop.getCount() > 0) {
                session.step();
            }
        } catch (AuthenticationException | AuthorizationException e) {
            throw new ControlException(
                    "Kafka lets nobody in with these properties (%s); correct kafka.properties.*"
                            .formatted(e.getMessage()),
                    e);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            String reason = "Kafka is lost: " + e.getMessage();
            health = new ControlHealth(ControlHealth.State.INTERRUPTED, reason);
            news.accept(reason + "; trying again");
            stop.await(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Ends it between two of its steps. What runs on the cluster goes on, and the next control
     * service with it.
     */
    @Override
    public void close() {
        stop.countDown();
        http.close();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(CLOSE_TIMEOUT.toMillis());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
