package com.shivx.control.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.UnreadableRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the topics say as of now, as far as it is asked for: bounded, written by the thread that
 * reads the topics and read by those that answer. What cannot be read is passed over, as whoever
 * follows the topic sets it apart. Records are kept as they came, so that a field that this release
 * does not know is shown all the same.
 */
public final class ControlViews {

    static final int MAX_ALARMS = 2_000;
    private static final int MAX_ROWS = 2_000;
    private static final int MAX_EVENTS = 50;
    private static final int MAX_BYTES = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A deployment and when it was written.
     *
     * @param isServing whether every subtask serves it
     * @param createdAt when its champion was registered; null where nobody knows
     */
    public record Deployed(
            Deployment deployment,
            Instant deployedAt,
            boolean isServing,
            @Nullable Instant createdAt) {}

    private record Written(Deployment deployment, Instant at) {}

    private final DeploymentJson deploymentJson = new DeploymentJson();
    private final DeploymentEventJson eventJson = new DeploymentEventJson();

    private final Map<String, Written> deployments = new TreeMap<>();
    private final Map<String, TreeMap<Integer, DeploymentEvent>> subtasks = new TreeMap<>();
    private final Map<String, Instant> created = new LinkedHashMap<>();
    private final Map<String, ObjectNode> accuracy = new LinkedHashMap<>();
    private final Map<String, ObjectNode> drift = new LinkedHashMap<>();
    private final Map<String, ObjectNode> alarms = new LinkedHashMap<>();
    private final Map<String, ObjectNode> trainings = new LinkedHashMap<>();
    private final Map<String, Deque<ObjectNode>> rollouts = new LinkedHashMap<>();

