package com.shivx.models.candidate;

import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.Provenance;
import com.shivx.models.registry.ProvenanceJson;

/** From when on rows are new to a version. */
public final class LearnedUntil {

    /** Of a version of which nobody knows. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private LearnedUntil() {}

    /**
     * When the last outcome was decided that it has learned from, as its provenance says; what that
     * does not say is taken to be its whole data.
     *
     * @return microseconds since the epoch, or {@link #UNKNOWN}
     */
    public static long micros(ModelRegistry registry, ModelVersion version) {
        byte[] file = registry.files(version).get(ArtifactFile.PROVENANCE);
        if (file == null || !ProvenanceJson.namesData(file)) {
            return UNKNOWN;
        }
        Provenance provenance = ProvenanceJson.read(file);
        String until = provenance.parameters().get(CandidateTraining.LEARNED_UNTIL);
        return until == null ? provenance.dataToMicros() + 1 : Long.parseLong(until);
    }
}
