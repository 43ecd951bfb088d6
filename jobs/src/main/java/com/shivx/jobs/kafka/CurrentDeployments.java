package com.shivx.jobs.kafka;

import com.shivx.models.deployment.Deployment;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/** What must serve as of now, for a job that starts. */
public final class CurrentDeployments {

    private CurrentDeployments() {}

    /**
     * The deployments in force, by model. What cannot be read is passed over, so that what was in
     * force before it goes on.
     *
     * @throws TopicReadException if the topic is not there or the broker does not answer
     */
    public static Map<String, Deployment> read(Configuration options) {
        DeploymentJson json = new DeploymentJson();
        Map<String, Deployment> latest = new TreeMap<>();
        ControlTopic.visit(
                options,
                Topic.DEPLOYMENTS,
                record -> {
                    if (record.value() == null) {
                        latest.remove(new String(record.key(), StandardCharsets.UTF_8));
                        return;
                    }
                    try {
                        Deployment deployment = json.read(record.value());
                        latest.put(deployment.model(), deployment);
                    } catch (UnreadableRecordException e) {
                        // As said above.
                    }
                });
        return latest;
    }
}
