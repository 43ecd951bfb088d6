package com.shivx.models.training.export;

import com.shivx.features.FeatureSet;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.FeatureFit;
import com.shivx.models.contract.ModelContract;
import java.util.Arrays;

/**
 * How rows of a model's columns become what a served model is fed: whole vectors of its feature
 * set, or the rows themselves where it has none.
 *
 * @param width values of a vector
 * @param indices where each column stands in it
 */
record VectorLayout(int width, int[] indices) {

    static VectorLayout of(ModelContract contract) throws ModelRefusedException {
        int[] indices = new int[contract.columns().size()];
        String name = contract.featureSet();
        FeatureSet set = name == null ? null : FeatureFit.featureSet(name);
        for (int i = 0; i < indices.length; i++) {
            indices[i] = set == null ? i : set.indexOf(contract.columns().get(i));
        }
        return new VectorLayout(set == null ? indices.length : set.size(), indices);
    }

    /** What the model does not take is missing: it must not matter. */
    float[] vector(float[] row) {
        float[] vector = new float[width];
        Arrays.fill(vector, Float.NaN);
        for (int i = 0; i < indices.length; i++) {
            vector[indices[i]] = row[i];
        }
        return vector;
    }
}
