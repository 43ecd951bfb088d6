package com.shivx.jobs.wire;

import com.shivx.features.label.Direction;
import com.shivx.features.label.Threshold;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeSource;
import com.shivx.models.outcome.OutcomeStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * An outcome as Avro, in the log's files: the fields of {@link OutcomeJson} in their order, but
 * that a number which is NaN stays NaN.
 *
 * <pre>
 * schemas/outcome-v1.avsc   those of the prediction around what happened
 * </pre>
 *
 * <p>A later schema adds fields with defaults, with which every earlier file is read.
 */
public final class OutcomeAvro implements AvroCodec<Outcome> {

    /** The schema that is written. */
    public static final Schema SCHEMA = AvroSchemas.load("outcome-v1.avsc");

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private @Nullable BinaryEncoder encoder;

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public byte[] write(Outcome outcome) {
        buffer.reset();
        encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
        try {
            PredictionAvro.writePredicted(outcome.prediction(), encoder);
            writeHappened(outcome, encoder);
            PredictionAvro.writeAnswer(outcome.prediction(), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
    }

    private static void writeHappened(Outcome outcome, BinaryEncoder out) throws IOException {
        out.writeLong(TimeUnit.MICROSECONDS.toMillis(outcome.horizonMicros()));
        out.writeEnum(outcome.status().ordinal());
        out.writeInt(outcome.revision());
        out.writeEnum(outcome.source().ordinal());
        Direction direction = outcome.direction();
        out.writeIndex(direction == null ? 0 : 1);
        if (direction != null) {
            out.writeEnum(direction.ordinal());
        }
        Boolean correct = outcome.correct();
        out.writeIndex(correct == null ? 0 : 1);
        if (correct != null) {
            out.writeBoolean(correct);
        }
        writeDouble(out, outcome.logReturn());
        writeDouble(out, outcome.threshold());
        out.writeEnum(outcome.thresholdKind().ordinal());
        out.writeDouble(outcome.takerFeeBps());
        writeDouble(out, outcome.entryPrice());
        writeDouble(out, outcome.exitPrice());
        writeDouble(out, outcome.pnlBps());
        writeDouble(out, outcome.buyBps());
        writeDouble(out, outcome.sellBps());
        out.writeBoolean(outcome.instant());
        out.writeLong(outcome.decidedMicros());
    }

    /** The bits of a computed NaN are the processor's choice; equal values have equal bytes. */
    private static void writeDouble(BinaryEncoder out, double value) throws IOException {
        out.writeDouble(Double.isNaN(value) ? Double.NaN : value);
    }

    @Override
    public Outcome read(ResolvingDecoder in) throws IOException {
        Fields fields = new Fields();
        for (Schema.Field field : in.readFieldOrder()) {
            fields.read(field.name(), in);
        }
        in.drain();
        return fields.toOutcome();
    }

    /** The fields of one outcome while it is being read. */
    private static final class Fields {

        private final PredictionAvro.Fields prediction = new PredictionAvro.Fields();
        private long horizonMillis;
        private OutcomeStatus status = OutcomeStatus.OK;
        private int revision;
        private OutcomeSource source = OutcomeSource.TICKS;
        private @Nullable Direction direction;
        private double logReturn = Double.NaN;
        private double threshold = Double.NaN;
        private Threshold thresholdKind = Threshold.VOL;
        private double takerFeeBps;
        private double entryPrice = Double.NaN;
        private double exitPrice = Double.NaN;
        private double pnlBps = Double.NaN;
        private double buyBps = Double.NaN;
        private double sellBps = Double.NaN;
        private boolean instant;
        private long decidedMicros;

        void read(String name, ResolvingDecoder in) throws IOException {
            switch (name) {
                case "horizon_millis" -> horizonMillis = in.readLong();
                case "status" -> status = OutcomeStatus.values()[in.readEnum()];
                case "revision" -> revision = in.readInt();
                case "source" -> source = OutcomeSource.values()[in.readEnum()];
                case "outcome" ->
                        direction =
                                PredictionAvro.Fields.isThere(in)
                                        ? Direction.values()[in.readEnum()]
                                        : null;
                case "correct" -> skipCorrect(in);
                case "log_return" -> logReturn = in.readDouble();
                case "threshold" -> threshold = in.readDouble();
                case "threshold_kind" -> thresholdKind = Threshold.values()[in.readEnum()];
                case "taker_fee_bps" -> takerFeeBps = in.readDouble();
                case "entry_price" -> entryPrice = in.readDouble();
                case "exit_price" -> exitPrice = in.readDouble();
                case "pnl_bps" -> pnlBps = in.readDouble();
                case "buy_bps" -> buyBps = in.readDouble();
                case "sell_bps" -> sellBps = in.readDouble();
                case "instant" -> instant = in.readBoolean();
                case "decided_micros" -> decidedMicros = in.readLong();
                case "prediction_status" -> prediction.read("status", in);
                default -> prediction.read(name, in);
            }
        }

        /** A function of the direction and the prediction. */
        private static void skipCorrect(ResolvingDecoder in) throws IOException {
            if (PredictionAvro.Fields.isThere(in)) {
                in.readBoolean();
            }
        }

        Outcome toOutcome() {
            return new Outcome(
                    prediction.toPrediction(),
                    TimeUnit.MILLISECONDS.toMicros(horizonMillis),
                    status,
                    revision,
                    source,
                    direction,
                    logReturn,
                    threshold,
                    thresholdKind,
                    takerFeeBps,
                    entryPrice,
                    exitPrice,
                    pnlBps,
                    buyBps,
                    sellBps,
                    instant,
                    decidedMicros);
        }
    }
}
