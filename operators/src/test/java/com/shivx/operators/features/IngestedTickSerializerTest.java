package com.shivx.operators.features;

import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Held to Flink's own contract of serializers. */
class IngestedTickSerializerTest extends SerializerTestBase<IngestedTick> {

    @Override
    protected TypeSerializer<IngestedTick> createSerializer() {
        return TypeInformation.of(IngestedTick.class).createSerializer(new SerializerConfigImpl());
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<IngestedTick> getTypeClass() {
        return IngestedTick.class;
    }

    @Override
    protected IngestedTick[] getTestData() {
        double none = Double.NaN;
        return new IngestedTick[] {
            new IngestedTick(Tick.trade("spot:BTCUSDT", 1, 2, 3, 4.5, 0.25, Aggressor.SELL), 6),
            new IngestedTick(Tick.trade("A", -1, Long.MIN_VALUE, 0, none, -0.0, Aggressor.BUY), 0),
            new IngestedTick(Tick.trade("", 1, 2, Tick.NO_SEQUENCE, 1, 1, null).atRow(7), 6),
            new IngestedTick(Tick.quote("\u00fc\u20ac\ud83d\ude00", 1, 2, 3, 4, none, 5, none), 6),
            new IngestedTick(
                    Tick.quote(
                            "x".repeat(5_000),
                            1,
                            2,
                            3,
                            Double.POSITIVE_INFINITY,
                            1,
                            Double.MIN_VALUE,
                            2),
                    6),
            new IngestedTick(
                    new Tick("B", TickKind.TRADE, 1, 2, 3, 4, 5, 6, null, 7, none, none, none), 8),
            new IngestedTick(
                    new Tick("C", TickKind.QUOTE, 1, 2, 3, 4, none, 6, Aggressor.BUY, 7, 8, 9, 10),
                    8)
        };
    }
}
