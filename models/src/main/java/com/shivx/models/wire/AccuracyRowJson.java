package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.drift.accuracy.WilsonInterval;
import com.shivx.features.label.Direction;
import com.shivx.models.Role;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The topic {@code accuracy} ({@code schemas/accuracy.schema.json}), keyed by model: the counts of
 * a window and what follows from them, which is for people and is not read again.
 */
public final class AccuracyRowJson extends ControlJson<AccuracyRow> {

    private static final long serialVersionUID = 1;

    @Override
    String keyText(AccuracyRow row) {
        return row.key().modelId();
    }

    @Override
    void writeFields(AccuracyRow row, ObjectNode into) {
        into.put("model_id", row.key().modelId());
        into.put("model_version", row.key().modelVersion());
        into.put("role", row.key().role().name());
        into.put("horizon_millis", TimeUnit.MICROSECONDS.toMillis(row.key().horizonMicros()));
        into.put("window_start_micros", row.windowStartMicros());
        into.put("window_end_micros", row.windowEndMicros());
        writeCounts(row.counts(), into);
        writeSums(row.counts(), into.putObject("sums"));
        ArrayNode paired = into.putArray("paired");
        for (VoteCount votes : row.votes()) {
            paired.addObject()
                    .put("champion", votes.champion())
                    .put("better", votes.better())
                    .put("worse", votes.worse())
                    .put("even", votes.even());
        }
    }

    private static void writeCounts(AccuracyCounts counts, ObjectNode into) {
        WilsonInterval interval = counts.accuracyInterval();
        into.put("known", counts.known);
        into.put("right", counts.right);
        into.put("missing", counts.missing);
        into.put("unanswered", counts.unanswered);
        into.put("served", counts.served);
        into.put("unserved", counts.unserved);
        into.put("symbols", counts.symbols());
        JsonFields.put(into, "coverage", counts.coverage());
        JsonFields.put(into, "accuracy", counts.accuracy());
        into.put("independent", counts.independent);
        into.put("independent_right", counts.independentRight);
        JsonFields.put(into, "accuracy_lower", interval.lower());
        JsonFields.put(into, "accuracy_upper", interval.upper());
        into.put("scored", counts.scored);
        JsonFields.put(into, "log_loss", counts.logLoss());
        JsonFields.put(into, "brier", counts.brier());
        JsonFields.put(into, "calibration_error", counts.calibrationError());
        into.put("positions", counts.positions);
        JsonFields.put(into, "pnl_bps", counts.pnlBps());
        ObjectNode confusion = into.putObject("confusion");
        for (Direction truth : Direction.values()) {
            ObjectNode answers = confusion.putObject(truth.name());
            for (Direction answer : Direction.values()) {
                answers.put(answer.name(), cell(counts, truth, answer));
            }
        }
    }

    /** What rows add up by. */
    private static void writeSums(AccuracyCounts counts, ObjectNode into) {
        into.put("log_loss_billionths", counts.logLossBillionths);
        into.put("brier_billionths", counts.brierBillionths);
        into.put("pnl_millionths", counts.pnlMillionths);
        ArrayNode bins = into.putArray("confidence_bins");
        for (int i = 0; i < AccuracyCounts.BINS; i++) {
            bins.addObject()
                    .put("rows", counts.binRows[i])
                    .put("right", counts.binRight[i])
                    .put("confidence_billionths", counts.binConfidenceBillionths[i]);
        }
        ArrayNode hashes = into.putArray("symbol_hashes");
        for (long hash : counts.symbolHashes) {
            hashes.add(hash);
        }
    }

    private static long cell(AccuracyCounts counts, Direction truth, Direction answer) {
        return counts.confusion.length == 0
                ? 0
                : counts.confusion[truth.ordinal() * Direction.values().length + answer.ordinal()];
    }

    @Override
    AccuracyRow readFields(JsonFields from) throws UnreadableRecordException {
        List<VoteCount> votes = new ArrayList<>();
        for (JsonFields pair : from.objects("paired")) {
            votes.add(
                    new VoteCount(
                            pair.text("champion"),
                            pair.integer("better"),
                            pair.integer("worse"),
                            pair.integer("even")));
        }
        return new AccuracyRow(
                new AccuracyKey(
                        from.text("model_id"),
                        from.text("model_version"),
                        from.choice("role", Role.class),
                        TimeUnit.MILLISECONDS.toMicros(from.integer("horizon_millis"))),
                from.integer("window_start_micros"),
                from.integer("window_end_micros"),
                readCounts(from),
                votes);
    }

    private static AccuracyCounts readCounts(JsonFields from) throws UnreadableRecordException {
        AccuracyCounts counts = new AccuracyCounts();
        counts.known = from.integer("known");
        counts.right = from.integer("right");
        counts.missing = from.integer("missing");
        counts.unanswered = from.integer("unanswered");
        counts.served = from.integerOrZero("served");
        counts.unserved = from.integerOrZero("unserved");
        counts.independent = from.integer("independent");
        counts.independentRight = from.integer("independent_right");
        counts.scored = from.integer("scored");
        counts.positions = from.integer("positions");
        JsonFields sums = from.object("sums");
        counts.logLossBillionths = sums.integer("log_loss_billionths");
        counts.brierBillionths = sums.integer("brier_billionths");
        counts.pnlMillionths = sums.integer("pnl_millionths");
        List<JsonFields> bins = sums.objects("confidence_bins");
        for (int i = 0; i < Math.min(AccuracyCounts.BINS, bins.size()); i++) {
            counts.binRows[i] = bins.get(i).integer("rows");
            counts.binRight[i] = bins.get(i).integer("right");
            counts.binConfidenceBillionths[i] = bins.get(i).integer("confidence_billionths");
        }
        for (long hash : sums.integers("symbol_hashes")) {
            counts.addSymbol(hash);
        }
        if (counts.known > 0) {
            counts.confusion = readConfusion(from.object("confusion"));
        }
        return counts;
    }

    private static long[] readConfusion(JsonFields from) throws UnreadableRecordException {
        Direction[] directions = Direction.values();
        long[] confusion = new long[directions.length * directions.length];
        for (Direction truth : directions) {
            JsonFields answers = from.object(truth.name());
            for (Direction answer : directions) {
                confusion[truth.ordinal() * directions.length + answer.ordinal()] =
                        answers.integer(answer.name());
            }
        }
        return confusion;
    }
}
