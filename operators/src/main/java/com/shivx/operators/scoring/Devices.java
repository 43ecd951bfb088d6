package com.shivx.operators.scoring;

import com.shivx.models.onnx.Device;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices that a subtask may score on: those that its rules ask for, its TaskManager has been
 * given, and this process's ONNX Runtime knows.
 */
final class Devices {

    private static final Logger LOG = LoggerFactory.getLogger(Devices.class);

    /** Flink's external resource, and the property of it that its own driver for GPUs sets. */
    private static final String GPU = "gpu";

    private static final String INDEX = "index";

    private final List<Integer> gpus;
    private final int subtaskIndex;
    private final Predicate<Device.Kind> builtIn;

    private Devices(RuntimeContext subtask, Predicate<Device.Kind> builtIn) {
        gpus =
                subtask.getExternalResourceInfos(GPU).stream()
                        .map(Devices::index)
                        .flatMap(Optional::stream)
                        .sorted()
                        .toList();
        subtaskIndex = subtask.getTaskInfo().getIndexOfThisSubtask();
        this.builtIn = builtIn;
    }

    /**
     * The devices, the CPU first where it is one of them. A TaskManager's GPUs are all its slots',
     * so its subtasks take them in turn.
     *
     * @throws SuppressRestartsException if a GPU is asked for and there is none to be had: what is
     *     configured so does not heal by a restart
     */
    static List<Device> of(ScoringDevice wanted, RuntimeContext subtask) {
        return of(wanted, subtask, Device.Kind::isBuiltIn);
    }

    /** With what the process's ONNX Runtime knows told. */
    static List<Device> of(
            ScoringDevice wanted, RuntimeContext subtask, Predicate<Device.Kind> builtIn) {
        Devices devices = new Devices(subtask, builtIn);
        return switch (wanted) {
            case CPU -> List.of(Device.CPU);
            case CUDA -> List.of(devices.gpu(Device.Kind.CUDA));
            case TENSORRT -> List.of(devices.gpu(Device.Kind.TENSORRT));
            case AUTO -> devices.cpuAndGpu();
        };
    }

    private List<Device> cpuAndGpu() {
        String reason = reasonAgainst(Device.Kind.CUDA);
        if (reason == null) {
            return List.of(Device.CPU, next(Device.Kind.CUDA));
        }
        LOG.info("scoring.device is auto, and models score on the cpu: {}", reason);
        return List.of(Device.CPU);
    }

    private Device gpu(Device.Kind kind) {
        String reason = reasonAgainst(kind);
        if (reason != null) {
            throw new SuppressRestartsException(
                    new IllegalStateException(reason + "; or set scoring.device to auto or cpu"));
        }
        return next(kind);
    }

    private @Nullable String reasonAgainst(Device.Kind kind) {
        if (gpus.isEmpty()) {
            return "Flink has no GPU for this task; give its TaskManagers external-resources: gpu with"
                    + " external-resource.gpu.amount and external-resource.gpu.driver-factory.class";
        }
        if (!builtIn.test(kind)) {
            return "this process's ONNX Runtime has no "
                    + kind
                    + "; put onnxruntime_gpu in the place of onnxruntime, by the Maven profile gpu in"
                    + " a process of ours, in Flink's lib/ on a cluster";
        }
        return null;
    }

    private Device next(Device.Kind kind) {
        return new Device(kind, gpus.get(subtaskIndex % gpus.size()));
    }

    private static Optional<Integer> index(ExternalResourceInfo gpu) {
        return gpu.getProperty(INDEX)
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::valueOf);
    }
}
