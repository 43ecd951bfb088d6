package com.shivx.jobs;

import com.shivx.features.tick.QualityRules;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.QualityOptions;
import com.shivx.operators.features.FeatureRules;
import com.shivx.operators.features.FeaturesOperator;
import com.shivx.operators.features.IngestedTick;
import com.shivx.operators.features.TickVector;
import com.shivx.operators.state.CacheLimits;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * Ticks to vectors: the stage that live jobs and backfill share, so that their vectors are the
 * same.
 */
final class FeatureStage {

    /** Never to be changed: savepoints know it. */
    static final String UID = "features";

    private FeatureStage() {}

    /**
     * Vectors of all good ticks; the others are in the side output {@link
     * FeaturesOperator#SET_ASIDE}.
     */
    static SingleOutputStreamOperator<TickVector> define(
            DataStream<IngestedTick> ticks, ReadableConfig options) {
        return bySymbol(ticks)
                .transform(
                        "Features",
                        TypeInformation.of(TickVector.class),
                        FeaturesOperator.factory(rules(options)))
                .uid(UID);
    }

    static KeyedStream<IngestedTick, String> bySymbol(DataStream<IngestedTick> ticks) {
        return ticks.keyBy(ingested -> ingested.tick().symbol());
    }

    /** What is computed, and how state is held. */
    static FeatureRules rules(ReadableConfig options) {
        return new FeatureRules(
                options.get(FeatureOptions.SET),
                qualityRules(options),
                options.get(FeatureOptions.SYMBOL_TTL),
                cacheLimits(options));
    }

    private static @Nullable CacheLimits cacheLimits(ReadableConfig options) {
        return switch (options.get(FeatureOptions.STATE_ACCESS)) {
            case DIRECT -> null;
            case CACHED ->
                    new CacheLimits(
                            options.get(FeatureOptions.CACHE_MAX_ENTRIES),
                            options.get(FeatureOptions.CACHE_MAX_SIZE).getBytes(),
                            options.get(FeatureOptions.CACHE_MAX_DIRTY));
        };
    }

    /** The rules of tick quality, for the features and for the source's event time. */
    static QualityRules qualityRules(ReadableConfig options) {
        return QualityRules.of(
                options.get(QualityOptions.ALLOWED_DISORDER),
                options.get(QualityOptions.SESSION_RESET),
                options.get(QualityOptions.MAX_JUMP),
                options.get(QualityOptions.MAX_AHEAD));
    }
}
