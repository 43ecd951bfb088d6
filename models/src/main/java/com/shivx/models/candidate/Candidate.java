package com.shivx.models.candidate;

import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.validation.ValidationReport;
import java.util.Map;

/**
 * A model that was trained, exported and judged.
 *
 * @param artifact the ONNX file with its contract, whose version is yet to be given
 * @param more what belongs beside it: reference, metrics, importance, provenance
 * @param report the verdict, and why
 * @param summary one line on the training
 */
public record Candidate(
        ModelArtifact artifact,
        Map<ArtifactFile, byte[]> more,
        ValidationReport report,
        String summary) {

    /** The same with other files beside it. */
    Candidate with(Map<ArtifactFile, byte[]> others) {
        return new Candidate(artifact, others, report, summary);
    }
}
