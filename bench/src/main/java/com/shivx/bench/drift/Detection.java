package com.shivx.bench.drift;

import java.util.BitSet;
import java.util.List;

/**
 * What detection makes of features of one autocorrelation, over all references.
 *
 * @param windowRows rows of a window
 * @param alertShare share of quiet windows in which a feature has an alert
 * @param beyondShare share of them in which one is beyond its threshold
 * @param textbookShare share of them in which the textbook's test finds one
 * @param textbookFeatureShare share of features and windows that it finds
 * @param foundWithin5 share of shifted features that have an alert within five windows
 */
record Detection(
        int windowRows,
        double alertShare,
        double beyondShare,
        double textbookShare,
        double textbookFeatureShare,
        double foundWithin5) {

    /**
     * Of the features' outcomes, one list a reference: a window has an alert if one of its features
     * has.
     */
    static Detection of(FeatureTrial trial, List<List<FeatureTrial.Outcome>> references) {
        double windows = (double) references.size() * trial.quietWindows();
        double alerts = 0;
        double beyond = 0;
        double textbook = 0;
        double textbookFeatures = 0;
        double found = 0;
        double features = 0;
        for (List<FeatureTrial.Outcome> reference : references) {
            BitSet withAlert = new BitSet();
            BitSet withBeyond = new BitSet();
            BitSet withTextbook = new BitSet();
            for (FeatureTrial.Outcome feature : reference) {
                withAlert.or(feature.alerts());
                withBeyond.or(feature.beyond());
                withTextbook.or(feature.textbook());
                textbookFeatures += feature.textbook().cardinality();
                found += feature.isFound() ? 1 : 0;
                features++;
            }
            alerts += withAlert.cardinality();
            beyond += withBeyond.cardinality();
            textbook += withTextbook.cardinality();
        }
        return new Detection(
                trial.windowRows(),
                alerts / windows,
                beyond / windows,
                textbook / windows,
                textbookFeatures / (features * trial.quietWindows()),
                found / features);
    }
}
