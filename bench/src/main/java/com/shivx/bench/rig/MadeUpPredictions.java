package com.shivx.bench.rig;

import com.shivx.bench.market.ZipfMarket;
import com.shivx.features.FeatureVector;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A champion's prediction of every tick of a market but those that it opens with, the classes drawn
 * evenly: endless records of the topic {@code predictions}.
 */
public final class MadeUpPredictions implements Supplier<KafkaBytes> {

    /** The version that predicts. */
    public static final String VERSION = "1.0.0";

    private static final String[] CLASSES = {"DOWN", "FLAT", "UP"};
    private static final Action[] ACTIONS = {Action.SELL, Action.HOLD, Action.BUY};
    private static final String FEATURE_SET_HASH = "0a1b2c3d";

    private final ZipfMarket market;
    private final String model;
    private final SplittableRandom random;
    private final PredictionJson json = new PredictionJson();

    /**
     * Of a market that nothing has been taken from yet.
     *
     * @param model that predicts
     */
    public MadeUpPredictions(ZipfMarket market, String model, long seed) {
        this.market = market.afterOpening();
        this.model = model;
        random = new SplittableRandom(seed);
    }

    /** The classes, in the model's order. */
    public static List<String> classes() {
        return List.of(CLASSES);
    }

    @Override
    public KafkaBytes get() {
        Prediction prediction = next();
        return new KafkaBytes(
                prediction.symbol().getBytes(StandardCharsets.UTF_8), json.write(prediction));
    }

    /** The next prediction. */
    public Prediction next() {
        Tick tick = market.next();
        int predicted = random.nextInt(CLASSES.length);
        float[] probabilities = new float[CLASSES.length];
        float confidence = 0.4f + 0.5f * (float) random.nextDouble();
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = i == predicted ? confidence : (1 - confidence) / 2;
        }
        return new Prediction(
                        FeatureVector.idOf(tick, FEATURE_SET_HASH),
                        model,
                        VERSION,
                        1,
                        Role.CHAMPION,
                        true,
                        tick.symbol(),
                        tick.eventTimeMicros(),
                        CLASSES[predicted],
                        confidence,
                        ACTIONS[predicted],
                        CLASSES,
                        probabilities,
                        PredictionStatus.OK);
    }
}
