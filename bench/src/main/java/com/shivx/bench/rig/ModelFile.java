package com.shivx.bench.rig;

import com.shivx.bench.BenchException;
import com.shivx.bench.model.BenchModels;
import com.shivx.bench.model.SampleVectors;
import com.shivx.features.FeatureSets;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.ScoringOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;

/** A model of a benchmark as a file, as jobs are given theirs; deleted when it is closed. */
public final class ModelFile implements AutoCloseable {

    private static final int SAMPLE = 20_000;

    private final Path file;
    private final Configuration options;

    private ModelFile(Path file, Configuration options) {
        this.file = file;
        this.options = options;
    }

    /**
     * The small network for the feature set that the options name.
     *
     * @throws BenchException if they name a model of their own
     */
    public static ModelFile smallNetwork(Configuration given) throws IOException {
        if (given.contains(ScoringOptions.MODEL)) {
            throw new BenchException(
                    "this benchmark scores with a network of its own; leave out scoring.model");
        }
        String set = given.get(FeatureOptions.SET);
        byte[] bytes =
                new BenchModels(new SampleVectors(FeatureSets.byName(set), SAMPLE)).smallNetwork();
        Path file = Files.createTempFile("shivx-bench-", ".onnx");
        Files.write(file, bytes);
        Configuration options = new Configuration(given);
        options.set(ScoringOptions.MODEL, file.toString());
        return new ModelFile(file, options);
    }

    /** The options with this model. */
    public Configuration options() {
        return options;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
