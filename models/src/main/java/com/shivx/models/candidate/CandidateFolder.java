package com.shivx.models.candidate;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.registry.Folders;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.VersionFiles;
import com.shivx.models.validation.ValidationReport;
import com.shivx.models.validation.report.HtmlReport;
import com.shivx.models.validation.report.JsonReport;
import com.shivx.models.validation.report.TextReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A candidate in a folder, whatever the verdict, for whoever wants to try it: the files that a
 * registry would keep, and the report as {@value #TEXT}, {@value #JSON} and {@value #HTML}. Nothing
 * is registered by it.
 */
public final class CandidateFolder {

    /** The report for people. */
    public static final String TEXT = "report.txt";

    /** The report for programs. */
    public static final String JSON = "report.json";

    /** The report as a page. */
    public static final String HTML = "report.html";

    private final Path folder;

    /**
     * @param folder that is not there, or empty
     * @throws RegistryException if it is neither
     */
    public CandidateFolder(Path folder) {
        Folders.requireFree(folder);
        this.folder = folder;
    }

    /**
     * Writes it, all at once.
     *
     * @param version it has got; null if nobody has given it one: its checksum then stands for it
     * @throws RegistryException if the folder cannot be written, or is no longer free
     */
    public void write(Candidate candidate, @Nullable String version) throws ModelRefusedException {
        ModelArtifact artifact =
                version == null
                        ? candidate.artifact().namedByItsBytes()
                        : candidate.artifact().as(version);
        ValidationReport report = candidate.report();
        Map<String, byte[]> files =
                new TreeMap<>(VersionFiles.of(artifact, candidate.more()).byName());
        files.put(TEXT, bytes(TextReport.of(report)));
        files.put(JSON, bytes(JsonReport.of(report)));
        files.put(HTML, bytes(HtmlReport.of(report)));
        Folders.write(folder, files);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
