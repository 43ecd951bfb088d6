package com.shivx.models.registry;

import com.shivx.features.FeatureSets;
import com.shivx.models.Action;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.Task;
import com.shivx.models.testing.Graphs;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models that somebody wants to register, whose files do not say what version they are. */
public final class Candidates {

    public static final Change CHANGE = new Change("ada", "for a test");

    private Candidates() {}

    public static ModelArtifact artifact(String model, String version) {
        return ModelArtifact.of(
                Graphs.softmax(3).metadata("made.for", version).toBytes(),
                new ModelContract(
                        model,
                        version,
                        Task.CLASSIFICATION,
                        "market-v1",
                        FeatureSets.byName("market-v1").hash(),
                        List.of("log_return_1s", "log_return_10s", "log_return_60s"),
                        List.of("DOWN", "FLAT", "UP"),
                        List.of(Action.SELL, Action.HOLD, Action.BUY),
                        null,
                        false));
    }

    public static Registration of(String model, String version) {
        return new Registration(artifact(model, version), null, Map.of(), CHANGE);
    }

    public static Registration bumped(String model, @Nullable Bump bump) {
        return new Registration(artifact(model, "0.0.0"), bump, Map.of(), CHANGE);
    }

    /** With every file that there may be. */
    public static Registration whole(String model, String version, double accuracy) {
        Map<ArtifactFile, byte[]> more = new EnumMap<>(ArtifactFile.class);
        more.put(
                ArtifactFile.METRICS,
                bytes("{\"validation\": {\"accuracy\": %s, \"auc\": null}}".formatted(accuracy)));
        more.put(ArtifactFile.REFERENCE, bytes("{\"features\": {}}"));
        more.put(ArtifactFile.IMPORTANCE, bytes("{\"log_return_1s\": 0.5}"));
        more.put(ArtifactFile.PROVENANCE, ProvenanceJson.write(provenance()));
        return new Registration(artifact(model, version), null, more, CHANGE);
    }

    public static Provenance provenance() {
        return new Provenance(
                1_700_000_000_000_000L,
                1_700_086_400_000_000L,
                864_000,
                "ab".repeat(32),
                "market-v1",
                FeatureSets.byName("market-v1").hash(),
                "0.1.0",
                "lightgbm",
                Map.of("num_leaves", "31"),
                7);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
