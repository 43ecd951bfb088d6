package com.shivx.features;

/**
 * Offers a feature set by name. Named in {@code
 * META-INF/services/com.shivx.features.FeatureSetProvider}; this is how anyone's own set is found
 * beside {@code market-v1}.
 */
public interface FeatureSetProvider {

    /** The set; the same name always stands for the same set. */
    FeatureSet featureSet();
}
