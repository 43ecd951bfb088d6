package com.shivx.features.market;

import com.shivx.features.FeatureSet;
import com.shivx.features.testing.FeatureSetContract;

class MarketV1Test extends FeatureSetContract {

    @Override
    protected FeatureSet featureSet() {
        return MarketV1.define();
    }
}
