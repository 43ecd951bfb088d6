package com.shivx.models.contract;

import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.graph.InputLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a model's columns lie in what it is fed: the vectors of a feature set, or rows of just these
 * columns.
 *
 * @param indices where each column stands in what is fed
 * @param low lowest ordinary value of each column
 * @param high highest ordinary value of each column
 */
public record FeatureFit(int[] indices, float[] low, float[] high) {

    /** Bounds of ordinary values where a schema, or no schema, sets none. */
    private static final float WIDE = 1e4f;

    private static final float UNKNOWN = 100;

    /**
     * The fit of a contract and its graph.
     *
     * @throws ModelRefusedException if contract, graph and feature set do not fit each other
     */
    public static FeatureFit of(ModelContract contract, InputLayout inputs)
            throws ModelRefusedException {
        check(contract.columns(), inputs, "the contract");
        if (contract.featureSet() != null && inputs.wholeNumbers()) {
            throw new ModelRefusedException(
                    "its inputs take whole numbers (int64), and features are fractions",
                    "export it with float inputs");
        }
        String name = contract.featureSet();
        return name == null
                ? anyColumns(contract.columns().size())
                : of(contract, featureSet(name));
    }

    /** The feature set of that name. */
    public static FeatureSet featureSet(String name) throws ModelRefusedException {
        try {
            return FeatureSets.byName(name);
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException(
                    "its feature set is not known: " + e.getMessage(),
                    "name one with --features",
                    e);
        }
    }

    /**
     * The columns against the inputs that they are laid into.
     *
     * @param by who names them
     */
    static void check(List<String> columns, InputLayout inputs, String by)
            throws ModelRefusedException {
        int width = inputs.columns();
        if (width != InputLayout.OPEN && columns.size() != width) {
            throw new ModelRefusedException(
                    (inputs.inputs().size() == 1 ? "its input takes " : "its inputs take ")
                            + (width == 1 ? "1 column" : width + " columns")
                            + ", and "
                            + by
                            + " names "
                            + columns.size()
                            + ": "
                            + columns,
                    "name as many, in the model's order, with --columns");
        }
        if (!inputs.takes(columns)) {
            throw new ModelRefusedException(
                    "the columns are "
                            + columns
                            + " by "
                            + by
                            + ", and the inputs are named "
                            + inputs.names(),
                    "name the columns as the inputs are named");
        }
    }

    private static FeatureFit anyColumns(int columns) {
        float[] high = new float[columns];
        float[] low = new float[columns];
        Arrays.fill(high, UNKNOWN);
        Arrays.fill(low, -UNKNOWN);
        return new FeatureFit(IntStream.range(0, columns).toArray(), low, high);
    }

    private static FeatureFit of(ModelContract contract, FeatureSet set)
            throws ModelRefusedException {
        if (!set.hash().equals(contract.featureSetHash())) {
            throw new ModelRefusedException(
                    contract.id()
                            + " was made for feature set "
                            + set.name()
                            + " of hash "
                            + contract.featureSetHash()
                            + ", and here it has hash "
                            + set.hash(),
                    "train it on this one, or run the build it was trained on");
        }
        List<String> unknown =
                contract.columns().stream().filter(column -> !names(set).contains(column)).toList();
        if (!unknown.isEmpty()) {
            throw new ModelRefusedException(
                    "its columns " + unknown + " are no features of " + set.name(),
                    "name features of it with --columns (shivx features list shows them)");
        }
        int columns = contract.columns().size();
        FeatureFit fit = new FeatureFit(new int[columns], new float[columns], new float[columns]);
        for (int i = 0; i < columns; i++) {
            int index = set.indexOf(contract.columns().get(i));
            Feature feature = set.features().get(index);
            fit.indices()[i] = index;
            fit.low()[i] = (float) Math.max(-WIDE, feature.min());
            fit.high()[i] = (float) Math.min(WIDE, feature.max());
        }
        return fit;
    }

    static List<String> names(FeatureSet set) {
        return set.features().stream().map(Feature::name).toList();
    }
}
