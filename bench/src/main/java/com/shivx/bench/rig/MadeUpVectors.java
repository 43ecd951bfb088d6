package com.shivx.bench.rig;

import com.shivx.bench.market.ZipfMarket;
import com.shivx.features.FeatureVector;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.FeatureVectorAvro;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A ready vector of every tick of a market but those that it opens with, the values those of a
 * sample in turn: endless records of the topic {@code features}, in Avro.
 */
public final class MadeUpVectors implements Supplier<KafkaBytes> {

    private static final int SHORT_HASH_LENGTH = 8;

    private final ZipfMarket market;
    private final List<FeatureVector> sample;
    private final FeatureVectorAvro avro = new FeatureVectorAvro();
    private int next;

    /**
     * Of a market that nothing has been taken from yet.
     *
     * @param sample vectors of one feature set
     */
    public MadeUpVectors(ZipfMarket market, List<FeatureVector> sample) {
        this.market = market.afterOpening();
        this.sample = sample;
    }

    /** What each of the records has beside its value. */
    public static Header header() {
        return new RecordHeader(
                FeatureVectorAvro.FINGERPRINT_HEADER,
                FeatureVectorAvro.FINGERPRINT.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public KafkaBytes get() {
        Tick tick = market.next();
        FeatureVector like = sample.get(next);
        next = (next + 1) % sample.size();
        FeatureVector vector =
                new FeatureVector(
                        FeatureVector.idOf(
                                tick, like.featureSetHash().substring(0, SHORT_HASH_LENGTH)),
                        tick.symbol(),
                        tick.kind(),
                        tick.eventTimeMicros(),
                        like.featureSetHash(),
                        true,
                        like.values());
        return new KafkaBytes(tick.symbol().getBytes(StandardCharsets.UTF_8), avro.write(vector));
    }
}
