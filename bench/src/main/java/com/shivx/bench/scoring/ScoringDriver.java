package com.shivx.bench.scoring;

import com.shivx.bench.model.SampleVectors;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.operators.OneInputFactory;
import com.shivx.operators.features.TickVector;
import com.shivx.operators.scoring.InitialModel;
import com.shivx.operators.scoring.ScoringInput;
import com.shivx.operators.scoring.ScoringOperator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * A harness inside a real task: it calls a scoring operator as a chain would, with vectors that are
 * there already, and in turn a bare loop with the same rows. Each element that comes is the number
 * of a round; odd ones are the operator's, and the first of each warms up.
 */
final class ScoringDriver extends AbstractStreamOperator<Round>
        implements OneInputStreamOperator<Long, Round> {

    /** Few enough to stay in a processor's cache, as a vector that was just computed would. */
    private static final int VECTORS = 2048;

    private static final long serialVersionUID = 1;

    private final ScoringCase scoring;
    private final ScoringOperator operator;

    private transient List<StreamRecord<ScoringInput>> vectors;
    private transient float[][] rows;
    private transient @Nullable RawLoop raw;
    private transient int next;

    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    private ScoringDriver(StreamOperatorParameters<Round> parameters, ScoringCase scoring) {
        super(parameters);
        this.scoring = scoring;
        operator =
                ScoringOperator.factory(
                                scoring.rules(),
                                List.of(InitialModel.of(scoring.model(), "bench:model")))
                        .createStreamOperator(
                                new StreamOperatorParameters<>(
                                        parameters.getContainingTask(),
                                        parameters.getStreamConfig(),
                                        new ReadingOutput(),
                                        parameters::getProcessingTimeService,
                                        parameters.getOperatorEventDispatcher(),
                                        parameters.getMailboxExecutor()));
    }

    /** Makes the driver. */
    static OneInputFactory<Long, Round> factory(ScoringCase scoring) {
        return new OneInputFactory<>(
                ScoringDriver.class, parameters -> new ScoringDriver(parameters, scoring));
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        operator.initializeState(context);
    }

    @Override
    public void open() throws Exception {
        super.open();
        String set = String.valueOf(scoring.model().contract().featureSet());
        List<FeatureVector> sample = new SampleVectors(FeatureSets.byName(set), VECTORS).vectors();
        vectors =
                sample.stream()
                        .map(vector -> ScoringInput.of(new TickVector(vector, 0)))
                        .map(input -> new StreamRecord<>(input, 0))
                        .toList();
        rows = new float[VECTORS][];
        for (int i = 0; i < VECTORS; i++) {
            rows[i] = sample.get(i).values();
        }
        operator.open();
        raw =
                new RawLoop(
                        scoring.model().bytes(),
                        scoring.rules().maxBatchSize(),
                        rows[0].length,
                        scoring.model().contract().classes().size());
    }

    @Override
    public void processElement(StreamRecord<Long> element) throws Exception {
        long number = element.getValue();
        boolean byOperator = number % 2 == 1;
        long scored = 0;
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(scoring.roundMillis());
        while (System.nanoTime() < end) {
            scored += byOperator ? scoreByOperator() : scoreRaw();
        }
        long nanos = System.nanoTime() - start;
        output.collect(new StreamRecord<>(new Round(byOperator, number >= 2, scored, nanos)));
    }

    private int scoreByOperator() throws Exception {
        int batch = scoring.rules().maxBatchSize();
        for (int i = 0; i < batch; i++) {
            operator.processElement(vectors.get(next));
            next = (next + 1) % VECTORS;
        }
        return batch;
    }

    private int scoreRaw() throws Exception {
        int batch = scoring.rules().maxBatchSize();
        if (raw != null) {
            raw.score(rows, next);
        }
        next = (next + batch) % VECTORS;
        return batch;
    }

    @Override
    public void close() throws Exception {
        try {
            operator.close();
            if (raw != null) {
                raw.close();
            }
        } finally {
            super.close();
        }
    }
}
