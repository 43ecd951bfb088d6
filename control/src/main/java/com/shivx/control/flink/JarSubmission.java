package com.shivx.control.flink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Submits a class of a jar. The jar is uploaded once, under a name that says its checksum, and
 * found again by that name, whoever has uploaded it.
 */
public final class JarSubmission implements FlinkTrainings.Submission {

    private static final int NAME_BYTES = 8;

    private final FlinkRest rest;
    private final Path jar;
    private final String entryClass;

    public JarSubmission(FlinkRest rest, Path jar, String entryClass) {
        this.rest = rest;
        this.jar = jar;
        this.entryClass = entryClass;
    }

    @Override
    public void submit(String jobId, Map<String, String> options) throws IOException {
        String name = name();
        String id = rest.jars().get(name);
        List<String> arguments = new ArrayList<>();
        new TreeMap<>(options)
                .forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
        rest.run(id == null ? rest.upload(jar, name) : id, entryClass, arguments, jobId);
    }

    /** {@code shivx-jobs-<start of the checksum>.jar}. */
    private String name() throws IOException {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(jar), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        String stem = String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", "");
        return "%s-%s.jar"
                .formatted(stem, HexFormat.of().formatHex(sha256.digest(), 0, NAME_BYTES));
    }
}
