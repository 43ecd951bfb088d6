package com.shivx.control.topics;

/**
 * The names of the topics on the broker.
 *
 * @param retrainRequests trainings that shall be made
 * @param trainingResults how they go
 * @param deploymentRequests requests that versions serve
 * @param deployments what must serve
 * @param deploymentEvents what does serve
 * @param lifecycleEvents decisions and refusals
 * @param accuracy how right versions were, by window
 * @param driftReports how far their inputs and answers are from what they were, by window
 * @param alarms what is out of bounds
 */
public record ControlTopics(
        String retrainRequests,
        String trainingResults,
        String deploymentRequests,
        String deployments,
        String deploymentEvents,
        String lifecycleEvents,
        String accuracy,
        String driftReports,
        String alarms) {}
