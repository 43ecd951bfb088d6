package com.shivx.control.topics;

import com.shivx.control.ControlException;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.wire.DeploymentRequestJson;
import com.shivx.models.wire.TrainingResultJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What the control service writes, each step in a transaction of its own: a result and the request
 * that follows from it are there together or not at all. The transactional id is the same for every
 * control service of a deployment, so one that starts shuts out the one before it.
 */
public final class Journal implements AutoCloseable {

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final ControlTopics topics;
    private final TrainingResultJson results = new TrainingResultJson();
    private final DeploymentRequestJson requests = new DeploymentRequestJson();

    /**
     * Shuts out whoever had the id, and takes back what it had begun.
     *
     * @param kafka properties that any client takes
     */
    public Journal(Map<String, Object> kafka, ControlTopics topics, String transactionalId) {
        this.topics = topics;
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /** Writes how a training goes, and what follows from it, if anything. */
    public void write(TrainingResult result, @Nullable DeploymentRequest request) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(
                new ProducerRecord<>(
                        topics.trainingResults(), results.key(result), results.write(result)));
        if (request != null) {
            records.add(record(request));
        }
        commit(records);
    }

    /** Asks for a deployment. */
    public void write(DeploymentRequest request) {
        commit(List.of(record(request)));
    }

    private ProducerRecord<byte[], byte[]> record(DeploymentRequest request) {
        return new ProducerRecord<>(
                topics.deploymentRequests(), requests.key(request), requests.write(request));
    }

    private void commit(List<ProducerRecord<byte[], byte[]>> records) {
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer.send(record));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw fenced(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ProducerFencedException
                            || e.getCause() instanceof InvalidProducerEpochException
                    ? fenced(e)
                    : new KafkaException("a record is not taken: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing", e);
        }
    }

    private static ControlException fenced(Exception e) {
        return new ControlException(
                "another control service of this deployment has started and taken over; stop one of them, or give one another deployment.name",
                e);
    }

    /** Every write has ended by itself; a broker that is gone is not waited for. */
    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
