package com.shivx.features.testing;

import com.shivx.features.FeatureVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Comparing vectors, which as records compare their arrays by identity. */
public final class FeatureVectors {

    private FeatureVectors() {}

    /** Whether two vectors are the same in every part, their values to the bit; NaN equals NaN. */
    public static boolean sameBits(@Nullable FeatureVector a, @Nullable FeatureVector b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        return a.vectorId().equals(b.vectorId())
                && a.symbol().equals(b.symbol())
                && a.kind() == b.kind()
                && a.eventTimeMicros() == b.eventTimeMicros()
                && a.featureSetHash().equals(b.featureSetHash())
                && a.ready() == b.ready()
                && Arrays.equals(a.values(), b.values());
    }
}
