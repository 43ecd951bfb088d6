package com.shivx.jobs.training;

import com.shivx.features.FeatureSets;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.outcome.Labelling;
import com.shivx.operators.training.TrainingEvent;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Whatever comes in, the rows of a log go out: it is told to begin once, and reads in one subtask
 * from the first date to the last.
 *
 * <p>A function behind a sequence of one and not a source of its own: sources share splits among
 * readers and remember in checkpoints where they are, and here there is one reader, since vectors
 * and outcomes meet in one order, and no checkpoint, since a training that fails begins anew.
 */
public final class LoggedRowsFunction extends ProcessFunction<Long, TrainingRow> {

    /** What is told on the way. */
    public static final OutputTag<TrainingEvent> PROGRESS = new OutputTag<>("progress") {};

    private static final long serialVersionUID = 1;

    private final String log;
    private final String featureSet;
    private final Labelling labelling;
    private final long fromMicros;
    private final long untilMicros;

    /**
     * Rows of vectors in a span of event time.
     *
     * @param log its folder or URI
     * @param labelling what has decided the outcomes that count
     * @param fromMicros first event time of a vector, microseconds since the epoch
     * @param untilMicros first event time that is none any more
     */
    public LoggedRowsFunction(
            String log, String featureSet, Labelling labelling, long fromMicros, long untilMicros) {
        this.log = log;
        this.featureSet = featureSet;
        this.labelling = labelling;
        this.fromMicros = fromMicros;
        this.untilMicros = untilMicros;
    }

    @Override
    public void processElement(Long begin, Context context, Collector<TrainingRow> out)
            throws Exception {
        Path path = new Path(log);
        tell("reading the log " + path, context);
        LoggedRows rows =
                LoggedRows.open(
                        path, FeatureSets.byName(featureSet), labelling, fromMicros, untilMicros);
        for (TrainingRow row = rows.next(); row != null; row = rows.next()) {
            out.collect(row);
            // All of the log is one record to the engine, which calls a task off between two.
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("called off");
            }
        }
        rows.lines().forEach(line -> tell(line, context));
    }

    private static void tell(String message, Context context) {
        context.output(PROGRESS, TrainingEvent.progress(0, 0, message));
    }
}
