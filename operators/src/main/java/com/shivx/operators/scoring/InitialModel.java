package com.shivx.operators.scoring;

import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import java.io.Serializable;
import java.util.List;

/**
 * A deployment that a job starts with, so that no vector is scored before one is known.
 *
 * @param deployment what serves until another is published
 * @param artifacts its versions as far as they travel with the job; the others are fetched
 */
public record InitialModel(Deployment deployment, List<ModelArtifact> artifacts)
        implements Serializable {

    public InitialModel {
        artifacts = List.copyOf(artifacts);
    }

    /**
     * One version for every symbol, as generation 0.
     *
     * @param uri where it was read from
     */
    public static InitialModel of(ModelArtifact artifact, String uri) {
        ModelRef ref = new ModelRef(artifact.contract().version(), uri, artifact.sha256());
        return new InitialModel(
                Deployment.initial(artifact.contract().model(), ref), List.of(artifact));
    }
}
