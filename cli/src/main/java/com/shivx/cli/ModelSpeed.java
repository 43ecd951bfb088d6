package com.shivx.cli;

import com.shivx.features.FeatureSets;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.Sha256;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.VersionFiles;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How fast a version scores on this machine, in one thread and its largest batch. */
final class ModelSpeed {

    private static final int ROWS = 256;
    private static final int ROUNDS = 9;

    /** What comes before is slower than what follows. */
    private static final int WARM_UP_ROUNDS = 3;

    private static final Duration ROUND = Duration.ofMillis(60);
    private static final double NANOS_A_MICRO = 1e3;

    private ModelSpeed() {}

    /**
     * Microseconds a row of a vector of zeros, above 0: the median of nine rounds of 60 ms. Null
     * for a version that says no feature set, for nobody knows what it is to be fed with.
     *
     * @throws ModelRefusedException if it cannot be loaded
     */
    static @Nullable Double microsPerRow(VersionFiles files) throws ModelRefusedException {
        byte[] bytes = Objects.requireNonNull(files.get(ArtifactFile.MODEL));
        byte[] signature = files.get(ArtifactFile.SIGNATURE);
        if (signature == null) {
            return null;
        }
        ModelArtifact artifact = ModelArtifact.of(bytes, Sha256.of(bytes), signature);
        String set = artifact.contract().featureSet();
        if (set == null) {
            return null;
        }
        float[] row = new float[FeatureSets.byName(set).size()];
        try (OnnxModel model = ModelLoader.DEFAULT.load(artifact);
                BatchScorer scorer = model.newScorer(ROWS)) {
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                round(scorer, row);
            }
            double[] rounds = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                rounds[i] = round(scorer, row);
            }
            Arrays.sort(rounds);
            return rounds[ROUNDS / 2];
        }
    }

    private static double round(BatchScorer scorer, float[] row) {
        long rows = 0;
        long start = System.nanoTime();
        long nanos;
        do {
            scorer.score(ROWS, i -> row);
            rows += ROWS;
            nanos = System.nanoTime() - start;
        } while (nanos < ROUND.toNanos());
        return nanos / NANOS_A_MICRO / rows;
    }
}
