package com.shivx.bench.rig;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** How busy the machine was, and how much of that was this process, since it was made. */
final class MachineLoad {

    private static final @Nullable OperatingSystemMXBean SYSTEM =
            ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean
                    ? bean
                    : null;

    private static final CompilationMXBean JIT = ManagementFactory.getCompilationMXBean();
    private static final double MILLIS_PER_SECOND = 1e3;

    private final long startNanos = System.nanoTime();
    private final long startJitMillis = jitMillis();
    private final long startCpuNanos = cpuNanos();

    MachineLoad() {
        if (SYSTEM != null) {
            // It answers for the time since it was asked last.
            SYSTEM.getCpuLoad();
        }
    }

    private static long cpuNanos() {
        return SYSTEM == null ? 0 : SYSTEM.getProcessCpuTime();
    }

    private static long jitMillis() {
        return JIT.isCompilationTimeMonitoringSupported() ? JIT.getTotalCompilationTime() : 0;
    }

    /** How many compilers of the JVM were at work on average. */
    double jit() {
        return (jitMillis() - startJitMillis) / MILLIS_PER_SECOND / seconds();
    }

    /** Since it was made. */
    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    /** The share of the machine that this process used, 0 to 1. */
    double ours() {
        double machineNanos =
                (double) (System.nanoTime() - startNanos)
                        * Runtime.getRuntime().availableProcessors();
        return (cpuNanos() - startCpuNanos) / machineNanos;
    }

    /** The share that other processes used, 0 to 1; asked once, as the machine's own answer is. */
    double others() {
        return SYSTEM == null ? 0 : Math.max(0, SYSTEM.getCpuLoad() - ours());
    }
}
