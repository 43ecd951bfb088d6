package com.shivx.bench.micro;

import com.shivx.features.FeatureVector;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A prediction of three classes as JSON, written. */
@State(Scope.Thread)
public class PredictionJsonBenchmark {

    private static final String[] CLASSES = {"DOWN", "FLAT", "UP"};
    private static final String MODEL = "direction";
    private static final String VERSION = "1.0.0";

    private final PredictionJson json = new PredictionJson();
    private final Prediction[] predictions;
    private int next;

    public PredictionJsonBenchmark() {
        List<FeatureVector> vectors = Tape.vectors();
        SplittableRandom random = new SplittableRandom(1);
        predictions = new Prediction[vectors.size()];
        for (int i = 0; i < predictions.length; i++) {
            float up = (float) random.nextDouble(0.4, 0.6);
            float down = (float) random.nextDouble(0.1, 0.3);
            predictions[i] = prediction(vectors.get(i), new float[] {down, 1 - up - down, up});
        }
    }

    private static Prediction prediction(FeatureVector vector, float[] probabilities) {
        return new Prediction(
                vector.vectorId(),
                MODEL,
                VERSION,
                1,
                Role.CHAMPION,
                true,
                vector.symbol(),
                vector.eventTimeMicros(),
                CLASSES[2],
                probabilities[2],
                Action.BUY,
                CLASSES,
                probabilities,
                PredictionStatus.OK);
    }

    @Benchmark
    public byte[] write() {
        return json.write(predictions[next++ & (predictions.length - 1)]);
    }
}
