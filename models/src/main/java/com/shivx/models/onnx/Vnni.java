package com.shivx.models.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether this processor has instructions that sum products of bytes in 32 bits. An x86-64 without
 * them sums pairs in 16 bits, which an unsigned byte times a signed one overflows: the runtime's
 * answers are then wrong, and depend on the machine, unless it is told to take slower products
 * ({@code session.x64quantprecision}). Measured on a 32-256-256-3 network: an emulated Haswell is
 * five times as far from the float answers without it, and with it has the errors of a processor
 * with VNNI, which would need twice the time for nothing.
 */
final class Vnni {

    private static final Set<String> FLAGS = Set.of("avx512_vnni", "avx_vnni");

    /** Of this processor; false where it cannot be told, which is slower and never wrong. */
    static final boolean PRESENT = isIn(Path.of("/proc/cpuinfo"));

    private Vnni() {}

    /** What Linux says of the first processor. */
    static boolean isIn(Path cpuinfo) {
        try (Stream<String> lines = Files.lines(cpuinfo, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Stream.of(line.split("\\s+")).anyMatch(FLAGS::contains))
                    .orElse(false);
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
