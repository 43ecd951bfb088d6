package com.shivx.cli.reconcile;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts different ids exactly, in memory that does not grow with them: the first 128 bits of each
 * id's SHA-256 go to one of 256 files by their first byte, and the files are counted one after
 * another. Two ids out of a billion collide with a probability of 1e-21.
 *
 * <p>A record in a file is the 16 bytes of the hash as they are.
 */
final class UniqueIds implements AutoCloseable {

    private static final int BUCKETS = 256;
    private static final int HASH_BYTES = 16;
    private static final int BUFFER_BYTES = 4096;

    private final Path directory;
    private final List<OutputStream> buckets = new ArrayList<>();
    private final MessageDigest sha256;

    /** Takes a folder of its own below {@code parent}. */
    UniqueIds(Path parent) throws IOException {
        directory = Files.createTempDirectory(parent, "ids-");
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            buckets.add(
                    new BufferedOutputStream(Files.newOutputStream(file(bucket)), BUFFER_BYTES));
        }
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }

    void add(String id) throws IOException {
        byte[] hash = sha256.digest(id.getBytes(StandardCharsets.UTF_8));
        buckets.get(hash[0] & 0xFF).write(hash, 0, HASH_BYTES);
    }

    /** How many different ids were added; none may be added afterwards. */
    long count() throws IOException {
        long unique = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            buckets.get(bucket).close();
            unique += uniqueHashes(Files.readAllBytes(file(bucket)));
        }
        return unique;
    }

    @Override
    public void close() throws IOException {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            buckets.get(bucket).close();
            Files.deleteIfExists(file(bucket));
        }
        Files.deleteIfExists(directory);
    }

    private Path file(int bucket) {
        return directory.resolve("%02x".formatted(bucket));
    }

    private static int uniqueHashes(byte[] bytes) {
        Set<Hash> hashes = new HashSet<>(bytes.length / HASH_BYTES * 2);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            hashes.add(new Hash(buffer.getLong(), buffer.getLong()));
        }
        return hashes.size();
    }

    private record Hash(long high, long low) {}
}
