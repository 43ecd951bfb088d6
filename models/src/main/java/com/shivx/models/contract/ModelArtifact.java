package com.shivx.models.contract;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.graph.ExternalData;
import com.shivx.models.graph.ServingGraph;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model version as it travels: the file's bytes, their checksum and the contract. What is said
 * here is checked again where it shall serve.
 *
 * @param bytes the ONNX file
 * @param sha256 what their checksum must be, lower-case hex
 * @param contract what it is held to
 */
public record ModelArtifact(byte[] bytes, String sha256, ModelContract contract)
        implements Serializable {

    /**
     * The most that is read into memory: market models have kilobytes, a large forest a few hundred
     * megabytes.
     */
    public static final long MAX_BYTES = 512L << 20;

    /** The name of the file beside a model that holds its contract. */
    public static final String SIGNATURE_FILE = Signature.FILE_NAME;

    /** The most that is read of it. */
    public static final long MAX_SIGNATURE_BYTES = 1 << 20;

    /**
     * Reads a model of feature vectors. Its contract is what {@code signature.json} beside it, the
     * file's {@code metadata_props} and the flags say together. Without a name in any of them the
     * model is called as its file, and without a version {@code 0.0.0+<first 8 of the checksum>}:
     * another file, another version. Weights in files beside it are read into it, so that its
     * checksum covers them.
     */
    public static ModelArtifact read(Path file, ContractFlags flags) throws ModelRefusedException {
        byte[] bytes = readModel(file);
        return of(bytes, resolver(bytes, file, flags).resolveForFeatureSet());
    }

    /** As {@link #read}, of a model of any columns, which no feature set need know. */
    public static ModelArtifact readOfAnyColumns(Path file, ContractFlags flags)
            throws ModelRefusedException {
        byte[] bytes = readModel(file);
        return of(bytes, resolver(bytes, file, flags).resolve());
    }

    /**
     * A model of feature vectors whose bytes say everything themselves, in their {@code
     * metadata_props}.
     */
    public static ModelArtifact of(byte[] bytes) throws ModelRefusedException {
        return of(bytes, resolver(bytes, new ContractText(), "model").resolveForFeatureSet());
    }

    /**
     * A model of feature vectors from anywhere, as {@link #read} reads it from a file.
     *
     * @param expectedSha256 checksum that the bytes must have, or nothing else of them is looked at
     * @param signature {@code signature.json}; null without
     */
    public static ModelArtifact of(byte[] bytes, String expectedSha256, byte @Nullable [] signature)
            throws ModelRefusedException {
        String actual = Sha256.of(bytes);
        if (!actual.equals(expectedSha256)) {
            throw new ModelRefusedException(
                    "the file has checksum " + actual + ", expected " + expectedSha256,
                    "fetch the file again");
        }
        ContractText said = new ContractText();
        if (signature != null) {
            Signature.read(signature, said);
        }
        return of(bytes, resolver(bytes, said, "model").resolveForFeatureSet());
    }

    /** A model of whose contract somebody else is sure. */
    public static ModelArtifact of(byte[] bytes, ModelContract contract) {
        return new ModelArtifact(bytes, Sha256.of(bytes), contract);
    }

    private static ContractResolver resolver(byte[] bytes, Path file, ContractFlags flags)
            throws ModelRefusedException {
        ContractText said = new ContractText();
        Path signature = file.resolveSibling(Signature.FILE_NAME);
        if (Files.exists(signature)) {
            Signature.read(readBytes(signature, MAX_SIGNATURE_BYTES), said);
        }
        said.readFlags(flags);
        return resolver(bytes, said, stem(file));
    }

    private static ContractResolver resolver(byte[] bytes, ContractText said, String defaultName)
            throws ModelRefusedException {
        ServingGraph graph = ServingGraph.parse(bytes);
        String sha256 = Sha256.of(bytes);
        said.readMetadata(graph.metadata());
        said.say(ContractItem.SHA256, sha256, "the file's bytes");
        said.sayDefault(ContractItem.MODEL, defaultName);
        said.sayDefault(ContractItem.VERSION, versionOf(sha256));
        return new ContractResolver(graph, said);
    }

    /** The contract and the checksum as {@code signature.json} holds them beside the file. */
    public String signature() {
        return Signature.write(contract, sha256);
    }

    /**
     * The bytes against the checksum that they must have.
     *
     * @throws ModelRefusedException if they have another
     */
    public void checkSha256() throws ModelRefusedException {
        String actual = Sha256.of(bytes);
        if (!actual.equals(sha256)) {
            throw new ModelRefusedException(
                    contract.id() + " has checksum " + actual + ", expected " + sha256,
                    "fetch the file again");
        }
    }

    /** Whether nobody has said which version it is, and its checksum stands for it. */
    public boolean isNamedByItsBytes() {
        return contract.version().equals(versionOf(sha256));
    }

    /** The same file under the version that its checksum stands for. */
    public ModelArtifact namedByItsBytes() throws ModelRefusedException {
        return as(versionOf(sha256));
    }

    private static String versionOf(String sha256) {
        return "0.0.0+" + sha256.substring(0, 8);
    }

    /**
     * The same file as another version of its line.
     *
     * @throws ModelRefusedException if the file itself says that it is another
     */
    public ModelArtifact as(String version) throws ModelRefusedException {
        ModelArtifact renamed = of(bytes, contract.as(version));
        renamed.checkReadsBack();
        return renamed;
    }

    /**
     * Whether whoever has the file and its signature, and no flags, reads the same contract.
     *
     * @throws ModelRefusedException if the file itself says something else
     */
    public void checkReadsBack() throws ModelRefusedException {
        ContractText said = new ContractText();
        Signature.read(signature().getBytes(StandardCharsets.UTF_8), said);
        ContractResolver resolver = resolver(bytes, said, contract.model());
        ModelContract read =
                contract.featureSet() == null
                        ? resolver.resolve()
                        : resolver.resolveForFeatureSet();
        if (!read.equals(contract)) {
            throw new ModelRefusedException(
                    "it reads as " + read + " with its signature, and as " + contract + " here",
                    "let the file itself say what it is");
        }
    }

    /**
     * A model's bytes, with the weights that lie in files beside it read into them.
     *
     * @throws ModelRefusedException if it cannot be read, is empty or too large
     */
    public static byte[] readModel(Path file) throws ModelRefusedException {
        byte[] bytes = readBytes(file, MAX_BYTES);
        return ExternalData.inlined(bytes, file, MAX_BYTES - bytes.length);
    }

    static byte[] readBytes(Path file, long maxBytes) throws ModelRefusedException {
        try {
            long size = Files.size(file);
            if (!Files.isRegularFile(file)) {
                throw new ModelRefusedException(file + " is no file", "name an ONNX file");
            }
            if (size == 0 || size > maxBytes) {
                throw new ModelRefusedException(
                        file + " has " + size + " bytes, expected 1 to " + maxBytes,
                        size == 0 ? "export it again" : "make it smaller");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ModelRefusedException(
                    file + " cannot be read: " + e, "name a file that can be read", e);
        }
    }

    /** The file's name without its ending, of letters that a model name may have. */
    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        return name.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    }
}
