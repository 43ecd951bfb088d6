package com.shivx.control.plane;

import com.shivx.control.topics.ControlTopics;
import com.shivx.control.training.TrainingRules;
import java.time.Duration;
import java.util.Map;

/**
 * What a control service works by.
 *
 * @param kafka properties that any client takes
 * @param topics the names of the topics
 * @param transactionalId the same of every control service that may not be beside this one
 * @param trainingOptions of every training, by key
 * @param rules how patient it is
 * @param followInterval how often it looks at the registry's aliases
 * @param address where it listens
 * @param port where it listens; 0 for any that is free
 */
public record ControlConfig(
        Map<String, Object> kafka,
        ControlTopics topics,
        String transactionalId,
        Map<String, String> trainingOptions,
        TrainingRules rules,
        Duration followInterval,
        String address,
        int port) {

    public ControlConfig {
        kafka = Map.copyOf(kafka);
        trainingOptions = Map.copyOf(trainingOptions);
    }
}
