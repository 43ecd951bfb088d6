package com.shivx.bench.rig;

import java.util.Locale;

/**
 * When a job is warm: after the least time, once the JIT compiler has little left to do. On two
 * cores it takes a minute and more to compile a broker, a cluster and a job, and what is measured
 * meanwhile is the compiler.
 */
public final class Warming {

    /** Share of the time between two looks in which a compiler may be at work. */
    private static final double QUIET = 0.15;

    private final Trial.Times times;
    private final MachineLoad whole = new MachineLoad();
    private MachineLoad sinceLook = new MachineLoad();
    private double jit = 1;

    /** Of a job that starts now. */
    public Warming(Trial.Times times) {
        this.times = times;
    }

    /** Looks once; to be asked every few seconds, such as at every checkpoint. */
    public boolean isOver() {
        jit = sinceLook.jit();
        sinceLook = new MachineLoad();
        return isTimeUp() || (whole.seconds() >= times.warmUp().toSeconds() && jit < QUIET);
    }

    /** Whether it has taken as long as it may. */
    public boolean isTimeUp() {
        return whole.seconds() >= times.longestWarmUp().toSeconds();
    }

    /** Since the job was started. */
    double seconds() {
        return whole.seconds();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "warming up for %.0f s, the JIT compiler at work %.0f %% of the time",
                whole.seconds(),
                100 * jit);
    }
}