    /** Of the topic {@code deployments}. */
    public synchronized void deployment(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) {
                deployments.remove(new String(record.key(), StandardCharsets.UTF_8));
                return;
            }
            Deployment deployment = deploymentJson.read(record.value());
            deployments.put(
                    deployment.model(),
                    new Written(deployment, Instant.ofEpochMilli(record.timestamp())));
        } catch (UnreadableRecordException e) {
            // What was in force before it goes on.
        }
    }

    /** Of the topic {@code deployment-events}. */
    public synchronized void deploymentEvent(ConsumerRecord<byte[], byte[]> record) {
        try {
            DeploymentEvent event = eventJson.read(record.value());
            TreeMap<Integer, DeploymentEvent> known =
                    subtasks.computeIfAbsent(event.model(), model -> new TreeMap<>());
            known.put(event.subtask(), event);
            // A job that was rescaled has no such subtask any more.
            known.tailMap(event.parallelism()).clear();
        } catch (UnreadableRecordException e) {
            // As said above.
        }
    }

    /** Of the topic {@code accuracy}. */
    public synchronized void accuracy(ConsumerRecord<byte[], byte[]> record) {
        put(accuracy, record, "model_id", "model_version", "role", "horizon_millis");
    }

    /** Of the topic {@code drift-reports}. */
    public synchronized void driftReport(ConsumerRecord<byte[], byte[]> record) {
        put(drift, record, "model_id", "model_version");
    }

    /** Of the topic {@code training-results}. */
    public synchronized void trainingResult(ConsumerRecord<byte[], byte[]> record) {
        put(trainings, record, "model_id");
    }

    /** Of the topic {@code alarms}: the latest word on each. */
    public synchronized void alarm(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode alarm = parse(record);
        if (alarm == null) {
            return;
        }
        String id = alarm.path("alarm_id").asText();
        alarms.remove(id);
        alarms.put(id, alarm);
        if (alarms.size() > MAX_ALARMS) {
            forgetOneAlarm();
        }
    }

    /** The oldest that is over, or else the oldest. */
    private void forgetOneAlarm() {
        Iterator<ObjectNode> all = alarms.values().iterator();
        while (all.hasNext()) {
            if (!isRaised(all.next())) {
                all.remove();
                return;
            }
        }
        alarms.remove(alarms.keySet().iterator().next());
    }

    /** Of the topic {@code lifecycle-events}: what rollouts have done. */
    public synchronized void lifecycleEvent(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode event = parse(record);
        if (event == null || !event.path("kind").asText().startsWith("ROLLOUT_")) {
            return;
        }
        String model = event.path("model_id").asText();
        Deque<ObjectNode> events =
                rollouts.computeIfAbsent(model, name -> new ArrayDeque<>(MAX_EVENTS + 1));
        events.addLast(event);
        if (events.size() > MAX_EVENTS) {
            events.removeFirst();
        }
        if (rollouts.size() > MAX_ROWS) {
            rollouts.remove(rollouts.keySet().iterator().next());
        }
    }

    /** When a version was registered. */
    public synchronized void created(String model, String version, Instant at) {
        created.put(model + "@" + version, at);
        if (created.size() > MAX_ROWS) {
            created.remove(created.keySet().iterator().next());
        }
    }

    private static void put(
            Map<String, ObjectNode> rows, ConsumerRecord<byte[], byte[]> record, String... key) {
        ObjectNode row = parse(record);
        if (row == null) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (String field : key) {
            text.append(row.path(field).asText()).append('\n');
        }
        rows.remove(text.toString());
        rows.put(text.toString(), row);
        if (rows.size() > MAX_ROWS) {
            rows.remove(rows.keySet().iterator().next());
        }
    }

    private static @Nullable ObjectNode parse(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null || value.length > MAX_BYTES) {
            return null;
        }
        try {
            return JSON.readTree(value) instanceof ObjectNode object ? object : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The models that something is deployed of. */
    public synchronized List<String> models() {
        return List.copyOf(deployments.keySet());
    }

    /** What is deployed of a model; null where nothing is. */
    public synchronized @Nullable Deployed deployed(String model) {
        Written written = deployments.get(model);
        if (written == null) {
            return null;
        }
        Deployment deployment = written.deployment();
        return new Deployed(
                deployment,
                written.at(),
                isServing(deployment),
                created.get(model + "@" + deployment.champion().version()));
    }

    private boolean isServing(Deployment deployment) {
        TreeMap<Integer, DeploymentEvent> known = subtasks.get(deployment.model());
        return known != null
                && known.size() == known.lastEntry().getValue().parallelism()
                && known.values().stream()
                        .allMatch(
                                event ->
                                        event.generation() == deployment.generation()
                                                && event.kind() == DeploymentEvent.Kind.SERVING);
    }

    /** What each subtask last said. */
    synchronized List<DeploymentEvent> subtasks(String model) {
        TreeMap<Integer, DeploymentEvent> known = subtasks.get(model);
        return known == null ? List.of() : List.copyOf(known.values());
    }

    /** The latest accuracy of a version, of each role and horizon. */
    synchronized List<ObjectNode> accuracyOf(String model, String version) {
        return matching(accuracy, isOf(model).and(isOfVersion(version)));
    }

    /** The latest drift report of a version; null where there is none. */
    synchronized @Nullable ObjectNode driftOf(String model, String version) {
        return matching(drift, isOf(model).and(isOfVersion(version))).stream()
                .findFirst()
                .orElse(null);
    }

    /** How the latest requested training goes; null where there was none. */
    synchronized @Nullable ObjectNode trainingOf(String model) {
        return matching(trainings, isOf(model)).stream().findFirst().orElse(null);
    }

    /** The latest word on each alarm that matches, the newest first. */
    synchronized List<ObjectNode> alarms(@Nullable String model, @Nullable Boolean isRaised) {
        List<ObjectNode> found =
                new ArrayList<>(
                        matching(
                                alarms,
                                alarm ->
                                        (model == null || isOf(model).test(alarm))
                                                && (isRaised == null
                                                        || isRaised == isRaised(alarm))));
        Collections.reverse(found);
        return found;
    }

    /** What rollouts have done, the oldest first, by model. */
    synchronized Map<String, List<ObjectNode>> rollouts(@Nullable String model) {
        Map<String, List<ObjectNode>> all = new TreeMap<>();
        rollouts.forEach(
                (name, events) -> {
                    if (model == null || model.equals(name)) {
                        all.put(name, List.copyOf(events));
                    }
                });
        return all;
    }

    static boolean isRaised(JsonNode alarm) {
        return alarm.path("raised").asBoolean();
    }

    private static List<ObjectNode> matching(
            Map<String, ObjectNode> rows, Predicate<ObjectNode> condition) {
        return rows.values().stream().filter(condition).toList();
    }

    private static Predicate<ObjectNode> isOf(String model) {
        return row -> Objects.equals(row.path("model_id").asText(), model);
    }

    private static Predicate<ObjectNode> isOfVersion(String version) {
        return row -> Objects.equals(row.path("model_version").asText(), version);
    }
}
