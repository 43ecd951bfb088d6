package com.shivx.local;

import static com.shivx.local.Ports.HOST;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this JVM: one KRaft node, broker and controller at once, that listens on
 * localhost only.
 *
 * <p>What a client can run into is what a broker has by default: a message of at most 1 MiB, a
 * transaction of at most 15 minutes, seven days of retention. So what works here works on a broker
 * nobody has tuned. What differs is named in {@link #properties}.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int NODE_ID = 1;

    /** Always the same, so that a broker accepts the folder that an earlier one has left. */
    private static final String CLUSTER_ID = new Uuid(0x5368697658L, 0x6c6f63616cL).toString();

    private static final String LISTENER = "CLIENTS";
    private static final String CONTROLLER = "CONTROLLER";

    private final DataDirectory directory;
    private final int port;
    private final KafkaRaftServer server;
    private boolean closed;

    private EmbeddedKafka(DataDirectory directory, int port, KafkaRaftServer server) {
        this.directory = directory;
        this.port = port;
        this.server = server;
    }

    /** Starts a broker on a free port with a folder of its own, which is deleted with it. */
    public static EmbeddedKafka start() {
        return start(Ports.ANY, null, Map.of());
    }

    /**
     * Starts a broker and returns when clients can connect.
     *
     * @param port the port for clients; 0 takes a free one
     * @param directory where the broker keeps its topics; null for a folder of its own, deleted
     *     with it
     * @param overrides broker properties that replace the ones set here
     * @throws PortTakenException if another program listens on the port
     * @throws StartException if the folder cannot be used, or for whatever reason Kafka names
     */
    public static EmbeddedKafka start(
            int port, @Nullable Path directory, Map<String, String> overrides) {
        int clientPort = port == Ports.ANY ? Ports.free() : Ports.requireFree(port, "Kafka");
        DataDirectory data = DataDirectory.of(directory, "shivx-kafka-");
        try {
            Map<String, String> properties = properties(clientPort, Ports.free(), data.path());
            properties.putAll(overrides);
            return new EmbeddedKafka(data, clientPort, boot(data.path(), properties));
        } catch (Exception e) {
            KafkaYammerMetrics.defaultRegistry().shutdown();
            data.close();
            throw new StartException(
                    "Kafka does not start in %s: %s".formatted(data.path(), oneLine(e)), e);
        }
    }

    /** Where clients connect, as they write it in {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** Stops the broker in order; its threads and ports are gone afterwards, and its own folder. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        // The registry is the JVM's, and its two threads are not the broker's to stop; the next
        // meter starts them again.
        KafkaYammerMetrics.defaultRegistry().shutdown();
        directory.close();
    }

    private static Map<String, String> properties(int clientPort, int controllerPort, Path data) {
        Map<String, String> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        properties.put("controller.listener.names", CONTROLLER);
        properties.put(
                "listeners",
                "%s://%s:%d,%s://%s:%d"
                        .formatted(LISTENER, HOST, clientPort, CONTROLLER, HOST, controllerPort));
        properties.put(
                "listener.security.protocol.map",
                LISTENER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        properties.put("inter.broker.listener.name", LISTENER);
        properties.put("log.dirs", data.toString());

        // One node cannot replicate.
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // Fifty partitions each by default: a hundred logs to open for one user.
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        // 128 MiB of this JVM's heap by default.
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        // Nobody else is about to join the group.
        properties.put("group.initial.rebalance.delay.ms", "0");
        // A topic that nobody created is a mistake, and shows as one.
        properties.put("auto.create.topics.enable", "false");
        return properties;
    }

    private static KafkaRaftServer boot(Path data, Map<String, String> properties)
            throws Exception {
        new Formatter()
                .setPrintStream(
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(CLUSTER_ID)
                .setNodeId(NODE_ID)
                .setControllerListenerName(CONTROLLER)
                .setMetadataLogDirectory(data.toString())
                .setDirectories(List.of(data.toString()))
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true)
                .run();
        return startup(new KafkaConfig(properties, false));
    }

    /** A broker that fails to start wants to take its process down; this one may only throw. */
    private static KafkaRaftServer startup(KafkaConfig config) {
        Exit.Procedure refusal =
                (status, message) -> {
                    throw new IllegalStateException(
                            message == null ? "a fatal fault, see the log" : message);
                };
        Exit.setExitProcedure(refusal);
        Exit.setHaltProcedure(refusal);
        try {
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            try {
                server.startup();
                return server;
            } catch (RuntimeException e) {
                server.shutdown();
                throw e;
            }
        } finally {
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
        }
    }

    private static String oneLine(Throwable e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
