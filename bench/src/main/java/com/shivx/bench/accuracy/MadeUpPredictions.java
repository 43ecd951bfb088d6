package com.shivx.bench.accuracy;

import com.shivx.bench.market.ZipfMarket;
import com.shivx.bench.rig.KafkaBytes;
import com.shivx.features.FeatureVector;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A champion's prediction of every tick of a market but those that it opens with, the classes drawn
 * evenly: endless records of the topic {@code predictions}.
 */
final class MadeUpPredictions implements Supplier<KafkaBytes> {

    private static final String[] CLASSES = {"DOWN", "FLAT", "UP"};
    private static final Action[] ACTIONS = {Action.SELL, Action.HOLD, Action.BUY};
    private static final String FEATURE_SET_HASH = "0a1b2c3d";

    private final ZipfMarket market;
    private final SplittableRandom random;
    private final PredictionJson json = new PredictionJson();

    /** Of a market that nothing has been taken from yet. */
    MadeUpPredictions(ZipfMarket market, long seed) {
        this.market = market;
        random = new SplittableRandom(seed);
        for (int i = 0; i < market.symbols(); i++) {
            market.next();
        }
    }

    @Override
    public KafkaBytes get() {
        Tick tick = market.next();
        int predicted = random.nextInt(CLASSES.length);
        float[] probabilities = new float[CLASSES.length];
        float confidence = 0.4f + 0.5f * (float) random.nextDouble();
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = i == predicted ? confidence : (1 - confidence) / 2;
        }
        Prediction prediction =
                new Prediction(
                        FeatureVector.idOf(tick, FEATURE_SET_HASH),
                        "direction",
                        "1.0.0",
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
        return new KafkaBytes(
                tick.symbol().getBytes(StandardCharsets.UTF_8), json.write(prediction));
    }
}
