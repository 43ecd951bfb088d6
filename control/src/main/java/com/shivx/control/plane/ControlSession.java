package com.shivx.control.plane;

import com.shivx.control.http.ControlViews;
import com.shivx.control.topics.ControlTopics;
import com.shivx.control.topics.Journal;
import com.shivx.control.topics.TopicTail;
import com.shivx.control.training.TrainingBook;
import com.shivx.control.training.TrainingCluster;
import com.shivx.control.training.TrainingLauncher;
import com.shivx.control.versions.DecisionAudit;
import com.shivx.control.versions.ProductionAlias;
import com.shivx.control.versions.RegistryCandidates;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.RegisteredModel;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.wire.RetrainRequestJson;
import com.shivx.models.wire.TrainingResultJson;
import com.shivx.models.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** From a connection to Kafka to its loss: everything that is known is read in the meantime. */
final class ControlSession implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);

    /** Rows of windows: the latest of each version are wanted, and there are many. */
    private static final long LAST_ROWS = 20_000;

    private final ControlConfig config;
    private final ModelRegistry registry;
    private final ControlViews views;
    private final Consumer<String> news;
    private final Journal journal;
    private final TopicTail tail;
    private final TrainingBook book = new TrainingBook();
    private final TrainingLauncher launcher;
    private final ProductionAlias alias;
    private final DecisionAudit decisions;
    private final RetrainRequestJson requestJson = new RetrainRequestJson();
    private final TrainingResultJson resultJson = new TrainingResultJson();

    /** What was last told of a model's alias or a registry, so that it is told once. */
    private final Map<String, String> told = new HashMap<>();

    private long aliasesNanos;

    ControlSession(
            ControlConfig config,
            TrainingCluster cluster,
            ModelRegistry registry,
            ModelFolder folder,
            ControlViews views,
            Consumer<String> news) {
        this.config = config;
        this.registry = registry;
        this.views = views;
        this.news = news;
        // First of all: who has been here before writes nothing from now on.
        journal = new Journal(config.kafka(), config.topics(), config.transactionalId());
        try {
            tail = new TopicTail(config.kafka(), subscriptions(config.topics()));
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
        launcher =
                new TrainingLauncher(
                        book,
                        cluster,
                        new RegistryCandidates(registry, folder),
                        this::deployed,
                        this::write,
                        config.trainingOptions(),
                        config.rules(),
                        System::nanoTime);
        decisions = new DecisionAudit(registry);
        alias = new ProductionAlias(registry, folder, journal::write, news);
        aliasesNanos = System.nanoTime() - config.followInterval().toNanos();
    }

    private List<TopicTail.Subscription> subscriptions(ControlTopics topics) {
        return List.of(
                whole(topics.retrainRequests(), this::request),
                whole(topics.trainingResults(), this::result),
                whole(topics.deployments(), views::deployment),
                whole(topics.deploymentEvents(), views::deploymentEvent),
                whole(topics.lifecycleEvents(), this::lifecycleEvent),
                whole(topics.alarms(), views::alarm),
                new TopicTail.Subscription(topics.accuracy(), LAST_ROWS, views::accuracy),
                new TopicTail.Subscription(topics.driftReports(), LAST_ROWS, views::driftReport));
    }

    private static TopicTail.Subscription whole(
            String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        return new TopicTail.Subscription(topic, TopicTail.WHOLE, reader);
    }

    private void lifecycleEvent(ConsumerRecord<byte[], byte[]> record) {
        views.lifecycleEvent(record);
        LifecycleRecord.decision(record).ifPresent(decisions::add);
    }

    private void request(ConsumerRecord<byte[], byte[]> record) {
        try {
            RetrainRequest request = requestJson.read(record.value());
            book.add(request);
        } catch (UnreadableRecordException e) {
            unreadable(record, e);
        }
    }

    private void result(ConsumerRecord<byte[], byte[]> record) {
        views.trainingResult(record);
        try {
            book.add(resultJson.read(record.value()));
        } catch (UnreadableRecordException e) {
            unreadable(record, e);
        }
    }

    private void unreadable(ConsumerRecord<byte[], byte[]> record, UnreadableRecordException e) {
        news.accept(
                "passed over: record %d of '%s' (%s)"
                        .formatted(record.offset(), record.topic(), e.getMessage()));
    }

    private @Nullable Deployment deployed(String model) {
        ControlViews.Deployed deployed = views.deployed(model);
        return deployed == null ? null : deployed.deployment();
    }

    private void write(TrainingResult result, @Nullable DeploymentRequest request) {
        journal.write(result, request);
        news.accept(
                "training of %s (%s), attempt %d: %s%s, %s"
                        .formatted(
                                result.model(),
                                result.requestId(),
                                result.attempt(),
                                result.kind(),
                                result.version() == null ? "" : " " + result.version(),
                                result.reason()));
        if (request != null) {
            news.accept(
                    "asked: %s@%s, %s, as request %s"
                            .formatted(
                                    request.model(),
                                    request.version().version(),
                                    request.mode(),
                                    request.requestId()));
        }
    }

    /** Reads all that there is, so that what is done next is not what is done already. */
    void readThrough() {
        tail.readThrough(READ_TIMEOUT);
    }

    /** Reads what has come, and does what is due. */
    void step() {
        tail.poll(POLL);
        launcher.step();
        long now = System.nanoTime();
        if (now - aliasesNanos >= config.followInterval().toNanos()) {
            aliasesNanos = now;
            followAliases();
        }
    }

    private void followAliases() {
        try {
            for (String model : registry.models()) {
                followAlias(model);
            }
            decisions.copy();
            told.remove("");
        } catch (RegistryException e) {
            tellOnce("", "the registry does not answer: " + e.getMessage());
        }
    }

    private void followAlias(String model) {
        ControlViews.Deployed deployed = views.deployed(model);
        try {
            if (deployed != null && deployed.createdAt() == null) {
                learnAge(model, deployed.deployment().champion().version());
            }
            alias.look(
                    model,
                    deployed == null
                            ? null
                            : new ProductionAlias.Serving(
                                    deployed.deployment(),
                                    deployed.deployedAt(),
                                    deployed.isServing()));
            told.remove(model);
        } catch (RegistryException | ModelRefusedException e) {
            tellOnce(model, "%s@production: %s".formatted(model, e.getMessage()));
        }
    }

    private void learnAge(String model, String version) {
        RegisteredModel registered = registry.model(model);
        if (SemanticVersion.isOne(version)) {
            registered
                    .version(SemanticVersion.parse(version))
                    .ifPresent(found -> views.created(model, version, found.createdAt()));
        }
    }

    private void tellOnce(String about, String line) {
        if (!line.equals(told.put(about, line))) {
            news.accept(line);
        }
    }

    @Override
    public void close() {
        tail.close();
        journal.close();
    }
}
