package com.shivx.jobs;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.contract.AllowedUris;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.operators.scoring.InitialModel;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.ReadableConfig;

/** The model that the options name, checked on this machine before a job is submitted. */
final class ScoringModel {

    private ScoringModel() {}

    /**
     * Reads the model and lets it pass every check once.
     *
     * @throws ModelRefusedException saying which check it failed and what to do
     */
    static InitialModel load(ReadableConfig options) throws ModelRefusedException {
        try {
            return loadNamed(options);
        } catch (ModelRefusedException e) {
            throw e.of(options.get(ScoringOptions.MODEL));
        }
    }

    private static InitialModel loadNamed(ReadableConfig options) throws ModelRefusedException {
        FeatureSet features = FeatureSets.byName(options.get(FeatureOptions.SET));
        ModelArtifact artifact = read(options);
        ModelContract contract = artifact.contract();
        if (!features.hash().equals(contract.featureSetHash())) {
            throw new ModelRefusedException(
                    "%s takes the feature set %s, the job computes %s"
                            .formatted(contract.id(), contract.featureSet(), features.name()),
                    "set features.set to the model's");
        }
        ModelLoader.DEFAULT.load(artifact).close();
        return InitialModel.of(artifact, options.get(ScoringOptions.MODEL));
    }

    private static ModelArtifact read(ReadableConfig options) throws ModelRefusedException {
        String uri = options.get(ScoringOptions.MODEL);
        if (uri.equals(ScoringOptions.BASELINE)) {
            return BaselineMomentum.artifact();
        }
        Path file =
                AllowedUris.of(
                                options.getOptional(ScoringOptions.ALLOWED_URIS)
                                        .orElse(List.of(uri)))
                        .resolve(uri);
        ModelArtifact artifact = ModelArtifact.read(file, flags(options));
        return options.getOptional(ScoringOptions.SHA256)
                .map(sha256 -> new ModelArtifact(artifact.bytes(), sha256, artifact.contract()))
                .orElse(artifact);
    }

    private static ContractFlags flags(ReadableConfig options) {
        return ContractFlags.parse(
                options.get(FeatureOptions.SET),
                options.getOptional(ScoringOptions.COLUMNS).orElse(null),
                options.getOptional(ScoringOptions.CLASSES).orElse(null),
                options.getOptional(ScoringOptions.ACTIONS).orElse(null));
    }
}
