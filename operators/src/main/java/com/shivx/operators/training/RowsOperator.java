package com.shivx.operators.training;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.models.Counted;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.candidate.TrainingRows;
import com.shivx.models.candidate.TrainingSet;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.training.TrainingException;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gathers all rows, and when they have ended does what is to be done with them in this task's
 * thread. What it tells on the way leaves at once.
 */
abstract class RowsOperator extends AbstractStreamOperator<TrainingEvent>
        implements OneInputStreamOperator<TrainingRow, TrainingEvent>, BoundedOneInput {

    private static final long serialVersionUID = 1;
    private static final int TELL_EVERY = 100_000;

    private final String featureSet;
    private final long horizonMicros;

    private transient @Nullable TrainingRows rows;

    RowsOperator(
            StreamOperatorParameters<TrainingEvent> parameters,
            String featureSet,
            long horizonMicros) {
        super(parameters);
        this.featureSet = featureSet;
        this.horizonMicros = horizonMicros;
    }

    @Override
    public void open() throws Exception {
        super.open();
        rows = new TrainingRows(features(), horizonMicros);
    }

    final FeatureSet features() {
        return FeatureSets.byName(featureSet);
    }

    @Override
    public void processElement(StreamRecord<TrainingRow> element) {
        TrainingRows gathered = gathered();
        gathered.add(element.getValue());
        if (gathered.count() % TELL_EVERY == 0) {
            tell("%,d labelled rows so far".formatted(gathered.count()));
        }
    }

    private TrainingRows gathered() {
        return Objects.requireNonNull(rows, "open() comes before any row");
    }

    @Override
    public void endInput() {
        TrainingSet set = gathered().toSet();
        rows = null;
        int count = set.labelled().rows();
        tell(
                "%s of %s, %s"
                        .formatted(
                                Counted.of(count, "labelled row"),
                                Counted.of(set.labelled().symbolNames().size(), "symbol"),
                                count == 0 ? "nothing" : set.span()));
        Ended end = endOrFailure(set);
        atEnd(end);
        tell(end.event());
    }

    private Ended endOrFailure(TrainingSet set) {
        try {
            return end(set);
        } catch (TrainingException | ModelRefusedException | RegistryException e) {
            return Ended.told(TrainingEvent.failed(String.valueOf(e.getMessage())));
        }
    }

    /** Called with what is told last, before it is. */
    void atEnd(Ended end) {}

    /** Does it; what it gives is told last. */
    abstract Ended end(TrainingSet set) throws TrainingException, ModelRefusedException;

    final void tell(String message) {
        tell(TrainingEvent.progress(0, 0, message));
    }

    final void tell(TrainingEvent event) {
        output.collect(new StreamRecord<>(event));
    }
}
