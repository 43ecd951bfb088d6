package com.shivx.operators.scoring;

/** What models may compute on. */
public enum ScoringDevice {
    /** The task's own thread, or those of async execution. */
    CPU,
    /** A GPU, by CUDA; a job without one does not start. */
    CUDA,
    /** A GPU, by TensorRT; a job without one does not start. */
    TENSORRT,
    /**
     * For each version the CPU, or CUDA where there is a GPU and it scores more vectors a second.
     */
    AUTO
}
