package com.shivx.cli.control;

import com.shivx.cli.kafka.KafkaAccess;
import com.shivx.control.plane.ControlConfig;
import com.shivx.control.topics.ControlTopics;
import com.shivx.control.training.TrainingRules;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.ControlOptions;
import com.shivx.jobs.options.DeploymentOptions;
import org.apache.flink.configuration.Configuration;

/** What the options say, in the control service's words. */
public final class ControlSettings {

    private ControlSettings() {}

    /** Of the options. */
    public static ControlConfig of(Configuration options) {
        return new ControlConfig(
                KafkaAccess.clientProperties(options),
                new ControlTopics(
                        Topic.RETRAIN_REQUESTS.name(options),
                        Topic.TRAINING_RESULTS.name(options),
                        Topic.DEPLOYMENT_REQUESTS.name(options),
                        Topic.DEPLOYMENTS.name(options),
                        Topic.DEPLOYMENT_EVENTS.name(options),
                        Topic.LIFECYCLE_EVENTS.name(options),
                        Topic.ACCURACY.name(options),
                        Topic.DRIFT_REPORTS.name(options),
                        Topic.ALARMS.name(options)),
                options.get(DeploymentOptions.NAME) + "-control",
                options.toMap(),
                new TrainingRules(
                        options.get(ControlOptions.MAX_ATTEMPTS),
                        options.get(ControlOptions.FIRST_BACKOFF),
                        options.get(ControlOptions.MAX_BACKOFF),
                        options.get(ControlOptions.START_TIMEOUT),
                        options.get(ControlOptions.RUN_TIMEOUT),
                        options.get(ControlOptions.LOST_TIMEOUT),
                        TrainingRules.DEFAULT.lookInterval()),
                options.get(ControlOptions.FOLLOW_INTERVAL),
                options.get(ControlOptions.ADDRESS),
                options.get(ControlOptions.PORT));
    }
}
