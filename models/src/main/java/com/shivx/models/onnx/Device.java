package com.shivx.models.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.util.Locale;

/**
 * What a model computes on.
 *
 * @param kind the CPU, or how a GPU is spoken to
 * @param index which of the process's GPUs, as CUDA counts them from 0; 0 for the CPU
 */
public record Device(Kind kind, int index) {

    /** The caller's thread. */
    public static final Device CPU = new Device(Kind.CPU, 0);

    /** ONNX Runtime's execution providers that we use. */
    public enum Kind {
        CPU(OrtProvider.CPU),
        CUDA(OrtProvider.CUDA),
        /** Builds an engine for the GPU at hand while it loads a model, which can take minutes. */
        TENSORRT(OrtProvider.TENSOR_RT);

        private final OrtProvider provider;

        Kind(OrtProvider provider) {
            this.provider = provider;
        }

        /**
         * Whether this process's ONNX Runtime has it: {@code onnxruntime_gpu} does, {@code
         * onnxruntime} has the CPU alone. Says nothing of whether there is a GPU.
         */
        public boolean isBuiltIn() {
            OnnxEnvironment.get();
            return OrtEnvironment.getAvailableProviders().contains(provider);
        }
    }

    public Device {
        if (index < 0) {
            throw new IllegalArgumentException("GPUs are counted from 0, not " + index);
        }
    }

    /**
     * Whether every call of a model has the same number of rows there: a GPU's libraries choose
     * their kernels by size, and calls of several sizes cannot be relied on for the same bits.
     */
    boolean hasOneBatchSize() {
        return kind != Kind.CPU;
    }

    /** Lets a session use it; whatever a GPU cannot do falls to the next, the CPU in the end. */
    void addTo(SessionOptions session) throws OrtException {
        switch (kind) {
            case CPU -> {}
            case CUDA -> addCuda(session);
            case TENSORRT -> {
                try (OrtTensorRTProviderOptions options = new OrtTensorRTProviderOptions(index)) {
                    session.addTensorrt(options);
                }
                addCuda(session);
            }
        }
    }

    private void addCuda(SessionOptions session) throws OrtException {
        try (OrtCUDAProviderOptions options = new OrtCUDAProviderOptions(index)) {
            session.addCUDA(options);
        }
    }

    /** {@code cpu}, {@code cuda:0}, {@code tensorrt:1}. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return kind == Kind.CPU ? name : name + ":" + index;
    }
}
