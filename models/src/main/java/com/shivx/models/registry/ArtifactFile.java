package com.shivx.models.registry;

import com.shivx.models.contract.ModelArtifact;
import java.util.Arrays;
import java.util.Optional;

/** The files of a version. No other name is ever written or read. */
public enum ArtifactFile {
    /** The ONNX file, in one piece. Every version has one. */
    MODEL("model.onnx", ModelArtifact.MAX_BYTES),
    /** The contract that it is held to. Every version that was registered here has one. */
    SIGNATURE(ModelArtifact.SIGNATURE_FILE, ModelArtifact.MAX_SIGNATURE_BYTES),
    /** What its features and predictions look like, to tell drift by. */
    REFERENCE("reference.json", 64L << 20),
    /** How good it is. */
    METRICS("metrics.json", 4L << 20),
    /** Which features it leans on. */
    IMPORTANCE("importance.json", 4L << 20),
    /** What it was made of: {@link Provenance}. */
    PROVENANCE("provenance.json", 1L << 20);

    private final String fileName;
    private final long maxBytes;

    ArtifactFile(String fileName, long maxBytes) {
        this.fileName = fileName;
        this.maxBytes = maxBytes;
    }

    public String fileName() {
        return fileName;
    }

    /** The most that it may have. */
    public long maxBytes() {
        return maxBytes;
    }

    boolean isJson() {
        return this != MODEL;
    }

    /** The file of that name; none for any other name, whatever path it would lead to. */
    public static Optional<ArtifactFile> named(String fileName) {
        return Arrays.stream(values()).filter(file -> file.fileName.equals(fileName)).findFirst();
    }
}
