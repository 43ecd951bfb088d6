package com.shivx.jobs.log;

import com.shivx.jobs.kafka.Topic;
import java.util.function.Supplier;

/** The kinds of records that are logged, each in a folder of its own. */
public enum LogKind {
    /** Feature vectors, by feature set. */
    FEATURES("features", Topic.FEATURES, LoggedVectors::new),
    /** Predictions. */
    PREDICTIONS("predictions", Topic.PREDICTIONS, LoggedPredictions::new),
    /** What became of predictions. */
    OUTCOMES("outcomes", Topic.OUTCOMES, LoggedOutcomes::new);

    private final String folder;
    private final Topic topic;
    private final Supplier<LogRecords<?>> records;

    LogKind(String folder, Topic topic, Supplier<LogRecords<?>> records) {
        this.folder = folder;
        this.topic = topic;
        this.records = records;
    }

    /** The kind's folder in the log, and its word in listings and uids. */
    public String folder() {
        return folder;
    }

    /** Where its records come from. */
    public Topic topic() {
        return topic;
    }

    /** How its records are read and written, for one thread. */
    public LogRecords<?> records() {
        return records.get();
    }
}
