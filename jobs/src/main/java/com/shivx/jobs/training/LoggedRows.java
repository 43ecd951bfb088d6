package com.shivx.jobs.training;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureVector;
import com.shivx.features.label.Direction;
import com.shivx.features.label.Label;
import com.shivx.jobs.log.LogReader;
import com.shivx.jobs.log.LogRows;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.outcome.Labelling;
import com.shivx.models.training.TrainingException;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The ready vectors of a log, each with what happened after it: as they were when they were
 * predicted from, never computed anew. Those that nobody knows an outcome of are left out and
 * counted.
 *
 * <p>Both kinds are read in one order beside each other, a part of a date in memory at a time.
 */
final class LoggedRows {

    private final Path log;
    private final FeatureSet features;
    private final Labelling labelling;
    private final LogRows<FeatureVector> vectors;
    private final VectorOutcomes outcomes;
    private final Map<String, Long> places = new HashMap<>();
    private long ready;
    private long rows;
    private long waiting;
    private long missing;

    private LoggedRows(
            Path log,
            FeatureSet features,
            Labelling labelling,
            LogRows<FeatureVector> vectors,
            VectorOutcomes outcomes) {
        this.log = log;
        this.features = features;
        this.labelling = labelling;
        this.vectors = vectors;
        this.outcomes = outcomes;
    }

    /**
     * The rows of a span of event time.
     *
     * @param features whose vectors they are; one of another set that had its name is an error
     * @param labelling what has decided the outcomes; those of another are passed over
     * @param fromMicros first event time of a vector, microseconds since the epoch
     * @param untilMicros first event time that is none any more
     * @throws IOException if there is no log, or a file of it cannot be read
     */
    static LoggedRows open(
            Path log, FeatureSet features, Labelling labelling, long fromMicros, long untilMicros)
            throws IOException {
        return new LoggedRows(
                log,
                features,
                labelling,
                LogReader.features(log, features).read(fromMicros, untilMicros),
                new VectorOutcomes(
                        LogReader.outcomes(log).read(fromMicros, untilMicros), labelling));
    }

    /**
     * The next row, or null at the end.
     *
     * @throws IOException if a file cannot be read
     * @throws TrainingException at the end, if the log holds nothing of that kind at all
     */
    @Nullable TrainingRow next() throws IOException, TrainingException {
        for (FeatureVector vector = vectors.next(); vector != null; vector = vectors.next()) {
            TrainingRow row = vector.ready() ? row(vector) : null;
            if (row != null) {
                return row;
            }
        }
        outcomes.finish();
        requireSomething();
        return null;
    }

    private @Nullable TrainingRow row(FeatureVector vector) throws IOException {
        ready++;
        Label label = outcomes.of(vector);
        Direction direction = label == null ? null : label.direction();
        if (label == null || direction == null) {
            waiting += label == null ? 1 : 0;
            missing += label == null ? 0 : 1;
            return null;
        }
        rows++;
        return new TrainingRow(
                vector.symbol(),
                vector.eventTimeMicros(),
                places.merge(vector.symbol(), 1L, Long::sum) - 1,
                vector.values(),
                direction,
                label.buyBps(),
                label.sellBps());
    }

    private void requireSomething() throws TrainingException {
        if (ready == 0) {
            throw new TrainingException(
                    "the log %s holds no ready vector of %s in that time"
                            .formatted(log, features.name()),
                    "name another log, time or feature set; 'shivx log describe' says what it holds");
        }
        if (outcomes.known() > 0) {
            return;
        }
        if (outcomes.others().isEmpty()) {
            throw new TrainingException(
                    "the log %s holds no outcome of its %,d vectors in that time"
                            .formatted(log, ready),
                    "outcomes come from the accuracy job: run it beside the log job, or train on ticks");
        }
        throw noneOfThatLabelling();
    }

    /** Names the first thing in which all that there are differ. */
    private TrainingException noneOfThatLabelling() {
        List<Labelling> others = new ArrayList<>(outcomes.others().keySet());
        String horizon = text(labelling.horizonMicros());
        List<Labelling> ofHorizon =
                others.stream()
                        .filter(other -> other.horizonMicros() == labelling.horizonMicros())
                        .toList();
        if (ofHorizon.isEmpty()) {
            return new TrainingException(
                    "the log %s holds no outcome of horizon %s, only of %s"
                            .formatted(
                                    log,
                                    horizon,
                                    listed(others, Labelling::horizonMicros, LoggedRows::text)),
                    "take one of those as training.horizon (--horizon)");
        }
        List<Labelling> ofKind =
                ofHorizon.stream()
                        .filter(other -> other.thresholdKind() == labelling.thresholdKind())
                        .toList();
        if (ofKind.isEmpty()) {
            return new TrainingException(
                    "the log %s holds no outcome of horizon %s whose threshold_kind is %s, only %s"
                            .formatted(
                                    log,
                                    horizon,
                                    labelling.thresholdKind(),
                                    listed(ofHorizon, Labelling::thresholdKind, Enum::name)),
                    "take one of those as labels.threshold (--threshold), as the accuracy job had it, or train on ticks");
        }
        return new TrainingException(
                "the log %s holds no outcome of horizon %s whose taker_fee_bps is %s, only %s"
                        .formatted(
                                log,
                                horizon,
                                labelling.takerFeeBps(),
                                listed(ofKind, Labelling::takerFeeBps, String::valueOf)),
                "take one of those as fees.taker-bps (-D fees.taker-bps=…), as the accuracy job had it, or train on ticks");
    }

    private static <T extends Comparable<T>> String listed(
            List<Labelling> others, Function<Labelling, T> of, Function<T, String> text) {
        return others.stream()
                .map(of)
                .distinct()
                .sorted()
                .map(text)
                .collect(Collectors.joining(", "));
    }

    /** What there is to say of the rows so far, a line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%,d vectors of %s in the log, %,d of them with an outcome"
                        .formatted(ready, features.name(), rows));
        if (waiting > 0) {
            lines.add(
                    "%,d vectors have no outcome of horizon %s yet"
                            .formatted(waiting, text(labelling.horizonMicros())));
        }
        outcomes.others()
                .forEach(
                        (other, count) -> {
                            if (other.horizonMicros() == labelling.horizonMicros()) {
                                lines.add(
                                        "%,d outcomes of another rule were passed over: threshold_kind %s, taker_fee_bps %s"
                                                .formatted(
                                                        count,
                                                        other.thresholdKind(),
                                                        other.takerFeeBps()));
                            }
                        });
        if (missing > 0) {
            lines.add("of %,d vectors nobody knows what happened".formatted(missing));
        }
        if (outcomes.orphans() > 0) {
            lines.add(
                    "%,d vectors with an outcome are not in the log, or are not ready"
                            .formatted(outcomes.orphans()));
        }
        return lines;
    }

    /** As options take it: {@code 60s}, or {@code 500ms}. */
    private static String text(long micros) {
        Duration duration = Duration.of(micros, ChronoUnit.MICROS);
        return duration.toMillisPart() == 0
                ? duration.toSeconds() + "s"
                : duration.toMillis() + "ms";
    }
}
