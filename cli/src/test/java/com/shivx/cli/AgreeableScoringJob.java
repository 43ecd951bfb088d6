package com.shivx.cli;

import com.shivx.cli.kafka.KafkaAccess;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.wire.DeploymentEventJson;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A scoring job of one subtask that says of every deployment that it serves it. */
final class AgreeableScoringJob implements AutoCloseable {

    private static final long POLL_MILLIS = 100;

    private final Configuration options;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "agreeable-scoring-job");

    AgreeableScoringJob(Configuration options) {
        this.options = options;
        thread.start();
    }

    private void run() {
        Set<String> said = new HashSet<>();
        DeploymentEventJson json = new DeploymentEventJson();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        KafkaAccess.clientProperties(options),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            do {
                for (Deployment each : CurrentDeployments.read(options).values()) {
                    if (said.add(each.model() + each.generation())) {
                        DeploymentEvent event =
                                new DeploymentEvent(
                                        each.model(),
                                        each.generation(),
                                        DeploymentEvent.Kind.SERVING,
                                        each.champion().version(),
                                        null,
                                        "",
                                        0,
                                        1);
                        producer.send(
                                new ProducerRecord<>(
                                        Topic.DEPLOYMENT_EVENTS.name(options),
                                        json.key(event),
                                        json.write(event)));
                    }
                }
            } while (!stop.await(POLL_MILLIS, TimeUnit.MILLISECONDS));
        } catch (Exception e) {
            throw new IllegalStateException("the fake scoring job has failed", e);
        }
    }

    @Override
    public void close() throws Exception {
        stop.countDown();
        thread.join();
    }
}
