package com.shivx.bench.rig;

import com.shivx.bench.BenchException;
import com.shivx.bench.model.BenchModels;
import com.shivx.bench.model.SampleVectors;
import com.shivx.features.FeatureSets;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.ModelRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/**
 * A folder with the versions of a model of a benchmark, as jobs are given theirs; deleted when it
 * is closed.
 */
public final class ModelFolder implements AutoCloseable {

    private static final int SAMPLE = 20_000;
    private static final String VERSION = "1.0.0";

    private final Path folder;
    private final Configuration options;
    private final List<ModelRef> versions = new ArrayList<>();
    private final List<Path> beside = new ArrayList<>();

    private ModelFolder(Path folder, Configuration given) {
        this.folder = folder;
        options = new Configuration(given);
    }

    /** The small network for the feature set that the options name, in one version. */
    public static ModelFolder smallNetwork(Configuration given) throws Exception {
        return smallNetworks(given, List.of(VERSION));
    }

    /**
     * The small network for the feature set that the options name, with weights of each version's
     * own; a job starts with the first.
     *
     * @throws BenchException if the options name a model of their own
     */
    public static ModelFolder smallNetworks(Configuration given, List<String> versions)
            throws Exception {
        if (given.contains(ScoringOptions.MODEL)) {
            throw new BenchException(
                    "this benchmark scores with a network of its own; leave out scoring.model");
        }
        String set = given.get(FeatureOptions.SET);
        BenchModels models = new BenchModels(new SampleVectors(FeatureSets.byName(set), SAMPLE));
        ModelFolder made = new ModelFolder(Files.createTempDirectory("shivx-bench-"), given);
        try {
            for (String version : versions) {
                made.add(version, models.smallNetwork(version));
            }
        } catch (Exception e) {
            made.close();
            throw e;
        }
        made.options.set(
                ScoringOptions.MODEL, Path.of(URI.create(made.versions.get(0).uri())).toString());
        made.options.set(ScoringOptions.ALLOWED_URIS, List.of(made.folder.toUri().toString()));
        return made;
    }

    private void add(String version, byte[] onnx) throws Exception {
        Path file = folder.resolve(version + ".onnx");
        Files.write(file, onnx);
        versions.add(
                new ModelRef(version, file.toUri().toString(), ModelArtifact.of(onnx).sha256()));
    }

    /** Puts a file beside the versions, as registries do. */
    public void put(String fileName, byte[] bytes) throws IOException {
        Path file = folder.resolve(fileName);
        beside.add(file);
        Files.write(file, bytes);
    }

    /** The options with the first version. */
    public Configuration options() {
        return options;
    }

    /** The versions, as deployments name them. */
    public List<ModelRef> versions() {
        return List.copyOf(versions);
    }

    @Override
    public void close() throws IOException {
        for (Path file : beside) {
            Files.deleteIfExists(file);
        }
        for (ModelRef version : versions) {
            Files.deleteIfExists(Path.of(URI.create(version.uri())));
        }
        Files.deleteIfExists(folder);
    }
}
