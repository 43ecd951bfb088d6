package com.shivx.jobs.ingest;

import com.shivx.jobs.wire.DeadLetter;
import com.shivx.models.outcome.ExternalLabel;
import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.LabelJson;
import com.shivx.models.wire.UnreadableRecordException;
import org.apache.flink.api.common.functions.MapFunction;

/** Makes a dead letter of a label that no prediction came for: nothing disappears. */
public final class UnusedLabelFunction implements MapFunction<ExternalLabel, DeadLetter> {

    private static final long serialVersionUID = 1;
    private static final long NO_OFFSET = -1;

    private final LabelJson json = new LabelJson();
    private final String topic;
    private final String job;

    /**
     * A function for one job.
     *
     * @param topic where labels come from
     * @param job the job's name on dead letters
     */
    public UnusedLabelFunction(String topic, String job) {
        this.topic = topic;
        this.job = job;
    }

    @Override
    public DeadLetter map(ExternalLabel label) {
        return DeadLetter.of(
                json.key(label),
                json.write(label),
                topic,
                DeadLetter.NO_PARTITION,
                NO_OFFSET,
                new UnreadableRecordException(
                        DeadLetterReason.UNUSED,
                        "no prediction of %s at event_time_micros %d has this horizon_millis: write one that"
                                        .formatted(label.symbol(), label.eventTimeMicros())
                                + " outcomes.horizons names"),
                job);
    }
}
