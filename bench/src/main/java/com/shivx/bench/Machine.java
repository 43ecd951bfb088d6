package com.shivx.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where something was measured.
 *
 * @param processor its name
 * @param cores this process may use
 * @param memoryGib memory of the machine, GiB
 * @param java version of the JVM
 * @param system operating system
 */
public record Machine(String processor, int cores, long memoryGib, String java, String system) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** The machine of this process. */
    static Machine ofProcess() {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean
                        ? bean.getTotalMemorySize()
                        : 0;
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                Math.round(memory / (double) (1 << 30)),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch"));
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public String toString() {
        return "%s, %d cores, %d GiB, %s, %s".formatted(processor, cores, memoryGib, java, system);
    }
}
