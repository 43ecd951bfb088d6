package com.shivx.operators.training;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.candidate.Candidate;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.Bump;
import com.shivx.models.registry.Change;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.RegisteredModel;
import com.shivx.models.registry.Registration;
import com.shivx.models.registry.SemanticVersion;
import org.jspecify.annotations.Nullable;

/** The versions of the line that is trained, in its registry. */
record TrainedVersions(TrainingSettings settings, ModelRegistry registry) {

    /** What is in production; null if nothing is. */
    @Nullable ModelVersion production() {
        if (!registry.models().contains(settings.model())) {
            return null;
        }
        RegisteredModel model = registry.model(settings.model());
        SemanticVersion version = model.aliases().get(Alias.PRODUCTION);
        return version == null ? null : model.version(version).orElse(null);
    }

    /**
     * The version that an earlier attempt has registered for the same request before somebody heard
     * of it; null if none has.
     */
    @Nullable ModelVersion madeBefore() {
        String request = settings.request();
        if (request == null || !registry.models().contains(settings.model())) {
            return null;
        }
        return registry.model(settings.model()).versions().stream()
                .filter(version -> version.comment().startsWith(requested(request)))
                .findFirst()
                .orElse(null);
    }

    /** Makes a version of a candidate; returns that of an earlier attempt, if it has made one. */
    ModelVersion register(Candidate candidate) throws ModelRefusedException {
        ModelVersion made = madeBefore();
        if (made != null) {
            return made;
        }
        String version = settings.version();
        ModelArtifact artifact =
                version == null ? candidate.artifact() : candidate.artifact().as(version);
        return registry.register(
                new Registration(
                        artifact,
                        version == null ? Bump.valueOf(settings.bump()) : null,
                        candidate.more(),
                        new Change(settings.by(), comment(candidate))));
    }

    private String comment(Candidate candidate) {
        String request = settings.request();
        return (request == null ? "" : requested(request)) + "trained: " + candidate.summary();
    }

    private static String requested(String request) {
        return "request " + request + ": ";
    }
}
